/**
 * What a simplex says of the slope, and a simplex turned by it.
 * Kelley (1999), "Detection and remediation of stagnation in the Nelder-Mead algorithm using a sufficient decrease condition".
 * Components are measured in units of the first simplex's edges, so that badly scaled variables weigh alike.
 */
import { at } from "../core/exactly.ts";
import { relativeDistance, type Simplex } from "./simplex.ts";

/** D solving (xᵢ − b)ᵀD = fᵢ − f(b), i = 1 … n, per unit; undefined where the simplex is flat or a value not finite. */
export function simplexGradient(simplex: Simplex, unit: Float64Array): Float64Array | undefined {
  const n = unit.length;
  const best = at(simplex, 0);
  if (!Number.isFinite(at(simplex, n).value)) return undefined;
  const rows = simplex.slice(1).map(({ x, value }) => {
    const length = relativeDistance(x, best.x, unit);
    const row = x.map((xj, j) => (xj - at(best.x, j)) / at(unit, j) / length);
    return Float64Array.of(...row, (value - best.value) / length);
  });
  return solveRows(rows, n);
}

/** Gaussian elimination with partial pivoting on rows `[A | b]` whose largest entry is 1; undefined for singular A. */
function solveRows(rows: Float64Array[], n: number): Float64Array | undefined {
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(at(at(rows, i), k)) > Math.abs(at(at(rows, pivot), k))) pivot = i;
    }
    const row = at(rows, pivot);
    rows[pivot] = at(rows, k);
    rows[k] = row;
    if (!(Math.abs(at(row, k)) > n * Number.EPSILON)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const other = at(rows, i);
      const factor = at(other, k) / at(row, k);
      for (let j = k; j <= n; j++) other[j] = at(other, j) - factor * at(row, j);
    }
  }
  const solution = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    const row = at(rows, k);
    let rest = at(row, n);
    for (let j = k + 1; j < n; j++) rest -= at(row, j) * at(solution, j);
    solution[k] = rest / at(row, k);
  }
  return solution;
}

/**
 * The n vertices b − ½σ₋ sign(Dⱼ) eⱼ of a simplex with right angles that faces downhill, σ₋ being the distance of the vertex
 * nearest to b. Kelley (1999): the oriented restart.
 */
export function orientedVertices(
  simplex: Simplex,
  unit: Float64Array,
  gradient: Float64Array | undefined,
): Float64Array[] {
  const best = at(simplex, 0).x;
  const distances = simplex.slice(1).map(({ x }) => relativeDistance(x, best, unit));
  const length = (Math.min(...distances) || Math.max(...distances)) / 2;
  return Array.from(unit, (edge, j) => {
    const vertex = best.slice();
    vertex[j] = at(best, j) + (gradient !== undefined && at(gradient, j) > 0 ? -length : length) * edge;
    return vertex;
  });
}
