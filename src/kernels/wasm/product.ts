/**
 * Matrix products by the compiled kernels. Which kernel computes a product depends on the whole product,
 * never on the rows asked for, so parts of the rows are the bits of the whole.
 */

import type { KernelDtype, MatrixPlace, ProductCall } from "../kernels.ts";
import type { KernelExports } from "./exports.ts";

/**
 * Computes rows from `first` to `end` (without it) of a product, with room of `productRoom` bytes of its own.
 */
export type PreparedRows = (first: number, end: number, room: number) => void;

/** Bytes of an element. */
export const bytesOf = (dtype: KernelDtype): number => (dtype === "float32" ? 4 : 8);

// As in kernels-assembly: bytes of spilled sums and of a step of a panel of B, steps of the inner index in a
// block, rows of A in a block, bytes of a row of B in a block.
const SPILL = 128;
const STEP = 32;
const INNER = 256;
const BLOCK_ROWS = 128;
const BLOCK_BYTES = 2048;

/** Up to so many rows reading B as it lies costs less than packing it. */
const FEW_ROWS = 12;
/** A matrix B of so many bytes stays in the first cache as it lies. */
const SMALL_B = 16384;
/** From so many columns on packing a transposed A pays. */
const MANY_COLUMNS = 32;

/** A product taken apart: the distances between elements of op(A) and op(B), in bytes. */
interface Steps {
  readonly aRow: number;
  readonly aStep: number;
  readonly bStep: number;
  readonly bColumn: number;
  readonly cRow: number;
}

function stepsOf({ dtype, a, b, c }: Omit<ProductCall, "room">): Steps {
  const size = bytesOf(dtype);
  const along = (place: MatrixPlace): readonly [number, number] =>
    place.isTransposed ? [size, place.stride * size] : [place.stride * size, size];
  const [aRow, aStep] = along(a);
  const [bStep, bColumn] = along(b);
  return { aRow, aStep, bStep, bColumn, cRow: c.stride * size };
}

/** Which matrices are copied before they are read: 1 for A, 2 for B. */
function packingOf({ dtype, rows, columns, inner }: Omit<ProductCall, "room">, steps: Steps): number {
  const size = bytesOf(dtype);
  const packsA = steps.aStep !== size && columns > MANY_COLUMNS;
  const packsB = steps.bColumn !== size || (rows > FEW_ROWS && inner * columns * size > SMALL_B);
  return (packsA ? 1 : 0) + (packsB ? 2 : 0);
}

/** Bytes of room that a product needs. */
export function productRoom(call: Omit<ProductCall, "room">): number {
  const { dtype, rows, columns } = call;
  const size = bytesOf(dtype);
  if (rows === 1 || columns === 1) return Math.max(call.inner, rows) * size;
  const packing = packingOf(call, stepsOf(call));
  const inner = Math.min(INNER, call.inner);
  const panels = packing >= 2 ? Math.ceil(Math.min(columns * size, BLOCK_BYTES) / STEP) : 1;
  const packedRows = packing % 2 === 1 ? Math.ceil(Math.min(rows, BLOCK_ROWS) / 8) * 8 : 0;
  return SPILL + 8 * inner + 16 + inner * (panels * STEP + packedRows * size);
}

/** Prepares C ← op(A) op(B), or C ← C + op(A) op(B), to be computed by parts of its rows. */
export function prepareRows(kernels: KernelExports, call: Omit<ProductCall, "room">): PreparedRows {
  const { rows, columns, inner } = call;
  if (rows === 0 || columns === 0) return () => {};
  if (inner === 0) return call.accumulate ? () => {} : clearRows(kernels, call);
  if (columns === 1) return matrixTimesVector(kernels, call);
  if (rows === 1) return vectorTimesMatrix(kernels, call);
  const { aRow, aStep, bStep, bColumn, cRow } = stepsOf(call);
  const packing = packingOf(call, stepsOf(call));
  const isDouble = call.dtype === "float64" ? 1 : 0;
  const accumulate = call.accumulate ? 1 : 0;
  const [a, b, c] = [call.a.address, call.b.address, call.c.address];
  return (first, end, room) => {
    kernels.product(
      isDouble,
      end - first,
      columns,
      inner,
      a + first * aRow,
      aRow,
      aStep,
      b,
      bStep,
      bColumn,
      c + first * cRow,
      cRow,
      accumulate,
      packing,
      room,
    );
  };
}

function clearRows(kernels: KernelExports, call: Omit<ProductCall, "room">): PreparedRows {
  const isDouble = call.dtype === "float64" ? 1 : 0;
  const { cRow } = stepsOf(call);
  return (first, end) => {
    for (let i = first; i < end; i++) {
      kernels.columnSums(isDouble, call.columns, 0, 0, 0, 0, 0, call.c.address + i * cRow, 0);
    }
  };
}

/**
 * One column of B: rows of A lie in one piece and are multiplied as dot products, or else columns of A are
 * summed.
 */
function matrixTimesVector(kernels: KernelExports, call: Omit<ProductCall, "room">): PreparedRows {
  const { aRow, aStep, bStep, cRow } = stepsOf(call);
  const { inner, dtype } = call;
  const size = bytesOf(dtype);
  const isDouble = dtype === "float64" ? 1 : 0;
  const accumulate = call.accumulate ? 1 : 0;
  const [a, b, c] = [call.a.address, call.b.address, call.c.address];
  if (aStep === size) {
    return (first, end, room) => {
      if (bStep !== size) kernels.copyElements(isDouble, inner, b, bStep, room, size);
      const x = bStep === size ? b : room;
      kernels.dots(
        isDouble,
        end - first,
        inner,
        a + first * aRow,
        aRow,
        x,
        c + first * cRow,
        cRow,
        accumulate,
      );
    };
  }
  return (first, end, room) => {
    const count = end - first;
    const to = c + first * cRow;
    const isApart = cRow !== size;
    const y = isApart ? room : to;
    if (isApart && accumulate === 1) kernels.copyElements(isDouble, count, to, cRow, y, size);
    kernels.columnSums(isDouble, count, inner, a + first * aRow, aStep, b, bStep, y, accumulate);
    if (isApart) kernels.copyElements(isDouble, count, y, size, to, cRow);
  };
}

/** One row of A: C is the transposed B times that row. */
function vectorTimesMatrix(kernels: KernelExports, call: Omit<ProductCall, "room">): PreparedRows {
  const { aStep, bStep, bColumn } = stepsOf(call);
  const { columns, inner, dtype } = call;
  const size = bytesOf(dtype);
  const isDouble = dtype === "float64" ? 1 : 0;
  const accumulate = call.accumulate ? 1 : 0;
  const [a, b, c] = [call.a.address, call.b.address, call.c.address];
  if (bColumn === size) {
    return (first, end) => {
      if (first < end) kernels.columnSums(isDouble, columns, inner, b, bStep, a, aStep, c, accumulate);
    };
  }
  return (first, end, room) => {
    if (first >= end) return;
    if (aStep !== size) kernels.copyElements(isDouble, inner, a, aStep, room, size);
    kernels.dots(isDouble, columns, inner, b, bColumn, aStep === size ? a : room, c, size, accumulate);
  };
}
