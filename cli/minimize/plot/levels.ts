/** Heights at which contours are drawn, and the bands between them. */

import { at } from "../../../src/core/exactly.ts";

/** As many contours; more cannot be told apart. */
export const levelCount = 14;

/** The share of a frame's cells that lies below the first contour. */
const floor = 0.004;

/** The share that lies below the last: the steep rim is one colour. */
const rim = 0.97;

/** Heights, and where a value lies among them. */
export interface Levels {
  /** Rising; none where all values are equal. */
  readonly heights: readonly number[];
  /** The lowest value. */
  readonly lowest: number;
  /** k at `heights[k - 1]`, running on in between with the logarithm, and no less than 0; NaN for what is not finite. */
  readonly band: (value: number) => number;
}

/**
 * Heights that rise geometrically above the lowest value, from where the valley's floor ends to where the rim begins, so that
 * a valley shows as well as the slopes.
 */
export function levelsOf(values: ArrayLike<number>): Levels {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const lowest = sorted[0] ?? 0;
  const above = (share: number): number =>
    sorted.length === 0 ? 0 : at(sorted, Math.floor(share * (sorted.length - 1))) - lowest;
  const high = above(rim) || above(1);
  // Differences that rounding alone would make are no landscape.
  const isFlat = !(high > 1e-13 * Math.abs(lowest)) || !Number.isFinite(high);
  if (isFlat) return { heights: [], lowest, band: (value) => (Number.isFinite(value) ? 0 : Number.NaN) };
  const low = Math.min(Math.max(above(floor), 1e-8 * high), high / 2);
  const step = Math.log(high / low) / (levelCount - 1);
  return {
    heights: Array.from({ length: levelCount }, (_, i) => lowest + low * Math.exp(step * i)),
    lowest,
    band: (value) =>
      Number.isFinite(value) ? Math.max(0, 1 + Math.log((value - lowest) / low) / step) : Number.NaN,
  };
}
