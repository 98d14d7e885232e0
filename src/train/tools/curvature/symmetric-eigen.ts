/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, row by row until nothing is left beside the diagonal: Golub & Van Loan
 * (2013), Algorithm 8.5.3. What is negligible is judged against the two diagonal elements and not against the whole matrix, so that
 * the small eigenvalues of positive definite matrices keep their digits: Demmel & Veselić (1992).
 */
import { at } from "../../../core/exactly.ts";
import { entry } from "../../../core/vector.ts";

/** A = Σ λₖ vₖ vₖᵀ. */
export interface SymmetricEigen {
  /** λ, ascending. */
  readonly values: Float64Array;
  /** v in the order of the values, each of length 1. */
  readonly vectors: readonly Float64Array[];
}

/** Jacobi's method converges quadratically: ten sweeps are many. */
const mostSweeps = 50;

/** The eigenvalues of a symmetric matrix `[n, n]`, row-major, which is left as it is. */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0, rotated = true; rotated && sweep < mostSweeps; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (rotate(a, v, n, p, q)) rotated = true;
  }
  const order = Array.from({ length: n }, (_, k) => k).sort(
    (i, j) => entry(a, i * n + i) - entry(a, j * n + j),
  );
  return {
    values: Float64Array.from(order, (k) => entry(a, k * n + k)),
    vectors: order.map((k) => v.slice(k * n, (k + 1) * n)),
  };
}

/** Makes a_pq zero, unless it is negligible. The rows of v are turned with it. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): boolean {
  const off = entry(a, p * n + q);
  const [first, last] = [entry(a, p * n + p), entry(a, q * n + q)];
  if (Math.abs(off) <= Number.EPSILON * Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(last)) || isLost(off))
    return false;
  // The smaller of the two angles, by its tangent.
  const tau = (last - first) / (2 * off);
  const t = Math.sign(tau || 1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    turn(v, p * n + k, q * n + k, c, s);
    if (k !== p && k !== q) {
      turn(a, p * n + k, q * n + k, c, s);
      a[k * n + p] = entry(a, p * n + k);
      a[k * n + q] = entry(a, q * n + k);
    }
  }
  a[p * n + p] = first - t * off;
  a[q * n + q] = last + t * off;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  return true;
}

function turn(x: Float64Array, i: number, j: number, c: number, s: number): void {
  const [xi, xj] = [at(x, i), at(x, j)];
  x[i] = c * xi - s * xj;
  x[j] = s * xi + c * xj;
}

/** So small that its square is 0. */
const isLost = (x: number): boolean => x * x === 0;
