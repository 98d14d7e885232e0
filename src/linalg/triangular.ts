/**
 * Triangular systems, by substitution. Golub & Van Loan (2013), Algorithms 3.1.1 and 3.1.2 (along rows), 3.1.3 and 3.1.4
 * (along columns, for the transposed). Matrices are `[n, n]` row-major, of which only the triangle is read; b is replaced by
 * the solution. A zero on the diagonal gives infinities or NaN, as the division does.
 */
import { entry } from "../core/vector.ts";

/** Lx = b. */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = entry(b, i);
    for (let j = 0; j < i; j++) sum -= entry(l, i * n + j) * entry(b, j);
    b[i] = sum / entry(l, i * n + i);
  }
}

/** Lᵀx = b. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array): void {
  for (let j = n - 1; j >= 0; j--) {
    const x = entry(b, j) / entry(l, j * n + j);
    b[j] = x;
    for (let i = 0; i < j; i++) b[i] = entry(b, i) - entry(l, j * n + i) * x;
  }
}

/** Rx = b. */
export function solveUpper(r: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = entry(b, i);
    for (let j = i + 1; j < n; j++) sum -= entry(r, i * n + j) * entry(b, j);
    b[i] = sum / entry(r, i * n + i);
  }
}

/** Rᵀx = b. */
export function solveUpperTransposed(r: Float64Array, n: number, b: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const x = entry(b, j) / entry(r, j * n + j);
    b[j] = x;
    for (let i = j + 1; i < n; i++) b[i] = entry(b, i) - entry(r, j * n + i) * x;
  }
}
