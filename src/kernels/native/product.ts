/**
 * The matrix product by a native BLAS, on the memory of a program. The call is made out when it is prepared; what is left
 * per call is one comparison and one foreign call with whole numbers and addresses.
 */

import { ArgumentError } from "../../core/errors.ts";
import type { MatrixPlace, PreparedCall, ProductCall } from "../kernels.ts";
import { asStored, rowMajor, transposed } from "./blas.ts";
import type { NativeFunction } from "./koffi.ts";
import type { NativeLibrary } from "./library.ts";
import type { MemoryAddress } from "./memory-address.ts";

/** The memory that products work on. */
export interface ProductMemory {
  readonly memory: WebAssembly.Memory;
  /** Where it lies now. */
  readonly address: () => MemoryAddress;
}

/** Prepares C ← op(A) op(B) or C ← C + op(A) op(B). Throws an `ArgumentError` where a matrix leaves the memory. */
export function prepareProduct(
  library: NativeLibrary,
  place: ProductMemory,
  call: ProductCall,
): PreparedCall {
  const { dtype, rows, columns, inner, a, b, c } = call;
  if (rows === 0 || columns === 0) return () => {};
  check(call, place.memory);
  if (inner === 0) return call.accumulate ? () => {} : clear(call, place.memory);
  if (library.hasVectors && columns === 1) {
    const x = { address: b.address, step: b.isTransposed ? 1 : b.stride };
    return timesVector(library.gemv[dtype], place, call, a, rows, x, { address: c.address, step: c.stride });
  }
  if (library.hasVectors && rows === 1) {
    // The only row of C is op(B)ᵀ times the only row of op(A).
    const x = { address: a.address, step: a.isTransposed ? a.stride : 1 };
    const matrix = { ...b, isTransposed: !b.isTransposed };
    return timesVector(library.gemv[dtype], place, call, matrix, columns, x, { address: c.address, step: 1 });
  }
  return timesMatrix(library.gemm[dtype], place, call);
}

function timesMatrix(gemm: NativeFunction, place: ProductMemory, call: ProductCall): PreparedCall {
  const { rows, columns, inner, a, b, c } = call;
  const [left, right] = [operation(a), operation(b)];
  const strideA = leading(a.stride, a.isTransposed ? rows : inner);
  const strideB = leading(b.stride, b.isTransposed ? inner : columns);
  const strideC = leading(c.stride, columns);
  const beta = call.accumulate ? 1 : 0;
  return atAddresses(place, [a.address, b.address, c.address], (x, y, z) => {
    gemm(rowMajor, left, right, rows, columns, inner, 1, x, strideA, y, strideB, beta, z, strideC);
  });
}

interface Vector {
  readonly address: number;
  /** Elements from one component to the next. */
  readonly step: number;
}

/** y ← op(A) x or y ← y + op(A) x, y of `length` components. */
function timesVector(
  gemv: NativeFunction,
  place: ProductMemory,
  { inner, accumulate }: ProductCall,
  matrix: MatrixPlace,
  length: number,
  x: Vector,
  y: Vector,
): PreparedCall {
  const [rows, columns] = matrix.isTransposed ? [inner, length] : [length, inner];
  const how = operation(matrix);
  const stride = leading(matrix.stride, columns);
  const [stepX, stepY] = [Math.max(1, x.step), Math.max(1, y.step)];
  const beta = accumulate ? 1 : 0;
  return atAddresses(place, [matrix.address, x.address, y.address], (a, from, to) => {
    gemv(rowMajor, how, rows, columns, 1, a, stride, from, stepX, beta, to, stepY);
  });
}

/** Calls with the addresses of three matrices, taken anew when the memory has grown. */
function atAddresses(
  { memory, address }: ProductMemory,
  [first, second, third]: readonly [number, number, number],
  call: (first: bigint, second: bigint, third: bigint) => void,
): PreparedCall {
  const offsets = [BigInt(first), BigInt(second), BigInt(third)] as const;
  let { buffer, base } = address();
  let x = base + offsets[0];
  let y = base + offsets[1];
  let z = base + offsets[2];
  return () => {
    if (memory.buffer !== buffer) {
      ({ buffer, base } = address());
      x = base + offsets[0];
      y = base + offsets[1];
      z = base + offsets[2];
    }
    call(x, y, z);
  };
}

function clear({ dtype, rows, columns, c }: ProductCall, memory: WebAssembly.Memory): PreparedCall {
  const size = bytes(dtype);
  return () => {
    const all = new Uint8Array(memory.buffer);
    for (let i = 0; i < rows; i++) {
      const start = c.address + i * c.stride * size;
      all.fill(0, start, start + columns * size);
    }
  };
}

function operation({ isTransposed }: MatrixPlace): number {
  return isTransposed ? transposed : asStored;
}

/** BLAS wants a stride of at least a row, also where there is one row and the stride means nothing. */
function leading(stride: number, rowLength: number): number {
  return Math.max(stride, rowLength, 1);
}

function bytes(dtype: ProductCall["dtype"]): number {
  return dtype === "float32" ? 4 : 8;
}

/** Nothing holds a native library back at the end of a memory, so what it is given is looked at first. */
function check({ dtype, rows, columns, inner, a, b, c }: ProductCall, memory: WebAssembly.Memory): void {
  const stored = (place: MatrixPlace, height: number, width: number): readonly [number, number] =>
    place.isTransposed ? [width, height] : [height, width];
  const matrices = [
    ["a", a, ...stored(a, rows, inner)],
    ["b", b, ...stored(b, inner, columns)],
    ["c", c, rows, columns],
  ] as const;
  const end = memory.buffer.byteLength;
  for (const [name, { address, stride }, height, width] of matrices) {
    if (height === 0 || width === 0) continue;
    const numbers = [address, stride, height, width];
    const last = address + ((height - 1) * stride + width) * bytes(dtype);
    const isWhole = numbers.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32);
    const isBounded = [stride, height, width].every((value) => value < 2 ** 31);
    if (isWhole && isBounded && last <= end && (height === 1 || stride >= width)) continue;
    throw new ArgumentError(
      `\`product({ ${name} })\` must lie in the memory of ${end} bytes with rows that do not overlap; got ` +
        `[${height}, ${width}] of ${dtype} at ${address} with stride ${stride}`,
    );
  }
}
