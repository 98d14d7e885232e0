/**
 * The test of Anderson & Darling (1954) for the normal distribution, its mean and variance unknown: A² = −n − Σ (2i − 1)/n (log pᵢ +
 * log(1 − pₙ₊₁₋ᵢ)), p the normal probabilities of the sorted numbers. Its p-value by Stephens (1986), Tests based on EDF statistics, Table 4.9.
 */
import { at } from "../../../core/exactly.ts";
import { erfc } from "../../../core/special/index.ts";
import { momentsOf } from "./moments.ts";

/** What a test came to. */
export interface TestOutcome {
  readonly statistic: number;
  /** The probability of a statistic at least as large where the hypothesis is true. */
  readonly p: number;
}

/** Tests whether numbers, at least 8 and not all equal, come from a normal distribution; NaN where they are all equal. */
export function andersonDarling(values: Float64Array): TestOutcome {
  const n = values.length;
  const { mean, variance } = momentsOf(values);
  if (!(variance > 0)) return { statistic: Number.NaN, p: Number.NaN };
  const deviation = Math.sqrt((variance * n) / (n - 1));
  const z = values.map((x) => (x - mean) / deviation).sort();
  let sum = 0;
  for (let i = 0; i < n; i++) sum += ((2 * i + 1) / n) * (logBelow(at(z, i)) + logBelow(-at(z, n - 1 - i)));
  const statistic = -n - sum;
  return { statistic, p: probabilityOf(statistic * (1 + 0.75 / n + 2.25 / n ** 2)) };
}

/** log Φ(z); of z below −37 it stays at that of −37. */
const logBelow = (z: number): number => Math.log(erfc(Math.min(-z, 37) * Math.SQRT1_2) / 2);

/** Stephens' fit of p to the statistic adjusted for n. */
function probabilityOf(a: number): number {
  if (a < 0.2) return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a ** 2);
  if (a < 0.34) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a ** 2);
  if (a < 0.6) return Math.exp(0.9177 - 4.279 * a - 1.38 * a ** 2);
  // Beyond 150 the parabola would turn upwards again.
  return Math.exp(1.2937 - 5.709 * Math.min(a, 150) + 0.0186 * Math.min(a, 150) ** 2);
}
