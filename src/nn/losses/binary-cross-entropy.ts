/**
 * Cross-entropy of yes and no from a logit z: −y log σ(z) − (1 − y) log(1 − σ(z)) with the logistic function σ. Bishop (2006), Pattern Recognition
 * and Machine Learning, equation 4.90.
 */
import { ArgumentError } from "../../core/errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/**
 * The loss for questions of yes or no. Outputs are logits, `[n]` or `[n, questions]`, any numbers; targets are 1 for yes, 0 for no, or
 * probabilities, of the same shape. Neither over- nor underflows.
 *
 * ```ts
 * import { binaryCrossEntropy, tensor } from "nabla";
 * binaryCrossEntropy()(tensor([0, 1e4]), tensor([1, 0])); // → Tensor(float64 []) 5000.35
 * ```
 *
 * @throws ArgumentError for options out of range; when called, for known targets outside [0, 1]; ShapeError for targets of another shape.
 */
export const binaryCrossEntropy: LossFactory<LossOptions> = lossFactory(
  {
    name: "binary-cross-entropy",
    title: "Binary cross-entropy",
    summary:
      "How surprised the logistic function of the output is by the answer, yes (1) or no (0). The loss of logistic regression; with several outputs each is a question of its own.",
    equation: "-y \\log \\sigma(z) - (1 - y) \\log(1 - \\sigma(z))",
    paper: "Bishop (2006), Pattern Recognition and Machine Learning, equation 4.90",
    targets: "values",
    outputs: "logit",
    settings: [],
  },
  () => (outputs, targets) => {
    const { outputs: z, targets: y } = matched("binaryCrossEntropy", outputs, targets);
    checkProbabilities(y);
    // Two terms of one sign: exact in both tails, and its derivative σ(z) − y right at z = 0 also.
    const yes = y.mul(z.neg().softplus());
    const no = y.neg().add(1).mul(z.softplus());
    return meanOfOutputs(yes.add(no));
  },
);

function checkProbabilities(y: Tensor): void {
  if (y.isTraced) return;
  const wrong = y.values().data.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined)
    throw new ArgumentError(
      `binaryCrossEntropy: targets are 1 for yes, 0 for no, or probabilities between; got ${wrong}; targets of −1 and 1 are those of hinge`,
    );
}
