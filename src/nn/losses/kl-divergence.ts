/**
 * The Kullback-Leibler divergence of the softmax of logits z from probabilities y: Σⱼ yⱼ (log yⱼ − log softmax(z)ⱼ). Kullback & Leibler (1951), On
 * Information and Sufficiency, equation 2.4. Its mean is over examples, PyTorch's "batchmean".
 */
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { shiftedLogits } from "./shifted-logits.ts";
import { checkScores, matched } from "./targets.ts";

/**
 * How far the softmax of outputs is from the probabilities that targets are; 0 where they agree. Outputs are logits `[n, classes]`; logarithms of
 * probabilities, which PyTorch's `KLDivLoss` takes, are logits of themselves. Targets are probabilities of the same shape.
 *
 * ```ts
 * import { klDivergence, tensor } from "nabla";
 * const loss = klDivergence();
 * const logProbabilities = tensor([[0.5, 0.5]]).log();
 * loss(logProbabilities, tensor([[0.5, 0.5]])).item(); // → 0
 * loss(logProbabilities, tensor([[0, 1]])); // → Tensor(float64 []) 0.693147
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape than the logits.
 */
export const klDivergence: LossFactory<LossOptions> = lossFactory(
  {
    name: "kl-divergence",
    title: "Kullback-Leibler divergence",
    summary: "How far the softmax of the outputs is from the probabilities that the targets are.",
    equation: "\\sum_j y_j (\\log y_j - \\log p_j), \\quad p = \\operatorname{softmax}(z)",
    paper: "Kullback & Leibler (1951), On Information and Sufficiency, equation 2.4",
    targets: "values",
    outputs: "logits",
    settings: [],
  },
  () => (outputs, targets) => {
    const { outputs: logits, targets: y } = matched("klDivergence", outputs, targets);
    checkScores("klDivergence", logits);
    const { shifted, logSum } = shiftedLogits(logits);
    // 0 log 0 = 0, its limit.
    const isPositive = y.greater(0);
    const logY = isPositive.where(y, 1).log();
    const logP = shifted.sub(logSum.reshape([logSum.size, 1]));
    return isPositive.where(y.mul(logY.sub(logP)), 0).sum(1);
  },
);
