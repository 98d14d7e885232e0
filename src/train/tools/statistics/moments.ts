/** Mean, variance, skewness and excess kurtosis of numbers. */
import { entry } from "../../../core/vector.ts";

/** The first four moments of a list of numbers, each of them equally likely. */
export interface Moments {
  readonly mean: number;
  /** E (x − μ)². */
  readonly variance: number;
  /** γ₁ = E (x − μ)³ / σ³: 0 where left and right are alike; 0 also where all numbers are equal. */
  readonly skewness: number;
  /** κ = E (x − μ)⁴ / σ⁴ − 3: 0 for the normal distribution, above it for heavy tails. */
  readonly kurtosis: number;
}

/** The moments of at least one number, in two passes, so that a large mean costs no digits. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const d = entry(values, i) - mean;
    const square = d * d;
    second += square;
    third += square * d;
    fourth += square * square;
  }
  const variance = second / n;
  const isSpread = variance > 0;
  return {
    mean,
    variance,
    skewness: isSpread ? third / n / variance ** 1.5 : 0,
    kurtosis: isSpread ? fourth / n / variance ** 2 - 3 : 0,
  };
}
