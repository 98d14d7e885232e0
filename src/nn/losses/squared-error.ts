/** The squared error (o − y)², the negative log-likelihood of normal errors but for constants. Gauss (1809), Theoria Motus, article 179. */
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/**
 * The loss for predicting numbers, whose best constant answer is the mean. Outputs and targets are `[n]` or `[n, outputs]`; `[n, 1]` beside `[n]` is
 * the same, and nothing is ever stretched. Without the ½ of the delta rule, as PyTorch's `MSELoss`.
 *
 * ```ts
 * import { squaredError, tensor } from "nabla";
 * squaredError()(tensor([[1], [2]]), tensor([1, 5])); // → Tensor(float64 []) 4.5
 * squaredError({ reduction: "sum" })(tensor([[1], [2]]), tensor([1, 5])); // → Tensor(float64 []) 9
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape.
 */
export const squaredError: LossFactory<LossOptions> = lossFactory(
  {
    name: "squared-error",
    title: "Squared error",
    summary:
      "The square of the difference. The usual loss for predicting numbers; large errors weigh much, so that outliers pull.",
    equation: "(o - y)^2",
    paper: "Gauss (1809), Theoria Motus Corporum Coelestium, article 179",
    targets: "values",
    outputs: "values",
    settings: [],
  },
  () => (outputs, targets) => {
    const { outputs: o, targets: y } = matched("squaredError", outputs, targets);
    return meanOfOutputs(o.sub(y).square());
  },
);
