/**
 * Triangular systems, by substitution. Golub & Van Loan (2013), Algorithms 3.1.1 and 3.1.2 (along rows), 3.1.3 and 3.1.4
 * (along columns, for the transposed). Matrices are `[n, n]` row-major, of which only the triangle is read; b is replaced by
 * the solution. A zero on the diagonal gives infinities or NaN, as the division does.
 */
import { at } from "../core/exactly.ts";

/** Lx = b. */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = at(b, i);
    for (let j = 0; j < i; j++) sum -= at(l, i * n + j) * at(b, j);
    b[i] = sum / at(l, i * n + i);
  }
}

/** Lᵀx = b. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array): void {
  for (let j = n - 1; j >= 0; j--) {
    const x = at(b, j) / at(l, j * n + j);
    b[j] = x;
    for (let i = 0; i < j; i++) b[i] = at(b, i) - at(l, j * n + i) * x;
  }
}

/** Rx = b. */
export function solveUpper(r: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = at(b, i);
    for (let j = i + 1; j < n; j++) sum -= at(r, i * n + j) * at(b, j);
    b[i] = sum / at(r, i * n + i);
  }
}

/** Rᵀx = b. */
export function solveUpperTransposed(r: Float64Array, n: number, b: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const x = at(b, j) / at(r, j * n + j);
    b[j] = x;
    for (let i = j + 1; i < n; i++) b[i] = at(b, i) - at(r, j * n + i) * x;
  }
}
