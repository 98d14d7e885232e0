/**
 * Linear algebra by the machine's own LAPACK and BLAS on ordinary arrays. Every matrix is row-major and dense, without gaps
 * between rows; all arrays of a call have one dtype. Arrays named as results are overwritten.
 */

import type { Elements } from "./fortran.ts";

/** Which half of a matrix is meant. */
export type Triangle = "lower" | "upper";

/** A triangular matrix as an operand. */
export interface TriangularOperand {
  readonly triangle: Triangle;
  readonly isTransposed: boolean;
  /** Whether the diagonal is ones that are not stored. */
  readonly hasUnitDiagonal: boolean;
}

/**
 * Routines by their names in LAPACK and BLAS, without the letter of the precision. Those that may fail on the numbers return
 * `info`: 0 where all went well, else as said there.
 */
export interface Lapack {
  /** "OpenBLAS 0.3.21". */
  readonly description: string;
  /** Cholesky A = L Lᵀ of a symmetric `[n, n]`; reads and overwrites the lower half. info = k: the leading k×k part is not positive definite. */
  readonly potrf: (a: Elements, n: number) => number;
  /** Solves A X = B, given `potrf`'s L; B `[n, columns]` becomes X. */
  readonly potrs: (l: Elements, n: number, b: Elements, columns: number) => void;
  /** P A = L U of `[n, n]`; A becomes L below and U on and above the diagonal. Row i was swapped with row `pivots[i]`. info = k: U's k-th diagonal element, counted from 1, is zero. */
  readonly getrf: (a: Elements, n: number, pivots: Int32Array) => number;
  /** Solves A X = B, given `getrf`'s results; B `[n, columns]` becomes X. */
  readonly getrs: (lu: Elements, n: number, pivots: Int32Array, b: Elements, columns: number) => void;
  /** A = Q R of `[m, n]`; A becomes R on and above the diagonal, reflectors below; `tau` has min(m, n) elements. */
  readonly geqrf: (a: Elements, m: number, n: number, tau: Elements) => void;
  /** C ← Q C or Qᵀ C for C `[m, columns]`, given `geqrf`'s results of an `[m, n]` matrix. */
  readonly ormqr: (
    qr: Elements,
    m: number,
    n: number,
    tau: Elements,
    c: Elements,
    columns: number,
    isTransposed: boolean,
  ) => void;
  /** Eigenvalues of a symmetric `[n, n]`, ascending, into `values`; A's columns become the eigenvectors. info > 0: it did not converge. */
  readonly syevd: (a: Elements, n: number, values: Elements) => number;
  /** A = U diag(s) Vᵀ of `[m, n]`, k = min(m, n): U `[m, k]`, s `[k]` descending, Vᵀ `[k, n]`; A is destroyed. info > 0: it did not converge. */
  readonly gesdd: (a: Elements, m: number, n: number, u: Elements, s: Elements, vt: Elements) => number;
  /** Solves op(T) X = B for a triangular `[n, n]`; B `[n, columns]` becomes X. info = k: the k-th diagonal element, counted from 1, is zero, and B is as it was. */
  readonly trtrs: (t: Elements, n: number, b: Elements, columns: number, how: TriangularOperand) => number;
  /** The same without looking for zeros. */
  readonly trsm: (t: Elements, n: number, b: Elements, columns: number, how: TriangularOperand) => void;
  /** The named half of C ← A Aᵀ for A `[n, k]`, or C ← Aᵀ A for A `[k, n]` where transposed; C `[n, n]`. */
  readonly syrk: (
    a: Elements,
    n: number,
    k: number,
    c: Elements,
    triangle: Triangle,
    isTransposed: boolean,
  ) => void;
  /** y ← A x or Aᵀ x for A `[m, n]`. */
  readonly gemv: (a: Elements, m: number, n: number, x: Elements, y: Elements, isTransposed: boolean) => void;
}
