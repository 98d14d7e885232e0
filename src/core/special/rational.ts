/**
 * Evaluate polynomials, ratios of polynomials, and functions given by one such ratio per interval. Horner
 * (1819).
 */

/**
 * The polynomial with these coefficients, highest power first, at x.
 *
 * `polynomial([2, 0, 1], 3)` is 2·3² + 1 = 19.
 */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  // An index is twice as fast here as for-of.
  for (let i = 0; i < coefficients.length; i += 1) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}

/** A ratio of two polynomials, coefficients highest power first; the denominator ends in 1. */
export interface Rational {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/** The value of a ratio of polynomials at x. */
export function rational(ratio: Rational, x: number): number {
  return polynomial(ratio.numerator, x) / polynomial(ratio.denominator, x);
}

/**
 * A function up to `end`: value + remainder + d·R(d) with d = x - centre. `remainder` is what the double
 * `value` lacks of the true value, so that the sum rounds once.
 */
export interface Piece extends Rational {
  readonly end: number;
  readonly centre: number;
  readonly value: number;
  readonly remainder: number;
}

/** The function made of these pieces (ascending by `end`) at x; NaN from the last end on. */
export function piecewise(pieces: readonly Piece[], x: number): number {
  for (const piece of pieces) {
    if (x < piece.end) {
      const d = x - piece.centre;
      return piece.value + (piece.remainder + d * rational(piece, d));
    }
  }
  return Number.NaN;
}
