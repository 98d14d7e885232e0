/** Round to the nearest integer, ties to the even one: IEEE 754's roundTiesToEven, NumPy's `rint`. */

/** Adding this leaves no bits for a fraction, so that the addition itself rounds, and rounds ties to even. */
const NO_FRACTION = 2 ** 52;

/**
 * The integer nearest to x, the even one of two equally near; keeps the sign of zero, ±∞ and NaN.
 *
 * Example: `roundHalfToEven(2.5)` is 2, where Math.round(2.5) is 3.
 */
export function roundHalfToEven(x: number): number {
  if (!(Math.abs(x) < NO_FRACTION) || x === 0) return x;
  return x > 0 ? x + NO_FRACTION - NO_FRACTION : -(NO_FRACTION - x - NO_FRACTION);
}
