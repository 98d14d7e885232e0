/** What holds of the gradients gᵢ of all examples, a part of the examples at a time: their mean, their spread, and their covariance as a product. */
import { entry } from "../../../core/vector.ts";
import { cut, type TensorExamples } from "./examples.ts";
import type { Probe } from "./probe.ts";

/** Examples at a time. */
const part = 256;

/** Elements of gᵢ at a time, where they are formed: 32 MiB of float32. */
const partElements = 2 ** 23;

/** A loss at a point, and all examples. */
export interface Population {
  readonly probe: Probe;
  readonly examples: TensorExamples;
  /** n. */
  readonly count: number;
}

/** g = 1/n Σ gᵢ, the gradient of the loss over all examples. Goodfellow et al. (2016), eq. 8.8 for the n examples. */
export function fullGradient({ probe, examples, count }: Population): Float64Array {
  const mean = new Float64Array(probe.size);
  forParts(count, part, (start, end) => {
    const share = (end - start) / count;
    addTo(mean, share, probe.gradient(cut(examples, start, end)));
  });
  return mean;
}

/** The variance of each component over the examples, 1/n Σ (gᵢ − g)²: the diagonal of their covariance, whose trace is σ². */
export function componentVariances({ probe, examples, count }: Population, mean: Float64Array): Float64Array {
  const variances = new Float64Array(probe.size);
  const centre = probe.split(mean, "float64");
  forParts(count, Math.max(1, Math.min(part, Math.floor(partElements / probe.size))), (start, end) =>
    addTo(variances, 1 / count, probe.squares(cut(examples, start, end), centre)),
  );
  return variances;
}

/** gᵢᵀv of every example, `[n]`. */
export function projections({ probe, examples, count }: Population, v: Float64Array): Float64Array {
  const slopes = new Float64Array(count);
  const along = probe.split(v);
  forParts(count, part, (start, end) => slopes.set(probe.slopes(cut(examples, start, end), along), start));
  return slopes;
}

/** Cv of the covariance C = 1/n Σ (gᵢ − g)(gᵢ − g)ᵀ: 1/n Σ gᵢ (gᵢᵀv − gᵀv), since the gᵢᵀv − gᵀv add up to 0. */
export function covarianceTimes(population: Population, v: Float64Array): Float64Array {
  const { probe, examples, count } = population;
  const slopes = projections(population, v);
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / count;
  const weights = slopes.map((slope) => (slope - mean) / count);
  const product = new Float64Array(probe.size);
  forParts(count, part, (start, end) =>
    addTo(product, 1, probe.weightedSum(cut(examples, start, end), weights.subarray(start, end))),
  );
  return product;
}

function forParts(count: number, size: number, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < count; start += size) visit(start, Math.min(count, start + size));
}

/** a ← a + t·b. */
export function addTo(a: Float64Array, t: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = entry(a, i) + t * entry(b, i);
}
