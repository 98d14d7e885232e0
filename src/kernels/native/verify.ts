/**
 * One look at a library's answers before it is trusted: products of small matrices, all transposes, both precisions.
 * The elements are small whole numbers, so the right answer is exact whatever the order of the sum.
 */

import type { KernelDtype } from "../kernels.ts";
import { asStored, type BlasProducts, rowMajor, transposed } from "./blas.ts";

type Elements = Float32Array | Float64Array;

const rows = 13;
const columns = 17;
const inner = 19;
/** Elements from row to row: more than any row has. */
const stride = 23;

const dtypes: readonly KernelDtype[] = ["float32", "float64"];
const choices = [false, true] as const;

/** What the library's matrix product gets wrong, in words; undefined where all is right. */
export function wrongProduct(blas: BlasProducts): string | undefined {
  for (const dtype of dtypes) {
    for (const isLeft of choices)
      for (const isRight of choices)
        if (!isProductRight(blas, dtype, isLeft, isRight))
          return `its ${dtype} matrix product is wrong${isLeft || isRight ? " for transposed matrices" : ""}`;
    if (!carriesNaN(blas, dtype)) return `its ${dtype} matrix product loses NaN`;
  }
  return undefined;
}

/** Whether matrix times vector is right, also into a vector that held NaN. */
export function areVectorsRight(blas: BlasProducts): boolean {
  return dtypes.every((dtype) => choices.every((isTransposed) => isVectorRight(blas, dtype, isTransposed)));
}

function isProductRight(blas: BlasProducts, dtype: KernelDtype, isLeft: boolean, isRight: boolean): boolean {
  const a = wholeNumbers(dtype, 1);
  const b = wholeNumbers(dtype, 2);
  const c = elements(dtype).fill(Number.NaN);
  const call = (beta: number): unknown =>
    blas.gemm[dtype](
      rowMajor,
      isLeft ? transposed : asStored,
      isRight ? transposed : asStored,
      ...[rows, columns, inner, 1, a, stride, b, stride, beta, c, stride],
    );
  call(0);
  call(1);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += at(a, i, k, isLeft) * at(b, k, j, isRight);
      if (c[i * stride + j] !== 2 * sum) return false;
    }
  // The elements behind each row are not the library's to write.
  return Number.isNaN(c[columns]);
}

/** Whether 0 · NaN is NaN in a product; the reference BLAS once skipped zeros. */
function carriesNaN(blas: BlasProducts, dtype: KernelDtype): boolean {
  const a = elements(dtype);
  const c = elements(dtype);
  const b = elements(dtype).fill(Number.NaN);
  blas.gemm[dtype](rowMajor, asStored, asStored, 2, 2, 2, 1, a, 2, b, 2, 0, c, 2);
  return Number.isNaN(c[0]);
}

function isVectorRight(blas: BlasProducts, dtype: KernelDtype, isTransposed: boolean): boolean {
  const a = wholeNumbers(dtype, 3);
  const x = wholeNumbers(dtype, 4);
  const y = elements(dtype).fill(Number.NaN);
  const operation = isTransposed ? transposed : asStored;
  blas.gemv[dtype](rowMajor, operation, rows, columns, 1, a, stride, x, 3, 0, y, 2);
  const [length, terms] = isTransposed ? [columns, rows] : [rows, columns];
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = 0; k < terms; k++) sum += at(a, i, k, isTransposed) * at(x, k, 0, false, 3);
    if (y[2 * i] !== sum) return false;
  }
  return true;
}

function at(matrix: Elements, i: number, j: number, isTransposed: boolean, step = stride): number {
  return matrix[isTransposed ? j * step + i : i * step + j] as number;
}

function elements(dtype: KernelDtype): Elements {
  return dtype === "float32" ? new Float32Array(stride * stride) : new Float64Array(stride * stride);
}

/** Whole numbers from −4 to 4 without a pattern that a wrong transpose would keep. */
function wholeNumbers(dtype: KernelDtype, seed: number): Elements {
  const values = elements(dtype);
  let state = seed;
  for (let i = 0; i < values.length; i++) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    values[i] = (Math.floor(state / 2 ** 16) % 9) - 4;
  }
  return values;
}
