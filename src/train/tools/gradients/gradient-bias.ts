/**
 * The gradient of a mini-batch is right on average: E g_m = g, Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 8.8 and 8.9. Tested on drawn batches,
 * and shown exactly on the batches of an epoch, whose mean is g.
 */
import { permutation, seedKey } from "../../../core/random/index.ts";
import { fold, type Key } from "../../../core/random/key.ts";
import { erfc } from "../../../core/special/index.ts";
import { dot, entry, norm, scaled, subtract } from "../../../core/vector.ts";
import { readSettings } from "../../../solver/card.ts";
import { printable, short } from "../printing.ts";
import { chiSquareTail } from "../statistics/chi-square.ts";
import { drawBatch } from "../statistics/draws.ts";
import type { BatchLoss } from "./batch-loss.ts";
import { effectiveFreedom } from "./effective-freedom.ts";
import { countExamples, pick, type TensorExamples } from "./examples.ts";
import { addTo, componentVariances, fullGradient, type Population } from "./population.ts";
import { probe } from "./probe.ts";
import { partSetting, readReplacement, readSizes, repeatsSetting, seedSetting } from "./settings.ts";

/** Options of `gradientBias`. */
export interface GradientBiasOptions {
  /** m. Default 32, or all examples where there are fewer. */
  readonly size?: number;
  /** Batches drawn, 8 at least. Default 400, Nabla's. */
  readonly repeats?: number;
  /** Batches are drawn from it. Default 0. */
  readonly seed?: number;
  /** Whether an example may be drawn twice into a batch. Default true. */
  readonly replacement?: boolean;
}

/** How far the mean of batch gradients lies from the gradient of all examples. `String(result)` is a few lines. */
export interface GradientBias {
  /** n. */
  readonly examples: number;
  /** k, parameters as numbers. */
  readonly parameters: number;
  /** m. */
  readonly size: number;
  readonly repeats: number;
  readonly replacement: boolean;
  /** (mean of batch gradients − g) / standard error of that mean for each parameter in the order of the leaves, `[k]`; 0 where the gradient never varies. */
  readonly z: Float64Array;
  /** For how many of them the gradient varies from example to example. */
  readonly varying: number;
  /** How many lie beyond ±1.96: 5 % of those that vary are expected to, fewer where few examples have a gradient there. */
  readonly beyond: number;
  /**
   * The largest |z|, and the probability that one of k is as large (Bonferroni), if they were normal: a gradient that few examples have, such as that
   * of a pixel at the border, is not.
   */
  readonly largest: { readonly z: number; readonly p: number };
  /**
   * R‖ḡ − g‖² / Σ s², near 1 without bias: the s² are the variances of the components of a batch's gradient. Times ν it is nearly χ²_ν (Satterthwaite
   * 1946), with ν = (tr C)² / tr C² of their covariance, the number of directions that the noise spreads over.
   */
  readonly overall: { readonly statistic: number; readonly freedom: number; readonly p: number };
  /** ‖ḡ − g‖/‖g‖. */
  readonly relative: number;
  /**
   * The batches of one shuffled epoch, each weighted by its examples: the distance of their mean from g, relative to the root mean square of their
   * lengths. Nothing but rounding where the loss is a mean over examples.
   */
  readonly epoch: { readonly batches: number; readonly difference: number; readonly isExact: boolean };
  readonly toString: () => string;
}

const settings = [
  { ...repeatsSetting(8, 400), meaning: "batches that are drawn" },
  seedSetting,
  partSetting("size", "examples of a batch", "32"),
  partSetting("replacement", "whether an example may be drawn twice into a batch", "true"),
] as const;

/**
 * Tests that the mini-batch gradient is unbiased: that the mean over many batches is the gradient of all examples, but for chance.
 *
 * ```ts
 * import { gradientBias, normal, randomKey, type Tensor, tensor } from "nabla";
 * const inputs = normal(randomKey(1), [320, 3]);
 * const targets = normal(randomKey(2), [320]);
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).sub(y).square().mean();
 * const bias = gradientBias(loss, tensor([1, 0, -1]), { inputs, targets });
 * bias.overall.p > 0.01; // → true
 * bias.epoch; // → { batches: 10, difference: …, isExact: true }
 * ```
 *
 * @throws ArgumentError for options out of range, no examples, parameters that are no tree of tensors; ShapeError where inputs and targets differ in number.
 */
export function gradientBias<P extends object>(
  loss: BatchLoss<P>,
  parameters: P,
  examples: TensorExamples,
  options: GradientBiasOptions = {},
): GradientBias {
  const call = "gradientBias";
  const { repeats, seed } = readSettings<"repeats" | "seed">({ name: call, settings }, options);
  const count = countExamples(call, examples);
  const replacement = readReplacement(call, options.replacement);
  const [size = 1] = readSizes(call, [options.size ?? Math.min(usualSize, count)], count, replacement);
  const population: Population = { probe: probe(call, loss, parameters), examples, count };
  const full = fullGradient(population);
  const key = seedKey(seed);
  const plan: Plan = { size, repeats, replacement };
  const drawn = drawnGradients(population, fold(key, 0), plan);
  const apart = subtract(drawn.mean, full);
  const epoch = epochOf(population, full, fold(key, 2), size);
  const variances = componentVariances(population, full);
  // A loss that is no mean has another variance than that of its examples: what was drawn tells.
  const ofBatch = epoch.isExact ? scaled(varianceShare(plan, count), variances) : drawn.variance;
  // Where no batch differs from another, rounding is all there is.
  const errors = ofBatch.map((variance, i) =>
    Math.max(Math.sqrt(variance / repeats), 8 * population.probe.epsilon * Math.abs(entry(full, i))),
  );
  const z = apart.map((d, i) => (entry(errors, i) > 0 ? d / entry(errors, i) : 0));
  const result = {
    examples: count,
    parameters: population.probe.size,
    size,
    repeats,
    replacement,
    z,
    varying: variances.filter((variance) => variance > 0).length,
    beyond: z.filter((one) => Math.abs(one) > 1.96).length,
    largest: largestOf(z),
    overall: overallOf(apart, errors, effectiveFreedom(population, variances, fold(key, 1))),
    relative: norm(apart) / norm(full),
    epoch,
  };
  return printable(result, describe);
}

/** Examples of a batch: the usual size of training. */
const usualSize = 32;

interface Plan {
  readonly size: number;
  readonly repeats: number;
  readonly replacement: boolean;
}

/** The variance of a batch's gradient relative to that of single examples: 1/m, times (n − m)/(n − 1) without replacement. */
function varianceShare({ size, replacement }: Plan, count: number): number {
  return replacement || count === 1 ? 1 / size : (count - size) / (count - 1) / size;
}

/** Mean and variance of every component over drawn batches, in one pass: Welford (1962). */
function drawnGradients(
  { probe, examples, count }: Population,
  key: Key,
  { size, repeats, replacement }: Plan,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const mean = new Float64Array(probe.size);
  const squares = new Float64Array(probe.size);
  for (let r = 1; r <= repeats; r++) {
    const rows = drawBatch(key, r, { size, count, replacement });
    const gradient = probe.gradient(pick(examples, rows));
    for (let i = 0; i < mean.length; i++) {
      const before = entry(gradient, i) - entry(mean, i);
      mean[i] = entry(mean, i) + before / r;
      squares[i] = entry(squares, i) + before * (entry(gradient, i) - entry(mean, i));
    }
  }
  return { mean, variance: squares.map((sum) => sum / (repeats - 1)) };
}

function largestOf(z: Float64Array): GradientBias["largest"] {
  const most = z.reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
  return { z: most, p: Math.min(1, z.length * erfc(most * Math.SQRT1_2)) };
}

function overallOf(apart: Float64Array, errors: Float64Array, freedom: number): GradientBias["overall"] {
  const total = dot(errors, errors);
  const statistic = total > 0 ? dot(apart, apart) / total : 0;
  return { statistic, freedom, p: total > 0 ? chiSquareTail(statistic * freedom, freedom) : 1 };
}

/** Goes through all examples once in batches of a size, the last one of what is left. */
function epochOf(
  { probe, examples, count }: Population,
  full: Float64Array,
  key: Key,
  size: number,
): GradientBias["epoch"] {
  const order = permutation(key, count);
  const mean = new Float64Array(probe.size);
  let squares = 0;
  let batches = 0;
  for (let start = 0; start < count; start += size, batches++) {
    const rows = order.subarray(start, start + size);
    const gradient = probe.gradient(pick(examples, rows));
    addTo(mean, rows.length / count, gradient);
    squares += (dot(gradient, gradient) * rows.length) / count;
  }
  const apart = norm(subtract(mean, full));
  const difference = apart === 0 ? 0 : apart / Math.sqrt(squares);
  // A sum of m numbers is rounded m times at most, but rounding errors cancel like the root.
  return { batches, difference, isExact: difference <= 8 * probe.epsilon * Math.sqrt(count) };
}

function describe(bias: GradientBias): string {
  const { examples, varying, size, repeats, replacement, beyond, largest, overall, relative, epoch } = bias;
  const verdict =
    overall.p < 0.001
      ? "the mean differs from the gradient of all examples by more than chance: is the loss a mean over examples, and pure?"
      : "the mean differs from the gradient of all examples by no more than chance";
  return [
    `mini-batch gradient, ${repeats} batches of ${size} of ${examples} examples ${replacement ? "with" : "without"} replacement: ${verdict}`,
    `overall: R|ḡ − g|²/Σs² = ${short(overall.statistic)} where 1 is expected, spread over ${short(overall.freedom)} directions, p = ${short(overall.p)}; |ḡ − g|/|g| = ${short(relative)}`,
    `${varying} components that vary: ${beyond} beyond ±1.96 standard errors, at most about ${Math.round(0.05 * varying)} are expected; the largest ${short(largest.z)}`,
    `the ${epoch.batches} batches of an epoch: their mean is off by ${short(epoch.difference)} of their length${epoch.isExact ? ", which is rounding" : ", which is more than rounding: the loss is no mean over examples"}`,
  ].join("\n");
}
