/** Counts of standardized numbers, with what the normal distribution lets expect: what is needed to draw the two. */
import { erfc } from "../../../core/special/index.ts";

/** How numbers spread, in units of the standard deviation. */
export interface Histogram {
  /** Borders of the bins, one more than there are bins, from −4 to 4. */
  readonly edges: readonly number[];
  /** Numbers in each bin; those beyond the borders are in the first and the last one. */
  readonly counts: readonly number[];
  /** How many the standard normal distribution lets expect there. */
  readonly expected: readonly number[];
}

/** Nothing to speak of lies further out: 6 of 100,000 normal numbers. */
const reach = 4;

/** Sorts numbers into bins of equal width. */
export function histogramOf(values: Float64Array, bins: number): Histogram {
  const edges = Array.from({ length: bins + 1 }, (_, i) => -reach + (2 * reach * i) / bins);
  const counts = new Array<number>(bins).fill(0);
  for (const z of values) {
    const bin = Math.floor(((z + reach) / (2 * reach)) * bins);
    const place = Math.min(Math.max(bin, 0), bins - 1);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // The outermost bins have the tails.
  const below = edges.map((edge, i) => (i === 0 ? 0 : i === bins ? 1 : erfc(-edge * Math.SQRT1_2) / 2));
  const expected = counts.map((_, i) => values.length * ((below[i + 1] ?? 1) - (below[i] ?? 0)));
  return { edges, counts, expected };
}
