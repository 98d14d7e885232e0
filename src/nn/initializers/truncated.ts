/** Normal weights without their tails: the quantiles of uniform numbers. */
import { upperNormalQuantile } from "../../core/random/normal-quantile.ts";
import { erf } from "../../core/special/index.ts";
import { uniform } from "../../tensor/operations/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { InitializerFactory } from "./initializer.ts";
import { initializerFactory } from "./initializer-factory.ts";

/** Options of `truncatedNormalWeights`. */
export interface TruncatedNormalWeightsOptions {
  /** σ in (0, ∞), the standard deviation before the tails are cut off. Default 0.02 (BERT). */
  readonly std?: number;
}

/** The share of a normal distribution between its mean and two standard deviations. */
const half = erf(Math.SQRT2) / 2;

/**
 * Normal, but nothing beyond two standard deviations, so that no weight stands out. What is left has a standard deviation of 0.88 σ. For transformers.
 *
 * ```ts
 * import { randomKey, truncatedNormalWeights } from "nabla";
 * truncatedNormalWeights().draw(randomKey(1), [100, 100], { in: 100, out: 100 }).abs().max().item() < 0.04; // → true
 * ```
 *
 * @throws ArgumentError for a standard deviation that is not in (0, ∞).
 */
export const truncatedNormalWeights: InitializerFactory<TruncatedNormalWeightsOptions> =
  initializerFactory<"std">(
    {
      name: "truncated-normal-weights",
      title: "truncated normal",
      summary: "Normal, but nothing beyond two standard deviations.",
      equation: "N(0, \\sigma^2)\\ \\text{within}\\ (-2 \\sigma, 2 \\sigma)",
      paper:
        "Devlin, Chang, Lee & Toutanova (2019), BERT; `trunc_normal_` of PyTorch cuts off at numbers instead",
      settings: [
        {
          kind: "number",
          name: "std",
          symbol: "\\sigma",
          meaning: "the standard deviation before the tails are cut off",
          default: 0.02,
          source: "BERT",
          range: "(0, ∞)",
        },
      ],
    },
    ({ std }) =>
      (key, shape) => {
        const places = uniform(key, shape, { low: -1, high: 1 }).toTypedArray();
        const weights = Float32Array.from(places, (u) => {
          const z = upperNormalQuantile(0.5 - Math.abs(u) * half);
          return std * (u < 0 ? -z : z);
        });
        return new Tensor({ dtype: "float32", shape: [...shape] }, weights);
      },
  );
