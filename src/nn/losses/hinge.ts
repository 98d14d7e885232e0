/**
 * The hinge loss of yes and no: max(0, m − y o) for targets y = ±1 and the margin m. Cortes & Vapnik (1995), Support-Vector Networks, section 3.
 */
import { ArgumentError } from "../../core/errors.ts";
import type { NumberSetting } from "../../solver/card.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/** Options of `hinge` and `multiclassHinge`. */
export interface HingeOptions extends LossOptions {
  /** How far beyond the border an output must be to cost nothing, in (0, ∞). Default 1 (Cortes & Vapnik). */
  readonly margin?: number;
}

/** How cards list the margin. */
export const marginSetting: NumberSetting = {
  kind: "number",
  name: "margin",
  symbol: "m",
  meaning: "how far beyond the border an output must be to cost nothing",
  default: 1,
  source: "Cortes & Vapnik (1995)",
  range: "(0, ∞)",
};

/**
 * The loss of support vector machines for yes (1) and no (−1): what is right by more than the margin costs nothing. Outputs are scores, `[n]` or
 * `[n, questions]`; targets −1 or 1 of the same shape. Its slope at the margin itself is 0. For several classes there is `multiclassHinge`.
 *
 * ```ts
 * import { hinge, tensor } from "nabla";
 * hinge().examples(tensor([3, 0.5, -1]), tensor([1, 1, 1])); // → Tensor(float64 [3]) [0, 0.5, 2]
 * ```
 *
 * @throws ArgumentError for options out of range; when called, for known targets other than −1 and 1; ShapeError for targets of another shape.
 */
export const hinge: LossFactory<HingeOptions> = lossFactory<"margin">(
  {
    name: "hinge",
    title: "Hinge loss",
    summary:
      "How far the output is from being right by the margin; answers are 1 and −1. The loss of support vector machines.",
    equation: "\\max(0, m - y o), \\quad y \\in \\{-1, 1\\}",
    paper: "Cortes & Vapnik (1995), Support-Vector Networks, section 3",
    targets: "values",
    outputs: "score",
    settings: [marginSetting],
  },
  ({ margin }) =>
    (outputs, targets) => {
      const { outputs: o, targets: y } = matched("hinge", outputs, targets);
      checkSigns(y);
      return meanOfOutputs(o.mul(y).neg().add(margin).relu());
    },
);

function checkSigns(y: Tensor): void {
  if (y.isTraced) return;
  const wrong = y.values().data.find((value) => value !== 1 && value !== -1);
  if (wrong !== undefined)
    throw new ArgumentError(
      `hinge: targets are 1 for yes and −1 for no; got ${wrong}; of answers 0 and 1 make y.mul(2).sub(1)`,
    );
}
