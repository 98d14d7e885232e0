/**
 * Reading IDX, the format of MNIST: two zero bytes, a type code, the rank, the sizes (unsigned, 32 bits,
 * big endian), then the values (big endian, last axis fastest).
 *
 * LeCun, Cortes & Burges, "The MNIST database of handwritten digits", section "The IDX file format".
 */

import { showValue } from "../core/checks.ts";
import { ArgumentError, FileError } from "../core/errors.ts";

/** What an IDX file holds: its shape and its values, last axis fastest; `dtype` tells the array's type. */
export type IdxArray = { readonly shape: readonly number[] } & (
  | { readonly dtype: "uint8"; readonly data: Uint8Array }
  | { readonly dtype: "int8"; readonly data: Int8Array }
  | { readonly dtype: "int16"; readonly data: Int16Array }
  | { readonly dtype: "int32"; readonly data: Int32Array }
  | { readonly dtype: "float32"; readonly data: Float32Array }
  | { readonly dtype: "float64"; readonly data: Float64Array }
);

/**
 * Reads one IDX file given as bytes, in Node or in a browser. Nothing is allocated before the header's
 * promise has been compared with the bytes that are there, so a lying header costs nothing.
 *
 * @param bytes the whole file, not compressed; it is copied, never kept.
 * @param name what errors call the file.
 * @throws FileError naming file, offset and remedy when the bytes are not exactly one IDX array.
 * @example
 * ```ts
 * import { readIdx } from "nabla";
 *
 * const bytes = new Uint8Array([0, 0, 0x08, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9]);
 * const { shape, dtype, data } = readIdx(bytes);
 * console.log(shape, dtype, data); // [1, 3] "uint8" Uint8Array(3) [7, 8, 9]
 * ```
 */
export function readIdx(bytes: Uint8Array, name = "IDX data"): IdxArray {
  if (!(bytes instanceof Uint8Array))
    throw new ArgumentError(`readIdx: needs the file's bytes as a Uint8Array; got ${showValue(bytes)}`);
  const { dtype, shape, start, end } = readIdxHeader(bytes, name);
  checkLength(bytes, start, end - start, `[${shape.join(", ")}] of ${dtype}`, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  return decode(dtype, shape, view, (end - start) / WIDTHS[dtype]);
}

type IdxDtype = IdxArray["dtype"];

/** The format's type codes; 0x0a was never given out. */
const CODES: ReadonlyMap<number, IdxDtype> = new Map([
  [0x08, "uint8"],
  [0x09, "int8"],
  [0x0b, "int16"],
  [0x0c, "int32"],
  [0x0d, "float32"],
  [0x0e, "float64"],
]);

/** Bytes of one value. */
const WIDTHS: Readonly<Record<IdxDtype, number>> = {
  uint8: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** What the first bytes of a file promise. */
export interface IdxHeader {
  readonly dtype: IdxDtype;
  readonly shape: readonly number[];
  /** Where the values begin. */
  readonly start: number;
  /** Where they end, which may be far behind the end of the file. */
  readonly end: number;
}

/** Reads the header alone, from bytes that need not go on behind it. @throws FileError where it is none. */
export function readIdxHeader(bytes: Uint8Array, name: string): IdxHeader {
  const [zero, alsoZero, code, rank] = bytes;
  if (zero === 0x1f && alsoZero === 0x8b) {
    throw new FileError(`${name} is gzip-compressed (1f 8b at offset 0); decompress it before readIdx.`);
  }
  if (code === undefined || rank === undefined) {
    throw new FileError(
      `${name} ends at offset ${bytes.length} within the 4 bytes of the IDX magic number; fetch the file again.`,
    );
  }
  if (zero !== 0 || alsoZero !== 0) {
    throw new FileError(
      `${name} is not IDX: the first two bytes must be 0, got ${hex(zero)} ${hex(alsoZero)} at offset 0; check that this is the right file.`,
    );
  }
  const dtype = CODES.get(code);
  if (dtype === undefined) {
    const known = [...CODES].map(([value, dtype]) => `${hex(value)} ${dtype}`).join(", ");
    throw new FileError(
      `${name} has type code ${hex(code)} at offset 2; IDX knows ${known}. Check that this is the right file.`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new FileError(
      `${name} ends at offset ${bytes.length} within its header: rank ${rank} needs ${start} bytes; fetch the file again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  return { dtype, shape, start, end: start + count * WIDTHS[dtype] };
}

function checkLength(bytes: Uint8Array, start: number, promised: number, what: string, name: string): void {
  const present = bytes.length - start;
  if (present < promised) {
    throw new FileError(
      `${name} is truncated: its header promises ${what}, ${promised} bytes from offset ${start}, but it ends at offset ${bytes.length}; fetch the file again.`,
    );
  }
  if (present > promised) {
    throw new FileError(
      `${name} has trailing bytes: ${what} ends at offset ${start + promised}, the file at ${bytes.length}; fetch it again, or cut it there.`,
    );
  }
}

function decode(dtype: IdxDtype, shape: readonly number[], view: DataView, count: number): IdxArray {
  // Copying a view of bytes: the result must not hold on to the caller's file.
  const bytes = (): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  switch (dtype) {
    case "uint8":
      return { shape, dtype, data: new Uint8Array(bytes()) };
    case "int8":
      return { shape, dtype, data: new Int8Array(bytes()) };
    case "int16":
      return { shape, dtype, data: fill(new Int16Array(count), (i) => view.getInt16(2 * i)) };
    case "int32":
      return { shape, dtype, data: fill(new Int32Array(count), (i) => view.getInt32(4 * i)) };
    case "float32":
      return { shape, dtype, data: fill(new Float32Array(count), (i) => view.getFloat32(4 * i)) };
    case "float64":
      return { shape, dtype, data: fill(new Float64Array(count), (i) => view.getFloat64(8 * i)) };
    default:
      return dtype satisfies never;
  }
}

function fill<A extends Int16Array | Int32Array | Float32Array | Float64Array>(
  array: A,
  value: (i: number) => number,
): A {
  for (let i = 0; i < array.length; i++) array[i] = value(i);
  return array;
}

function hex(byte: number | undefined): string {
  return `0x${(byte ?? 0).toString(16).padStart(2, "0")}`;
}
