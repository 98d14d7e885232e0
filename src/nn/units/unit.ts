/** One unit: weights, a bias, and their sum over an input. */
import { dot, entry } from "../../core/vector.ts";

/** What a unit has learned. Its arrays are written in place while it learns. */
export interface Unit {
  /** w, `[d]`. */
  readonly weights: Float64Array;
  /** b, the weight of an input that is 1 for every example: an array of one number, so that it can be written. */
  readonly bias: Float64Array;
}

/** w = 0, b = 0. */
export function newUnit(features: number): Unit {
  return { weights: new Float64Array(features), bias: new Float64Array(1) };
}

/** w·x + b. */
export function weighted({ weights, bias }: Unit, x: Float64Array): number {
  return dot(weights, x) + entry(bias, 0);
}

/** w ← w + c x, b ← b + c. */
export function move({ weights, bias }: Unit, c: number, x: Float64Array): void {
  for (let i = 0; i < weights.length; i++) weights[i] = entry(weights, i) + c * entry(x, i);
  bias[0] = entry(bias, 0) + c;
}

/** A copy, to compare with later. */
export function copyUnit({ weights, bias }: Unit): Unit {
  return { weights: weights.slice(), bias: bias.slice() };
}

/** |(x, 1)|²: the square of the length of an input with the bias's own beside it. */
export function squaredLength(x: Float64Array): number {
  return dot(x, x) + 1;
}
