/**
 * The distribution of the mini-batch gradient tends to the normal: being a mean of m independent gradients, its skewness falls like 1/√m and its
 * excess kurtosis like 1/m (the central limit theorem; Cramér 1946, Mathematical Methods of Statistics). Looked at along a few directions.
 */
import { at } from "../../../core/exactly.ts";
import { fillNormal, seedKey } from "../../../core/random/index.ts";
import { fold, type Key } from "../../../core/random/key.ts";
import { entry, norm, scaled } from "../../../core/vector.ts";
import { readSettings } from "../../../solver/card.ts";
import { lanczos } from "../curvature/lanczos.ts";
import { printable, short, table } from "../printing.ts";
import { andersonDarling, type TestOutcome } from "../statistics/anderson-darling.ts";
import { drawBatch } from "../statistics/draws.ts";
import { type Histogram, histogramOf } from "../statistics/histogram.ts";
import { type Moments, momentsOf } from "../statistics/moments.ts";
import type { BatchLoss } from "./batch-loss.ts";
import { countExamples, type TensorExamples } from "./examples.ts";
import { covarianceTimes, fullGradient, type Population, projections } from "./population.ts";
import { probe } from "./probe.ts";
import { partSetting, readSizes, repeatsSetting, seedSetting } from "./settings.ts";

/** Options of `gradientNormality`. */
export interface GradientNormalityOptions {
  /** Batch sizes m. Default 1, 4, 16, 64, 256, as far as there are more examples. */
  readonly sizes?: readonly number[];
  /** Batches drawn of each size, with replacement; 8 at least. Default 2000, for which a skewness is known to ±0.055. */
  readonly repeats?: number;
  /** Random directions, besides that of the gradient and the first principal one of the noise. Default 2. */
  readonly directions?: number;
  /** Bins of the histograms. Default 32. */
  readonly bins?: number;
  /** Batches and directions are drawn from it. Default 0. */
  readonly seed?: number;
}

/** What was seen along one direction at one batch size. */
export interface DirectionAtSize {
  /** `gradient`, `principal`, `random 1`, … */
  readonly direction: string;
  readonly skewness: number;
  /** γ₁/√m. */
  readonly expectedSkewness: number;
  /** Excess kurtosis. */
  readonly kurtosis: number;
  /** κ/m. */
  readonly expectedKurtosis: number;
  /** Anderson and Darling's test: a small p says that it is not normal yet. */
  readonly normality: TestOutcome;
  /** In units of σ/√m around the mean of all examples. */
  readonly histogram: Histogram;
}

/** One batch size. */
export interface NormalityAtSize {
  /** m. */
  readonly size: number;
  readonly directions: readonly DirectionAtSize[];
}

/** How near the mini-batch gradient is to a normal distribution. `String(result)` is a table. */
export interface GradientNormality {
  /** n. */
  readonly examples: number;
  /** Parameters, as numbers. */
  readonly parameters: number;
  readonly repeats: number;
  /** √(6/R) and √(24/R): standard errors of skewness and excess kurtosis for a normal distribution. */
  readonly errors: { readonly skewness: number; readonly kurtosis: number };
  readonly sizes: readonly NormalityAtSize[];
  readonly toString: () => string;
}

const settings = [
  partSetting("sizes", "batch sizes", "1, 4, 16, 64, 256"),
  repeatsSetting(8, 2000),
  {
    kind: "number",
    name: "directions",
    meaning: "random directions",
    default: 2,
    source: "Nabla",
    range: "[0, 100]",
    integer: true,
  },
  {
    kind: "number",
    name: "bins",
    meaning: "bins of the histograms",
    default: 32,
    source: "Nabla",
    range: "[2, 1000]",
    integer: true,
  },
  seedSetting,
] as const;

/**
 * Looks at the distribution of the mini-batch gradient along the gradient itself, along the first principal direction of the noise and along random
 * directions. The gradient of a batch is taken for the mean of its examples' gradients, which `gradientBias` checks; so each example is differentiated once,
 * however many batches are drawn. Directions in which the gradient does not vary are left out.
 *
 * ```ts
 * import { gradientNormality, normal, randomKey, type Tensor, tensor } from "nabla";
 * const inputs = normal(randomKey(1), [1000, 2]);
 * const targets = normal(randomKey(2), [1000]).exp();
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).sub(y).square().mean();
 * const { sizes } = gradientNormality(loss, tensor([0, 0]), { inputs, targets }, { sizes: [1, 400] });
 * sizes.map(({ directions }) => directions.map(({ direction }) => direction)).at(0); // → [ "gradient", "principal", "random 1", "random 2" ]
 * sizes.map(({ directions }) => directions.every(({ kurtosis }) => Math.abs(kurtosis) < 1)); // → [ false, true ]
 * ```
 *
 * @throws ArgumentError for options out of range, no examples, parameters that are no tree of tensors; ShapeError where inputs and targets differ in number.
 */
export function gradientNormality<P extends object>(
  loss: BatchLoss<P>,
  parameters: P,
  examples: TensorExamples,
  options: GradientNormalityOptions = {},
): GradientNormality {
  const call = "gradientNormality";
  const { repeats, directions, bins, seed } = readSettings<"repeats" | "directions" | "bins" | "seed">(
    { name: call, settings },
    options,
  );
  const count = countExamples(call, examples);
  const sizes = readSizes(call, options.sizes, count, true);
  const population: Population = { probe: probe(call, loss, parameters), examples, count };
  const key = seedKey(seed);
  const along = directionsOf(population, fold(key, 0), directions).flatMap(([name, v]): Along[] => {
    const slopes = projections(population, v);
    const moments = momentsOf(slopes);
    const rounding = population.probe.epsilon * Math.abs(moments.mean);
    return moments.variance > rounding ** 2 ? [{ name, slopes, moments }] : [];
  });
  const result = {
    examples: count,
    parameters: population.probe.size,
    repeats,
    errors: { skewness: Math.sqrt(6 / repeats), kurtosis: Math.sqrt(24 / repeats) },
    sizes: sizes.map((size) => {
      const means = batchMeans(along, fold(key, size), size, repeats);
      return {
        size,
        directions: along.map((one, i) => look(one, at(means, i), size, bins)),
      };
    }),
  };
  return printable(result, describe);
}

/** A direction, with the slopes of all examples along it. */
interface Along {
  readonly name: string;
  /** gᵢᵀv, `[n]`. */
  readonly slopes: Float64Array;
  readonly moments: Moments;
}

function directionsOf(population: Population, key: Key, random: number): [name: string, v: Float64Array][] {
  const { size } = population.probe;
  const drawn = (i: number): Float64Array => fillNormal(fold(key, i), new Float64Array(size));
  const mean = fullGradient(population);
  const principal = lanczos((v) => covarianceTimes(population, v), drawn(0), { tolerance: 0.01, steps: 40 });
  const named: [string, Float64Array][] = [
    ["gradient", mean],
    ["principal", principal.vector],
    ...Array.from({ length: random }, (_, i): [string, Float64Array] => [`random ${i + 1}`, drawn(i + 1)]),
  ];
  return named.flatMap(([name, v]): [string, Float64Array][] => {
    const length = norm(v);
    return length > 0 ? [[name, scaled(1 / length, v)]] : [];
  });
}

/** The slopes of drawn batches along each direction, the same batches for all of them, `[repeats]` each. */
function batchMeans(along: readonly Along[], key: Key, size: number, repeats: number): Float64Array[] {
  const means = along.map(() => new Float64Array(repeats));
  const count = along[0]?.slopes.length ?? 0;
  for (let r = 0; r < repeats; r++) {
    const rows = drawBatch(key, r, { size, count, replacement: true });
    for (const [i, { slopes }] of along.entries()) {
      let sum = 0;
      for (const row of rows) sum += entry(slopes, row);
      at(means, i)[r] = sum / size;
    }
  }
  return means;
}

function look({ name, moments }: Along, means: Float64Array, size: number, bins: number): DirectionAtSize {
  const deviation = Math.sqrt(moments.variance / size);
  const { skewness, kurtosis } = momentsOf(means);
  return {
    direction: name,
    skewness,
    expectedSkewness: moments.skewness / Math.sqrt(size),
    kurtosis,
    expectedKurtosis: moments.kurtosis / size,
    normality: andersonDarling(means),
    histogram: histogramOf(
      means.map((mean) => (mean - moments.mean) / deviation),
      bins,
    ),
  };
}

function describe({ examples, parameters, repeats, errors, sizes }: GradientNormality): string {
  const rows = sizes.flatMap(({ size, directions }) =>
    directions.map((one) => [
      String(size),
      one.direction,
      one.skewness.toFixed(3),
      one.expectedSkewness.toFixed(3),
      one.kurtosis.toFixed(3),
      one.expectedKurtosis.toFixed(3),
      one.normality.p < 1e-4 ? "< 0.0001" : one.normality.p.toFixed(4),
    ]),
  );
  return [
    `distribution of the mini-batch gradient: ${examples} examples, ${parameters} parameters, ${repeats} batches of each size`,
    table(["m", "along", "skewness", "γ₁/√m", "kurtosis", "κ/m", "p (normal)"], rows),
    `standard errors: skewness ±${short(errors.skewness)}, kurtosis ±${short(errors.kurtosis)}; a small p (Anderson-Darling) says: not normal yet`,
  ].join("\n");
}
