/** Numbers as people read them. */

/** Plain digits down to 0.0001, and up to so many; beyond, a power of ten. */
const smallest = 1e-4;
const mostWhole = 6;

/** A number with so many significant digits and no idle zeros: `0.25`, `1e-8`, `1.77e14`. */
export function showNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const isPlain =
    size === 0 || !(size < smallest || (size >= 10 ** Math.max(mostWhole, digits) && size < Infinity));
  return isPlain ? String(rounded) : rounded.toExponential().replace("e+", "e");
}
