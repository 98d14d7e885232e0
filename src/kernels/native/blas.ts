/**
 * The functions of CBLAS that Nabla calls, bound by their C types. Integers have 32 bits; matrices are passed as
 * addresses or typed arrays and read row-major.
 */

import type { KernelDtype } from "../kernels.ts";
import type { LibraryHandle, NativeFunction } from "./koffi.ts";

/** CBLAS_ORDER: row-major. */
export const rowMajor = 101;

/** CBLAS_TRANSPOSE. */
export const asStored = 111;
/** CBLAS_TRANSPOSE. */
export const transposed = 112;

/** One function in both precisions. */
export type BothPrecisions = Readonly<Record<KernelDtype, NativeFunction>>;

/** Matrix times matrix, and matrix times vector. */
export interface BlasProducts {
  /** C ← α op(A) op(B) + β C: order, op A, op B, m, n, k, α, A, lda, B, ldb, β, C, ldc. */
  readonly gemm: BothPrecisions;
  /** y ← α op(A) x + β y: order, op, m, n, α, A, lda, x, incx, β, y, incy; A as stored is `[m, n]`. */
  readonly gemv: BothPrecisions;
}

/** Binds the products; throws where the library has none. */
export function bindProducts(library: LibraryHandle): BlasProducts {
  return {
    gemm: bindBoth(library, "gemm", "int int int int int int real pointer int pointer int real pointer int"),
    gemv: bindBoth(library, "gemv", "int int int int real pointer int pointer int real pointer int"),
  };
}

/** Binds `cblas_s…` and `cblas_d…` by a list of parameter types; throws where the library has none. */
export function bindBoth(library: LibraryHandle, name: string, parameters: string): BothPrecisions {
  const bind = (letter: string, real: string): NativeFunction =>
    library.func(`cblas_${letter}${name}`, "void", parameterTypes(parameters, real));
  return { float32: bind("s", "float"), float64: bind("d", "double") };
}

function parameterTypes(parameters: string, real: string): string[] {
  return parameters.split(" ").map((type) => (type === "real" ? real : type === "pointer" ? "void *" : type));
}
