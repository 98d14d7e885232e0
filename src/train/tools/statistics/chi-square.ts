/**
 * The tail of the χ² distribution: P(χ²_ν > x) = Q(ν/2, x/2), the regularized upper incomplete gamma function. By its power series below the mean and by
 * its continued fraction above: Abramowitz & Stegun (1964), 6.5.29 and 6.5.31; the fraction by Lentz' method (1976).
 */
import { lgamma } from "../../../core/special/index.ts";

/** Terms at most: they shrink from a few √a on. */
const mostTerms = 10_000;

/** P(χ²_ν > x) for ν > 0 degrees of freedom, which need not be whole. */
export function chiSquareTail(x: number, freedom: number): number {
  if (Number.isNaN(x) || Number.isNaN(freedom)) return Number.NaN;
  if (x <= 0) return 1;
  const a = freedom / 2;
  const t = x / 2;
  // t^a e^−t / Γ(a), by its logarithm.
  const front = Math.exp(a * Math.log(t) - t - lgamma(a));
  return t < a + 1 ? 1 - front * lowerSeries(a, t) : front * upperFraction(a, t);
}

/** Σ tᵏ / (a (a + 1) ⋯ (a + k)). */
function lowerSeries(a: number, t: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < mostTerms && term > sum * Number.EPSILON; k++) {
    term *= t / (a + k);
    sum += term;
  }
  return sum;
}

/** 1 / (t + 1 − a − 1 (1 − a) / (t + 3 − a − 2 (2 − a) / (t + 5 − a − …))). */
function upperFraction(a: number, t: number): number {
  const tiny = Number.MIN_VALUE / Number.EPSILON;
  let b = t + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let product = d;
  for (let k = 1; k < mostTerms; k++) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / nonZero(factor * d + b, tiny);
    c = nonZero(b + factor / c, tiny);
    product *= d * c;
    if (Math.abs(d * c - 1) < Number.EPSILON) break;
  }
  return product;
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value);
