/**
 * The smooth L1 loss: Huber's divided by its δ, here β, so that its slope for large errors is ±1 whatever β is. Girshick (2015), Fast R-CNN,
 * equation 3.
 */
import { huber } from "./huber-loss.ts";
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { matched, meanOfOutputs } from "./targets.ts";

/** Options of `smoothL1`. */
export interface SmoothL1Options extends LossOptions {
  /** β in (0, ∞), the size of error below which it is smooth. Default 1 (Girshick). */
  readonly beta?: number;
}

/**
 * The absolute error, smooth where it is small: for β → 0 it tends to `absoluteError`, and it is `huberLoss({ delta: beta })` divided by β. Shapes as
 * those of `squaredError`.
 *
 * ```ts
 * import { smoothL1, tensor } from "nabla";
 * smoothL1({ beta: 2 }).examples(tensor([1, 10]), tensor([0, 0])); // → Tensor(float64 [2]) [0.25, 9]
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError for targets of another shape.
 */
export const smoothL1: LossFactory<SmoothL1Options> = lossFactory<"beta">(
  {
    name: "smooth-l1",
    title: "Smooth L1 loss",
    summary: "The absolute error, made smooth where it is small. Huber's loss divided by its δ.",
    equation:
      "\\begin{cases} (o - y)^2 / 2 \\beta & |o - y| \\le \\beta \\\\ |o - y| - \\tfrac12 \\beta & \\text{else} \\end{cases}",
    paper: "Girshick (2015), Fast R-CNN, equation 3",
    targets: "values",
    outputs: "values",
    settings: [
      {
        kind: "number",
        name: "beta",
        symbol: "\\beta",
        meaning: "the size of error below which it is smooth",
        default: 1,
        source: "Girshick (2015), equation 3",
        range: "(0, ∞)",
      },
    ],
  },
  ({ beta }) =>
    (outputs, targets) => {
      const { outputs: o, targets: y } = matched("smoothL1", outputs, targets);
      return meanOfOutputs(huber(o.sub(y), beta).div(beta));
    },
);
