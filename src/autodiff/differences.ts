/** Derivatives by differences, with an estimate of their own error (Ridders 1982). */
import { at } from "../core/exactly.ts";

/**
 * Central differences at shrinking steps, extrapolated to 0 in Neville's tableau; each entry keeps the best of its estimates
 * and the change at which it was found.
 */
export function extrapolatedDifference(
  along: (t: number) => Float64Array,
  x: number,
  precise: boolean,
): { estimate: Float64Array; error: Float64Array } {
  const shrink = 2;
  const levels = precise ? 8 : 4;
  const start = (precise ? 0.05 : 0.1) * Math.max(1, Math.abs(x));
  const difference = (h: number): Float64Array => {
    const [plus, minus] = [along(h), along(-h)];
    return plus.map((value, j) => (value - at(minus, j)) / (2 * h));
  };
  let previous: Float64Array[] = [difference(start)];
  const estimate = Float64Array.from(at(previous, 0));
  const error = estimate.map(() => Number.POSITIVE_INFINITY);
  for (let level = 1; level < levels; level++) {
    const row = [difference(start / shrink ** level)];
    for (let order = 1; order <= level; order++) {
      const factor = shrink ** (2 * order);
      const [finer, coarser] = [at(row, order - 1), at(previous, order - 1)];
      const better = finer.map((value, j) => (factor * value - at(coarser, j)) / (factor - 1));
      for (const [j, value] of better.entries()) {
        const change = Math.max(Math.abs(value - at(finer, j)), Math.abs(value - at(coarser, j)));
        if (change < at(error, j)) {
          error[j] = change;
          estimate[j] = value;
        }
      }
      row.push(better);
    }
    previous = row;
  }
  return { estimate, error };
}
