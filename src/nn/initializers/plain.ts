/** Weights from a distribution that takes no notice of the layer. */
import { ArgumentError } from "../../core/errors.ts";
import type { NumberSetting } from "../../solver/card.ts";
import { full } from "../../tensor/operations/creation.ts";
import { normal, uniform } from "../../tensor/operations/random.ts";
import type { InitializerFactory } from "./initializer.ts";
import { initializerFactory } from "./initializer-factory.ts";

const anywhere = (name: string, meaning: string, value: number, source: string): NumberSetting => ({
  kind: "number",
  name,
  meaning,
  default: value,
  source,
  range: "(-∞, ∞)",
});

/** Options of `uniformWeights`. */
export interface UniformWeightsOptions {
  /** The smallest value. Default −0.05 (Keras). */
  readonly low?: number;
  /** The bound that is not reached. Default 0.05 (Keras). */
  readonly high?: number;
}

/**
 * Uniform on [low, high).
 *
 * ```ts
 * import { randomKey, uniformWeights } from "nabla";
 * uniformWeights({ low: 2, high: 3 }).draw(randomKey(1), [4], { in: 1, out: 1 }).floor(); // → Tensor(float32 [4]) [2, 2, 2, 2]
 * ```
 *
 * @throws ArgumentError unless low < high.
 */
export const uniformWeights: InitializerFactory<UniformWeightsOptions> = initializerFactory<"low" | "high">(
  {
    name: "uniform-weights",
    title: "uniform",
    summary: "Between two bounds.",
    equation: "U(\\mathrm{low}, \\mathrm{high})",
    paper: "Keras, `RandomUniform`",
    settings: [
      anywhere("low", "the smallest value", -0.05, "Keras"),
      anywhere("high", "the bound that is not reached", 0.05, "Keras"),
    ],
  },
  ({ low, high }) => {
    if (!(low < high))
      throw new ArgumentError(`uniformWeights({ low, high }): needs low < high; got ${low} and ${high}`);
    return (key, shape) => uniform(key, shape, { low, high, dtype: "float32" });
  },
);

/** Options of `normalWeights`. */
export interface NormalWeightsOptions {
  /** Default 0. */
  readonly mean?: number;
  /** The standard deviation, [0, ∞). Default 1 (PyTorch's embeddings). */
  readonly std?: number;
}

/**
 * Normal. What `embedding` takes by default.
 *
 * ```ts
 * import { normalWeights, randomKey } from "nabla";
 * normalWeights({ mean: 5, std: 0 }).draw(randomKey(1), [2], { in: 1, out: 1 }); // → Tensor(float32 [2]) [5, 5]
 * ```
 *
 * @throws ArgumentError for a negative standard deviation.
 */
export const normalWeights: InitializerFactory<NormalWeightsOptions> = initializerFactory<"mean" | "std">(
  {
    name: "normal-weights",
    title: "normal",
    summary: "Normal, of a mean and a standard deviation.",
    equation: "N(\\mathrm{mean}, \\mathrm{std}^2)",
    paper: "PyTorch, `Embedding`",
    settings: [
      anywhere("mean", "the mean", 0, "PyTorch"),
      {
        kind: "number",
        name: "std",
        symbol: "\\sigma",
        meaning: "the standard deviation",
        default: 1,
        source: "PyTorch",
        range: "[0, ∞)",
      },
    ],
  },
  ({ mean, std }) =>
    (key, shape) =>
      normal(key, shape, { mean, std, dtype: "float32" }),
);

/** Options of `constantWeights`. */
export interface ConstantWeightsOptions {
  /** Default 0. */
  readonly value?: number;
}

/**
 * The same number everywhere. For biases, and for weights of models whose loss has one minimum; units of a hidden layer that begin alike stay alike.
 *
 * ```ts
 * import { constantWeights, randomKey } from "nabla";
 * constantWeights({ value: 3 }).draw(randomKey(1), [2], { in: 1, out: 1 }); // → Tensor(float32 [2]) [3, 3]
 * ```
 *
 * @throws ArgumentError for a value that is not finite.
 */
export const constantWeights: InitializerFactory<ConstantWeightsOptions> = initializerFactory<"value">(
  {
    name: "constant-weights",
    title: "constant",
    summary: "The same number everywhere.",
    equation: "\\mathrm{value}",
    paper: "PyTorch, `constant_`",
    settings: [anywhere("value", "the number", 0, "Nabla")],
  },
  ({ value }) =>
    (_, shape) =>
      full(shape, value, "float32"),
);
