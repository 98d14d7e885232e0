/**
 * Cross-entropy of probabilities from logits z: −Σⱼ yⱼ log softmax(z)ⱼ. Hinton, Vinyals & Dean (2015), Distilling the Knowledge in a Neural
 * Network, whose targets are the probabilities of another network.
 */
import type { CrossEntropyOptions } from "./cross-entropy.ts";
import { labelSmoothingSetting } from "./cross-entropy.ts";
import type { LossFactory } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { shiftedLogits } from "./shifted-logits.ts";
import { checkScores, matched } from "./targets.ts";

/**
 * Cross-entropy whose targets are probabilities of the classes, `[n, classes]` as the logits. For targets that are numbers of classes there is
 * `crossEntropy`. It differs from `klDivergence` by the entropy of the targets, a constant.
 *
 * ```ts
 * import { softCrossEntropy, tensor } from "nabla";
 * softCrossEntropy()(tensor([[0, 9]]), tensor([[0.5, 0.5]])); // → Tensor(float64 []) 4.50012
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape than the logits.
 */
export const softCrossEntropy: LossFactory<CrossEntropyOptions> = lossFactory<"labelSmoothing">(
  {
    name: "soft-cross-entropy",
    title: "Cross-entropy of probabilities",
    summary:
      "How surprised the softmax of the outputs is by classes drawn with the probabilities of the targets.",
    equation:
      "-\\sum_j \\left((1 - \\epsilon) y_j + \\frac{\\epsilon}{C}\\right) \\log p_j, \\quad p = \\operatorname{softmax}(z)",
    paper: "Hinton, Vinyals & Dean (2015), Distilling the Knowledge in a Neural Network, section 2",
    targets: "values",
    outputs: "logits",
    settings: [labelSmoothingSetting],
  },
  ({ labelSmoothing }) =>
    (outputs, targets) => {
      const { outputs: logits, targets: given } = matched("softCrossEntropy", outputs, targets);
      const classes = checkScores("softCrossEntropy", logits);
      const y = labelSmoothing === 0 ? given : given.mul(1 - labelSmoothing).add(labelSmoothing / classes);
      const { shifted, logSum } = shiftedLogits(logits);
      return y.sum(1).mul(logSum).sub(y.mul(shifted).sum(1));
    },
);
