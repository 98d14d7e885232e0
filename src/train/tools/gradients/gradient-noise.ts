/**
 * How far the gradient of a mini-batch lies from that of all examples: E‖g_m − g‖² = σ²/m, so that the standard error is σ/√m and half of it costs four
 * times the examples. Goodfellow, Bengio & Courville (2016), Deep Learning, section 8.1.3 and eq. 5.46.
 */
import { seedKey } from "../../../core/random/index.ts";
import { fold } from "../../../core/random/key.ts";
import { dot, norm, subtract } from "../../../core/vector.ts";
import { readSettings } from "../../../solver/card.ts";
import { printable, short, table } from "../printing.ts";
import { drawBatch } from "../statistics/draws.ts";
import { slopeOf } from "../statistics/line.ts";
import { momentsOf } from "../statistics/moments.ts";
import type { BatchLoss } from "./batch-loss.ts";
import { countExamples, pick, type TensorExamples } from "./examples.ts";
import { componentVariances, fullGradient, type Population } from "./population.ts";
import { probe } from "./probe.ts";
import { partSetting, reachOf, readReplacement, readSizes, repeatsSetting, seedSetting } from "./settings.ts";

/** Options of `gradientNoise`. */
export interface GradientNoiseOptions {
  /** Batch sizes m. Default 1, 4, 16, 64, 256, as far as there are more examples. */
  readonly sizes?: readonly number[];
  /** Batches drawn of each size, 2 at least. Default 200, which gives standard errors to about 5 %. */
  readonly repeats?: number;
  /** Batches are drawn from it. Default 0. */
  readonly seed?: number;
  /** Whether an example may be drawn twice into a batch. Default true, for which σ²/m holds; without it is less by (n − m)/(n − 1). */
  readonly replacement?: boolean;
  /** The probability with which intervals hold the truth. Default 0.95. */
  readonly confidence?: number;
}

/** What was measured at one batch size. */
export interface NoiseAtSize {
  /** m. */
  readonly size: number;
  /** √(E‖g_m − g‖²) over the batches drawn. */
  readonly standardError: number;
  /** Where it lies with the confidence asked for, by what was measured. */
  readonly interval: readonly [low: number, high: number];
  /** σ/√m, times √((n − m)/(n − 1)) without replacement. */
  readonly expected: number;
  /** Whether the interval holds what is expected. */
  readonly agrees: boolean;
}

/** The noise of mini-batch gradients. `String(result)` is a table. */
export interface GradientNoise {
  /** n. */
  readonly examples: number;
  /** Parameters, as numbers. */
  readonly parameters: number;
  readonly replacement: boolean;
  readonly repeats: number;
  readonly confidence: number;
  /** ‖g‖ of all examples. */
  readonly gradientNorm: number;
  /** σ², the trace of the covariance of the gradients of single examples. */
  readonly variance: number;
  /** σ²/‖g‖²: the batch size at which noise and gradient are of one length. McCandlish et al. (2018), eq. 2.9. */
  readonly noiseScale: number;
  readonly sizes: readonly NoiseAtSize[];
  /** Of log standard error against log m, each freed of the finite number of examples; −1/2 is expected. NaN with fewer than two sizes. */
  readonly slope: number;
  /** Its standard error. */
  readonly slopeError: number;
  readonly toString: () => string;
}

const settings = [
  partSetting("sizes", "batch sizes", "1, 4, 16, 64, 256"),
  repeatsSetting(2, 200),
  seedSetting,
  partSetting("replacement", "whether an example may be drawn twice into a batch", "true"),
  {
    kind: "number",
    name: "confidence",
    meaning: "the probability with which intervals hold the truth",
    default: 0.95,
    source: "usage",
    range: "(0, 1)",
  },
] as const;

/**
 * Measures the standard error of the mini-batch gradient: draws batches, and compares their gradients with that of all examples; beside it stands what
 * the gradients of single examples let expect. The loss is a mean over examples (`lossOf` makes it of a network); where it is not, as with batch norm while
 * training, the two need not agree.
 *
 * ```ts
 * import { gradientNoise, normal, randomKey, type Tensor, tensor } from "nabla";
 * const inputs = normal(randomKey(1), [500, 3]);
 * const targets = normal(randomKey(2), [500]);
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).sub(y).square().mean();
 * const noise = gradientNoise(loss, tensor([0.5, 0, 0]), { inputs, targets });
 * noise.sizes.map(({ size }) => size); // → [ 1, 4, 16, 64, 256 ]
 * Math.abs(noise.slope + 0.5) < 0.1; // → true
 * ```
 *
 * @throws ArgumentError for options out of range, no examples, parameters that are no tree of tensors; ShapeError where inputs and targets differ in number.
 */
export function gradientNoise<P extends object>(
  loss: BatchLoss<P>,
  parameters: P,
  examples: TensorExamples,
  options: GradientNoiseOptions = {},
): GradientNoise {
  const call = "gradientNoise";
  const { repeats, seed, confidence } = readSettings<"repeats" | "seed" | "confidence">(
    { name: call, settings },
    options,
  );
  const count = countExamples(call, examples);
  const replacement = readReplacement(call, options.replacement);
  const sizes = readSizes(call, options.sizes, count, replacement);
  const population = { probe: probe(call, loss, parameters), examples, count };
  const mean = fullGradient(population);
  const variance = componentVariances(population, mean).reduce((sum, one) => sum + one, 0);
  const gradientNorm = norm(mean);
  const plan: Plan = { repeats, seed, replacement, reach: reachOf(confidence), variance };
  const measured = sizes.map((size) => measure(population, mean, size, plan));
  const { slope, error } = slopeOf(
    measured.flatMap(({ size, spread, factor, figures }) => {
      if (!(figures.standardError > 0 && factor > 0)) return [];
      const y = Math.log(figures.standardError / Math.sqrt(factor));
      return [{ x: Math.log(size), y, error: Math.max(spread, leastSpread) / 2 }];
    }),
  );
  const result = {
    examples: count,
    parameters: population.probe.size,
    replacement,
    repeats,
    confidence,
    gradientNorm,
    variance,
    noiseScale: variance / gradientNorm ** 2,
    sizes: measured.map(({ figures }) => figures),
    slope,
    slopeError: error,
  };
  return printable(result, describe);
}

/** In place of a spread of 0, where all batches lie equally far: a line needs errors. */
const leastSpread = 1e-6;

interface Plan {
  readonly repeats: number;
  readonly seed: number;
  readonly replacement: boolean;
  /** Standard errors to each side of an interval. */
  readonly reach: number;
  readonly variance: number;
}

interface MeasuredSize {
  readonly size: number;
  readonly figures: NoiseAtSize;
  /** The relative standard error of E‖g_m − g‖². */
  readonly spread: number;
  /** (n − m)/(n − 1) without replacement, else 1. */
  readonly factor: number;
}

function measure(
  { probe, examples, count }: Population,
  mean: Float64Array,
  size: number,
  { repeats, seed, replacement, reach, variance }: Plan,
): MeasuredSize {
  const key = fold(seedKey(seed), size);
  const squares = Float64Array.from({ length: repeats }, (_, i) => {
    const rows = drawBatch(key, i, { size, count, replacement });
    const apart = subtract(probe.gradient(pick(examples, rows)), mean);
    return dot(apart, apart);
  });
  const moments = momentsOf(squares);
  const standardError = Math.sqrt(moments.mean);
  const factor = replacement ? 1 : count === 1 ? 0 : (count - size) / (count - 1);
  const expected = Math.sqrt((variance * factor) / size);
  // The interval of the logarithm, so that it stays above 0; half of it, since the error is the root of what was averaged.
  const spread = moments.mean > 0 ? Math.sqrt(moments.variance / (repeats - 1)) / moments.mean : 0;
  const width = Math.exp((reach * spread) / 2);
  const interval = [standardError / width, standardError * width] as const;
  // With all examples nothing but rounding is left.
  const rounding = 16 * probe.epsilon * (norm(mean) + Math.sqrt(variance));
  const agrees = interval[0] - rounding <= expected && expected <= interval[1] + rounding;
  return { size, spread, factor, figures: { size, standardError, interval, expected, agrees } };
}

function describe(noise: GradientNoise): string {
  const { examples, parameters, replacement, repeats, confidence, sizes } = noise;
  const { gradientNorm, variance, noiseScale, slope, slopeError } = noise;
  const rows = sizes.map(({ size, standardError, interval, expected, agrees }) => [
    String(size),
    short(standardError),
    `${short(interval[0])} … ${short(interval[1])}`,
    short(expected),
    agrees ? "" : "apart",
  ]);
  const percent = `${short(100 * confidence)} % interval`;
  const formula = replacement ? "σ/√m" : "σ/√m · √((n − m)/(n − 1))";
  return [
    `standard error of the mini-batch gradient: ${examples} examples, ${parameters} parameters, ${repeats} batches of each size, ${replacement ? "with" : "without"} replacement`,
    table(["m", "measured", percent, formula, ""], rows),
    `|g| = ${short(gradientNorm)}, σ² = ${short(variance)}; noise and gradient are of one length at a batch of σ²/|g|² = ${short(noiseScale)}`,
    ...(Number.isNaN(slope)
      ? []
      : [
          `log standard error against log m: slope ${short(slope)} ± ${short(slopeError)}, where −0.5 is expected`,
        ]),
  ].join("\n");
}
