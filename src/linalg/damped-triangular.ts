/**
 * min ‖Rz − c‖² + d²‖z‖² for an upper triangular R: the rows d·I are rotated into R one after the other. Golub & Van Loan
 * (2013), §5.1.8 (Givens); Moré (1978), eq. 3.3 to 3.5. R is factored once, however many d are tried, and RᵀR, whose
 * condition is that of R squared, is never formed.
 */
import { entry } from "../core/vector.ts";
import { solveUpper } from "./triangular.ts";

/**
 * z for `r`, `[n, n]` row-major, and `c`, `[n]`, fresh.
 *
 * @returns undefined when R with its damping is singular to working precision.
 */
export function solveDampedTriangular(
  r: Float64Array,
  n: number,
  d: number,
  c: Float64Array,
): Float64Array | undefined {
  const s = r.slice();
  const z = c.slice();
  if (d > 0) {
    const row = new Float64Array(n);
    for (let j = 0; j < n; j++) rotateIn(s, n, j, d, z, row);
  }
  if (isSingular(s, n)) return undefined;
  solveUpper(s, n, z);
  return z;
}

/** Rotates the row d·eⱼᵀ, right side 0, into S from row j on. */
function rotateIn(
  s: Float64Array,
  n: number,
  j: number,
  d: number,
  z: Float64Array,
  row: Float64Array,
): void {
  row.fill(0, j);
  row[j] = d;
  let right = 0;
  for (let k = j; k < n; k++) {
    const head = entry(row, k);
    if (head === 0) continue;
    const diagonal = entry(s, k * n + k);
    // By the ratio of the two (Golub & Van Loan, Algorithm 5.1.3): a length would lose its digits where it underflows.
    const isSteep = Math.abs(head) > Math.abs(diagonal);
    const ratio = isSteep ? diagonal / head : head / diagonal;
    const larger = 1 / Math.sqrt(1 + ratio * ratio);
    const [cos, sin] = isSteep ? [larger * ratio, larger] : [larger, larger * ratio];
    s[k * n + k] = cos * diagonal + sin * head;
    for (let i = k + 1; i < n; i++) {
      const upper = entry(s, k * n + i);
      const lower = entry(row, i);
      s[k * n + i] = cos * upper + sin * lower;
      row[i] = cos * lower - sin * upper;
    }
    const upper = entry(z, k);
    z[k] = cos * upper + sin * right;
    right = cos * right - sin * upper;
  }
}

/** True when a diagonal element is lost against the largest. */
function isSingular(s: Float64Array, n: number): boolean {
  let largest = 0;
  let least = Infinity;
  for (let j = 0; j < n; j++) {
    const size = Math.abs(entry(s, j * n + j));
    largest = Math.max(largest, size);
    least = Math.min(least, size);
  }
  return !(least > n * Number.EPSILON * largest);
}
