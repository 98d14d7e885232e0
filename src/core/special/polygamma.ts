/**
 * The polygamma functions, ψ⁽ⁿ⁾(x) = dⁿ/dxⁿ ψ(x) = (-1)ⁿ⁺¹ Σₖ n!/(x + k)ⁿ⁺¹ for n ≥ 1.
 *
 * The first terms are summed as they stand (all of one sign), the rest by the asymptotic series, Abramowitz &
 * Stegun (1964), 6.4.10 and 6.4.11. For x < 0 the sum over all integers k is taken from both sides of x and
 * the part to its left subtracted, which is the reflection 6.4.7 without its derivatives of the cotangent.
 */
import { ArgumentError } from "../errors.ts";
import { digamma } from "./digamma.ts";

/** B₂ₖ / (2k)! for k = 1 ... 12. */
const BERNOULLI_BY_FACTORIAL = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7,
  2.08767569878681e-8, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
  8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19,
] as const;

/** n!/xⁿ⁺¹, factor by factor, so that neither part overflows alone. */
function leadingTerm(n: number, x: number): number {
  let term = 1 / x;
  for (let factor = 1; factor <= n && term > 0 && term < Number.POSITIVE_INFINITY; factor += 1)
    term *= factor / x;
  return term;
}

/** Σ n!/(x + k)ⁿ⁺¹ over k = 0, 1, ... by the asymptotic series, for x ≥ n + 13. */
function asymptotic(n: number, x: number): number {
  const lead = leadingTerm(n - 1, x);
  const ratio = n / x;
  let sum = lead * (1 + 0.5 * ratio);
  // Term k is lead · B₂ₖ/(2k)! · n(n + 1)...(n + 2k - 1) / x^(2k).
  let product = lead * ratio * ((n + 1) / x);
  let order = n + 2;
  for (const coefficient of BERNOULLI_BY_FACTORIAL) {
    sum += coefficient * product;
    product *= (order / x) * ((order + 1) / x);
    order += 2;
  }
  return sum;
}

/** Σ n!/(x + k)ⁿ⁺¹ over k = 0, 1, ... for x > 0. */
function sumToTheRight(n: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  const terms: number[] = [];
  let point = x;
  let total = 0;
  while (point < n + 13) {
    const term = leadingTerm(n, point);
    terms.push(term);
    total += term;
    // What follows is less than term · (1 + point/n): for high orders it soon drops out.
    if (!(term * (1 + point / n) > total * 1e-17)) return sumFromSmallest(terms, 0);
    point += 1;
  }
  return sumFromSmallest(terms, asymptotic(n, point));
}

/** The terms fall, so that the last added first costs the fewest roundings. */
function sumFromSmallest(fallingTerms: readonly number[], rest: number): number {
  return fallingTerms.reduceRight((sum, term) => sum + term, rest);
}

/** Σ n!/(x + k)ⁿ⁺¹ over k = 0, 1, ... for x < 0, not an integer. */
function sumAcrossZero(n: number, x: number): number {
  const toTheRight = sumToTheRight(n, x - Math.floor(x));
  const toTheLeft = sumToTheRight(n, Math.ceil(x) - x) - sumToTheRight(n, 1 - x);
  return n % 2 === 1 ? toTheRight + toTheLeft : toTheRight - toTheLeft;
}

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of digamma, for an integer n ≥ 0 and any number x. At the poles 0, -1, -2, ...
 * as SciPy has it: +∞ for odd n, -∞ for even n ≥ 2; for n = 0 see `digamma`. Within n/2 + 4 units in the last
 * place for x > 0; for x < 0 too when n is odd, else relative to the terms that cancel. Throws ArgumentError
 * when n is not an integer ≥ 0.
 *
 * Example: `polygamma(1, 1)` is 1.6449340668482264, which is π²/6.
 */
export function polygamma(n: number, x: number): number {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new ArgumentError(
      `\`polygamma(n, x)\` needs an integer n ≥ 0; got ${n}. n counts derivatives of digamma.`,
    );
  }
  if (n === 0) return digamma(x);
  const sign = n % 2 === 1 ? 1 : -1;
  if (x > 0) return sign * sumToTheRight(n, x);
  if (Number.isNaN(x)) return x;
  if (Math.floor(x) === x) return sign * Number.POSITIVE_INFINITY;
  return sign * sumAcrossZero(n, x);
}
