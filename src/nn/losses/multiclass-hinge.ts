/**
 * The hinge loss of several classes: max(0, m + max over j ≠ y of oⱼ − o_y). Crammer & Singer (2001), On the Algorithmic Implementation of
 * Multiclass Kernel-based Vector Machines, equation 2.
 */
import type { HingeOptions } from "./hinge.ts";
import { marginSetting } from "./hinge.ts";
import type { LossFactory } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { classified } from "./targets.ts";

/**
 * The loss of support vector machines for several classes: the right one must lead the best of the others by the margin. Outputs are scores
 * `[n, classes]`; targets are the numbers of the right classes, int32 `[n]`. PyTorch's `MultiMarginLoss` is another, Weston & Watkins's sum over all
 * other classes. Where classes tie they share the slope.
 *
 * ```ts
 * import { multiclassHinge, tensor } from "nabla";
 * multiclassHinge().examples(tensor([[3, 1, 0], [3, 2.5, 0]]), tensor([0, 1], "int32")); // → Tensor(float64 [2]) [0, 1.5]
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError, DtypeError and IndexError for targets that are not the numbers of classes.
 */
export const multiclassHinge: LossFactory<HingeOptions> = lossFactory<"margin">(
  {
    name: "multiclass-hinge",
    title: "Multiclass hinge loss",
    summary: "How far the score of the right class is from leading all others by the margin.",
    equation: "\\max(0, m + \\max_{j \\ne y} o_j - o_y)",
    paper:
      "Crammer & Singer (2001), On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines, equation 2",
    targets: "classes",
    outputs: "scores",
    settings: [marginSetting],
  },
  ({ margin }) =>
    (outputs, targets) => {
      const { scores, isOwn, checked } = classified("multiclassHinge", outputs, targets);
      // The right class takes part without the margin: it wins where the lead is large enough, and the difference is 0.
      const best = scores.add(isOwn.where(0, margin)).max(1);
      return best.sub(checked(isOwn.where(scores, 0).sum(1)));
    },
);
