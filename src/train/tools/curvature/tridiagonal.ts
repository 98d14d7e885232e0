/**
 * The ends of the spectrum of a symmetric tridiagonal matrix T: by bisection, counting negative pivots of T − xI (Sturm; Golub & Van Loan 2013,
 * section 8.4.1), and the vector of the largest by inverse iteration from just above it, where T − xI is definite and needs no pivoting.
 */
import { at } from "../../../core/exactly.ts";
import { norm, scaled } from "../../../core/vector.ts";

/** The ends of a spectrum. */
export interface SpectrumEnds {
  readonly smallest: number;
  readonly largest: number;
  /** The eigenvector of the largest, of length 1. */
  readonly vector: Float64Array;
}

/** From the diagonal `[n]` and what stands beside it, `[n − 1]`, all above 0. */
export function spectrumEnds(diagonal: readonly number[], beside: readonly number[]): SpectrumEnds {
  const n = diagonal.length;
  const radius = (i: number): number => (beside[i - 1] ?? 0) + (beside[i] ?? 0);
  // Gershgorin's discs, a little wider so that no eigenvalue lies on the border.
  const low = Math.min(...diagonal.map((d, i) => d - radius(i)));
  const high = Math.max(...diagonal.map((d, i) => d + radius(i)));
  const slack = Number.EPSILON * n * Math.max(Math.abs(low), Math.abs(high)) + Number.MIN_VALUE;
  const below = (x: number): number => pivots(diagonal, beside, x).filter((pivot) => pivot < 0).length;
  const smallest = bisect((x) => below(x) >= 1, low - slack, high + slack);
  const largest = bisect((x) => below(x) === n, low - slack, high + slack);
  return { smallest, largest, vector: vectorBelow(diagonal, beside, largest) };
}

/** In place of a pivot of 0, or nearly: small, but its inverse is finite. */
const leastPivot = 1e-290;

/** The pivots of T − xI = LDLᵀ: as many are negative as there are eigenvalues below x. */
function pivots(diagonal: readonly number[], beside: readonly number[], x: number): number[] {
  const made: number[] = [];
  for (const [i, d] of diagonal.entries()) {
    const before = made[i - 1];
    const pivot = before === undefined ? d - x : d - x - at(beside, i - 1) ** 2 / before;
    const least = pivot === 0 ? Math.max(Number.EPSILON * Math.abs(x), leastPivot) : leastPivot;
    made.push(Math.abs(pivot) >= least ? pivot : pivot > 0 ? least : -least);
  }
  return made;
}

/** The end of the interval in which something begins to hold, from where it holds. */
function bisect(holds: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}

/** Two turns would do: the first one multiplies the vector that is wanted by about 10¹⁵. */
const turns = 3;

/** The eigenvector of the largest eigenvalue, which lies just below x. It has no component of another sign, so that it is no right angle to ones. */
function vectorBelow(diagonal: readonly number[], beside: readonly number[], x: number): Float64Array {
  const d = pivots(diagonal, beside, x);
  const n = d.length;
  let v: Float64Array = new Float64Array(n).fill(1);
  for (let turn = 0; turn < turns; turn++) {
    for (let i = 1; i < n; i++) v[i] = at(v, i) - (at(beside, i - 1) / at(d, i - 1)) * at(v, i - 1);
    for (let i = n - 1; i >= 0; i--)
      v[i] = (at(v, i) - (i + 1 < n ? at(beside, i) * at(v, i + 1) : 0)) / at(d, i);
    v = scaled(1 / norm(v), v);
  }
  return v;
}
