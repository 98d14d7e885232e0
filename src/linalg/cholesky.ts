/**
 * A = LLᵀ of a symmetric positive definite matrix, and systems solved with it. Golub & Van Loan (2013), Algorithm 4.2.2 in
 * its row-oriented form: every sum runs along two rows, which lie next to each other in memory.
 */
import { entry } from "../core/vector.ts";
import { solveLower, solveLowerTransposed } from "./triangular.ts";

/**
 * Replaces the lower triangle of `a`, `[n, n]` row-major, by L; what stands above the diagonal is neither read nor written.
 *
 * @returns false when a pivot is not a positive number: `a` is then no positive definite matrix to working precision, and
 * holds nothing of use.
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      a[i * n + j] = (entry(a, i * n + j) - rowProduct(a, n, i, j)) / entry(a, j * n + j);
    const pivot = entry(a, i * n + i) - rowProduct(a, n, i, i);
    if (!(pivot > 0 && pivot < Infinity)) return false;
    a[i * n + i] = Math.sqrt(pivot);
  }
  return true;
}

/** Σₖ lᵢₖ lⱼₖ for k < j. */
function rowProduct(l: Float64Array, n: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += entry(l, i * n + k) * entry(l, j * n + k);
  return sum;
}

/** Replaces b by the solution of LLᵀ x = b. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  solveLower(l, n, b);
  solveLowerTransposed(l, n, b);
}
