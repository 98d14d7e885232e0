/**
 * The matrix product of the reference interpreter, blocked so that JavaScript engines keep the sums in registers:
 * sixteen sums share eight reads. Each element is summed in the order of the inner index, whatever the block it falls
 * into, so results do not depend on the blocking.
 */
import type { DataArray } from "../dtype.ts";

/** Rows and columns of the block of sums. */
const BLOCK = 4;

/** Below so many products the packing costs more than it saves. */
const SMALL = 512;

/** C ← A B, row-major, A `[m, k]`, B `[k, n]`; sums are kept in double precision whatever the dtype. */
export function multiply(m: number, n: number, k: number, a: DataArray, b: DataArray, c: DataArray): void {
  // Sizes that come out of shape arithmetic may be stored as doubles; indices computed from those would cost V8 a
  // conversion at each access, a third of the speed.
  const [rows, columns, inner] = [m | 0, n | 0, k | 0];
  if (columns < BLOCK || rows * columns * inner < SMALL) multiplyByDots(rows, columns, inner, a, b, c);
  else if (rows < BLOCK) multiplyByRows(rows, columns, inner, a, b, c);
  else multiplyByBlocks(rows, columns, inner, a, b, c);
}

function multiplyByDots(m: number, n: number, k: number, a: DataArray, b: DataArray, c: DataArray): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += (a[i * k + p] as number) * (b[p * n + j] as number);
      c[i * n + j] = sum;
    }
  }
}

/** Reads B row by row, in the order in which it lies in memory. */
function multiplyByRows(m: number, n: number, k: number, a: DataArray, b: DataArray, c: DataArray): void {
  const sums = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p] as number;
      for (let j = 0, x = p * n; j < n; j++, x++) sums[j] = (sums[j] as number) + factor * (b[x] as number);
    }
    c.set(sums, i * n);
  }
}

/** Four columns of B at a time against four rows of A at a time; the last rows and columns overlap those before. */
function multiplyByBlocks(m: number, n: number, k: number, a: DataArray, b: DataArray, c: DataArray): void {
  const groups = Math.ceil(m / BLOCK);
  const rows = packRows(groups, m, k, a);
  const columns = new Float64Array(k * BLOCK);
  for (let j = 0; j < n; j += BLOCK) {
    const column = Math.min(j, n - BLOCK);
    packColumns(column, n, k, b, columns);
    for (let g = 0; g < groups; g++) {
      const row = Math.min(g * BLOCK, m - BLOCK);
      multiplyBlock(rows, columns, g * BLOCK * k, k, c, row * n + column, n);
    }
  }
}

/** Groups of four rows of A, element by element side by side, so that a block reads them in order. */
function packRows(groups: number, m: number, k: number, a: DataArray): Float64Array {
  const packed = new Float64Array(groups * BLOCK * k);
  for (let g = 0; g < groups; g++) {
    const row = Math.min(g * BLOCK, m - BLOCK);
    for (let p = 0, x = row * k, y = g * BLOCK * k; p < k; p++, x++, y += BLOCK) {
      packed[y] = a[x] as number;
      packed[y + 1] = a[x + k] as number;
      packed[y + 2] = a[x + 2 * k] as number;
      packed[y + 3] = a[x + 3 * k] as number;
    }
  }
  return packed;
}

/** Four columns of B side by side. */
function packColumns(column: number, n: number, k: number, b: DataArray, columns: Float64Array): void {
  for (let p = 0, x = column, y = 0; p < k; p++, x += n, y += BLOCK) {
    columns[y] = b[x] as number;
    columns[y + 1] = b[x + 1] as number;
    columns[y + 2] = b[x + 2] as number;
    columns[y + 3] = b[x + 3] as number;
  }
}

function multiplyBlock(
  rows: Float64Array,
  columns: Float64Array,
  start: number,
  k: number,
  c: DataArray,
  out: number,
  n: number,
): void {
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  for (let p = 0, x = start, y = 0; p < k; p++, x += BLOCK, y += BLOCK) {
    const b0 = columns[y] as number;
    const b1 = columns[y + 1] as number;
    const b2 = columns[y + 2] as number;
    const b3 = columns[y + 3] as number;
    const a0 = rows[x] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = rows[x + 1] as number;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = rows[x + 2] as number;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = rows[x + 3] as number;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  c[out] = s00;
  c[out + 1] = s01;
  c[out + 2] = s02;
  c[out + 3] = s03;
  c[out + n] = s10;
  c[out + n + 1] = s11;
  c[out + n + 2] = s12;
  c[out + n + 3] = s13;
  c[out + 2 * n] = s20;
  c[out + 2 * n + 1] = s21;
  c[out + 2 * n + 2] = s22;
  c[out + 2 * n + 3] = s23;
  c[out + 3 * n] = s30;
  c[out + 3 * n + 1] = s31;
  c[out + 3 * n + 2] = s32;
  c[out + 3 * n + 3] = s33;
}
