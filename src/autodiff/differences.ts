/** Derivatives by differences, with an estimate of their own error (Ridders 1982). */
import { at } from "../core/exactly.ts";

/** A derivative by differences, and how far it can be trusted, for each element of the value. */
export interface Difference {
  readonly estimate: Float64Array;
  readonly error: Float64Array;
  /** The largest magnitude of the value that was met on the way. */
  readonly reach: number;
}

/**
 * Central differences at shrinking steps, extrapolated to 0 in Neville's tableau; each entry keeps the best of its estimates
 * and the change at which it was found. Steps begin at the scale of x and, since nobody knows the scale on which the function
 * changes, again at smaller ones.
 */
export function extrapolatedDifference(
  along: (t: number) => Float64Array,
  x: number,
  precise: boolean,
): Difference {
  const scale = Math.max(1, Math.abs(x));
  const starts = precise ? [0.05 * scale, 1e-3 * scale, 1e-5 * scale] : [0.1 * scale, 0.02 * scale];
  if (x !== 0 && Math.abs(x) < 1e-2) starts.push(0.1 * Math.abs(x));
  return starts
    .map((start) => neville(along, Math.abs(x), start, precise ? 8 : 4, precise ? 2 ** -52 : 2 ** -23))
    .reduce(better);
}

/** Element by element the estimate that is trusted more. */
function better(a: Difference, b: Difference): Difference {
  const isBetter = b.error.map((error, j) => (error < at(a.error, j) ? 1 : 0));
  const choose = (x: Float64Array, y: Float64Array): Float64Array =>
    x.map((value, j) => (isBetter[j] === 1 ? at(y, j) : value));
  return {
    estimate: choose(a.estimate, b.estimate),
    error: choose(a.error, b.error),
    reach: Math.max(a.reach, b.reach),
  };
}

const shrink = 2;

function neville(
  along: (t: number) => Float64Array,
  distance: number,
  start: number,
  levels: number,
  epsilon: number,
): Difference {
  const middle = along(0);
  let reach = 0;
  const difference = (h: number): { slope: Float64Array; noise: Float64Array } => {
    const [plus, minus] = [along(h), along(-h)];
    // What rounding alone does to a difference, of the values and of the argument (which at a minimum is all there is):
    // two changes that agree below it agree by chance.
    const noise = plus.map((value, j) => {
      const size = Math.max(Math.abs(value), Math.abs(at(minus, j)));
      const rise = Math.max(Math.abs(value - at(middle, j)), Math.abs(at(minus, j) - at(middle, j))) / h;
      if (size > reach && Number.isFinite(size)) reach = size;
      return (epsilon * (size + rise * distance)) / h;
    });
    return { slope: plus.map((value, j) => (value - at(minus, j)) / (2 * h)), noise };
  };
  let previous: Float64Array[] = [difference(start).slope];
  const estimate = Float64Array.from(at(previous, 0));
  const error = estimate.map(() => Number.POSITIVE_INFINITY);
  for (let level = 1; level < levels; level++) {
    const { slope, noise } = difference(start / shrink ** level);
    const row = [slope];
    for (let order = 1; order <= level; order++) {
      const factor = shrink ** (2 * order);
      const [finer, coarser] = [at(row, order - 1), at(previous, order - 1)];
      const better = finer.map((value, j) => (factor * value - at(coarser, j)) / (factor - 1));
      for (const [j, value] of better.entries()) {
        const change = Math.max(
          Math.abs(value - at(finer, j)),
          Math.abs(value - at(coarser, j)),
          at(noise, j),
        );
        if (change < at(error, j)) {
          error[j] = change;
          estimate[j] = value;
        }
      }
      row.push(better);
    }
    previous = row;
  }
  return { estimate, error, reach };
}
