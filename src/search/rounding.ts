/** Where the changes of f that a search looks for drown in the rounding of f. */

/** Values of f that differ by less are equal: some roundings of |f|. */
export function roundingOf(value: number): number {
  return 4 * Number.EPSILON * Math.abs(value);
}

/**
 * Where values differ by less, slopes decide. A sum of squares rounds its residuals, not itself, so that this is far above the
 * rounding of |f|; Hager & Zhang (2005) have 1e-6.
 */
export function noiseOf(value: number): number {
  return 1e-10 * Math.abs(value);
}

/** What is remembered of the lowest f. */
export interface Lowest {
  readonly lowest: number;
  /** How many steps were taken since f was as low. */
  readonly drowned: number;
}

export const noneLowest: Lowest = { lowest: Infinity, drowned: 0 };

/** So many steps may pass without a new lowest value; then nothing more is to be had. */
const patience = 20;

/** After a step to f; undefined when patience is at its end. */
export function keepLowest({ lowest, drowned }: Lowest, f: number): Lowest | undefined {
  if (f < lowest) return { lowest: f, drowned: 0 };
  return drowned < patience ? { lowest, drowned: drowned + 1 } : undefined;
}

/** Why a search gives up then. */
export const hasDrowned = "changes of f drown in its rounding";
