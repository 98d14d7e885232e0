/** A line through points whose errors are known: weighted least squares. Press et al. (2007), Numerical Recipes, section 15.2. */
import { at } from "../../../core/exactly.ts";

/** y at x, known to within an error. */
export interface Measured {
  readonly x: number;
  readonly y: number;
  /** Its standard error, above 0. */
  readonly error: number;
}

/** A slope, and how well it is known. */
export interface Slope {
  readonly slope: number;
  /** Its standard error, from those of the points. */
  readonly error: number;
}

/** The slope of the line that fits best; NaN where there are fewer than two different x. */
export function slopeOf(points: readonly Measured[]): Slope {
  const weights = points.map(({ error }) => 1 / error ** 2);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const centre = points.reduce((sum, { x }, i) => sum + at(weights, i) * x, 0) / total;
  const spread = points.reduce((sum, { x }, i) => sum + at(weights, i) * (x - centre) ** 2, 0);
  const shared = points.reduce((sum, { x, y }, i) => sum + at(weights, i) * (x - centre) * y, 0);
  return spread > 0
    ? { slope: shared / spread, error: 1 / Math.sqrt(spread) }
    : { slope: Number.NaN, error: Number.NaN };
}
