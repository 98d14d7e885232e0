/**
 * The absolute error |o − y|, the negative log-likelihood of errors of Laplace's first law but for constants. Laplace (1774), Mémoire sur la probabilité
 * des causes par les évènemens.
 */
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/**
 * The loss for predicting numbers, whose best constant answer is the median, so that outliers hardly pull. Shapes as those of `squaredError`. Its
 * slope is ±1 however small the error is, and 0 where there is none (PyTorch's `L1Loss`): let the rate fall, or smooth it by `huberLoss`.
 *
 * ```ts
 * import { absoluteError, tensor } from "nabla";
 * absoluteError()(tensor([1, 2]), tensor([1, 5])); // → Tensor(float64 []) 1.5
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape.
 */
export const absoluteError: LossFactory<LossOptions> = lossFactory(
  {
    name: "absolute-error",
    title: "Absolute error",
    summary:
      "The size of the difference. For predicting numbers among outliers; comes to rest only where the rate falls.",
    equation: "|o - y|",
    paper: "Laplace (1774), Mémoire sur la probabilité des causes par les évènemens",
    targets: "values",
    outputs: "values",
    settings: [],
  },
  () => (outputs, targets) => {
    const { outputs: o, targets: y } = matched("absoluteError", outputs, targets);
    return meanOfOutputs(o.sub(y).abs());
  },
);
