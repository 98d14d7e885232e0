/** The trial that comes next, from what is known at two points of a line. */

/** A point of the line: f and its slope at length t. f is +∞, and the slope unknown, where there is no value. */
export interface Sample {
  readonly t: number;
  readonly f: number;
  readonly slope: number;
}

/** Where the cubic through values and slopes at a and b has its minimum. Nocedal & Wright (2006), eq. 3.59. */
export function cubicMinimum(a: Sample, b: Sample): number {
  const d1 = a.slope + b.slope - (3 * (a.f - b.f)) / (a.t - b.t);
  // Scaled, so that squares do not overflow: Moré & Thuente (1994), section 4.
  const size = Math.max(Math.abs(d1), Math.abs(a.slope), Math.abs(b.slope));
  const d2 = Math.sign(b.t - a.t) * size * Math.sqrt((d1 / size) ** 2 - (a.slope / size) * (b.slope / size));
  return b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
}

/** Where the slope is zero if it changes evenly from a to b. */
export function secantMinimum(a: Sample, b: Sample): number {
  return b.t - b.slope * ((b.t - a.t) / (b.slope - a.slope));
}
