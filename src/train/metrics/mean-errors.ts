/** How far predicted numbers are from their targets: means over examples, and over the outputs of each, in float64. */
import { matched, meanOfOutputs } from "../../nn/losses/targets.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Metric, meanMetric } from "./metric.ts";

/** The mean of |o − y|, in the unit of the targets. */
export const meanAbsoluteError: Metric = meanMetric(
  { name: "mean-absolute-error", title: "Mean absolute error", better: "lower", targets: "values" },
  (outputs, targets) => meanOfOutputs(differences("meanAbsoluteError", outputs, targets).abs()),
);

/** The mean of (o − y)². */
export const meanSquaredError: Metric = meanMetric(
  { name: "mean-squared-error", title: "Mean squared error", better: "lower", targets: "values" },
  (outputs, targets) => meanOfOutputs(differences("meanSquaredError", outputs, targets).square()),
);

/**
 * The root of the mean of (o − y)², in the unit of the targets. Of several outputs the squares are averaged before the root is taken.
 *
 * ```ts
 * const sums = rootMeanSquaredError.sums(tensor([1, 7]), tensor([0, 0]));
 * rootMeanSquaredError.finish(Float64Array.from(sums.toTypedArray()), 2); // → 5
 * ```
 */
export const rootMeanSquaredError: Metric = {
  ...meanSquaredError,
  name: "root-mean-squared-error",
  title: "Root mean squared error",
  finish: (sums, examples) => Math.sqrt(meanSquaredError.finish(sums, examples)),
};

function differences(call: string, outputs: Tensor, targets: Tensor): Tensor {
  const { outputs: o, targets: y } = matched(call, outputs.cast("float64"), targets);
  return o.sub(y);
}
