/** Huber's loss: ½ r² up to |r| = δ, then on along its tangent, δ (|r| − ½ δ). Huber (1964), Robust Estimation of a Location Parameter, equation 2. */
import type { Tensor } from "../../tensor/tensor.ts";
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/** Options of `huberLoss`. */
export interface HuberLossOptions extends LossOptions {
  /** δ in (0, ∞), the size of error from which on it grows in proportion. Default 1 (PyTorch). */
  readonly delta?: number;
}

/**
 * The loss for predicting numbers among outliers: half the squared error where it is small, proportional to the error where it is large. Shapes as
 * those of `squaredError`.
 *
 * ```ts
 * import { huberLoss, tensor } from "nabla";
 * huberLoss({ delta: 2 }).examples(tensor([1, 10]), tensor([0, 0])); // → Tensor(float64 [2]) [0.5, 18]
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape.
 */
export const huberLoss: LossFactory<HuberLossOptions> = lossFactory<"delta">(
  {
    name: "huber-loss",
    title: "Huber loss",
    summary:
      "Half the squared error where it is small, proportional to the error where it is large. For predicting numbers among outliers.",
    equation:
      "\\begin{cases} \\tfrac12 (o - y)^2 & |o - y| \\le \\delta \\\\ \\delta (|o - y| - \\tfrac12 \\delta) & \\text{else} \\end{cases}",
    paper: "Huber (1964), Robust Estimation of a Location Parameter, equation 2",
    targets: "values",
    outputs: "values",
    settings: [
      {
        kind: "number",
        name: "delta",
        symbol: "\\delta",
        meaning: "the size of error from which on it grows in proportion",
        default: 1,
        source: "PyTorch, `HuberLoss`",
        range: "(0, ∞)",
      },
    ],
  },
  ({ delta }) =>
    (outputs, targets) => {
      const { outputs: o, targets: y } = matched("huberLoss", outputs, targets);
      return meanOfOutputs(huber(o.sub(y), delta));
    },
);

/** ½ r² up to |r| = δ, then δ (|r| − ½ δ): c (|r| − ½ c) with c = min(|r|, δ), without a branch. */
export function huber(r: Tensor, delta: number): Tensor {
  const size = r.abs();
  const c = size.minimum(delta);
  return c.mul(size.sub(c.mul(0.5)));
}
