/** Lists of the rows that are meant: how examples are split, shuffled and put into batches without being copied. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, IndexError } from "../../core/errors.ts";
import type { TypedArray } from "../../tensor/tensor.ts";
import type { ExampleData } from "./example-array.ts";

/** @throws ArgumentError for no rows; IndexError for one that is not there. */
export function checkRows(call: string, rows: ArrayLike<number>, count: number): void {
  if (typeof rows !== "object" || rows === null || !(rows.length > 0))
    throw new ArgumentError(`${call}: needs the numbers of one row or more; got ${showValue(rows)}`);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    if (!Number.isInteger(row) || row < 0 || row >= count)
      throw new IndexError(
        `${call}: rows are numbered from 0 to ${count - 1}; got ${showValue(rows[i])} at ${i}`,
      );
  }
}

/**
 * Some of the examples, as a copy: what full-batch methods take where a part of the data is meant.
 *
 * @throws ArgumentError for no rows; IndexError for one that is not there.
 */
export function takeRows(array: ExampleData, rows: ArrayLike<number>): ExampleData {
  const [count = 0, ...example] = array.shape;
  checkRows("takeRows", rows, count);
  const size = array.data.length / count;
  const data = like(array.data, rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    data.set(array.data.subarray(row * size, (row + 1) * size), i * size);
  }
  return { data, shape: [rows.length, ...example], dtype: array.dtype };
}

/** Room for so many numbers of the same type. */
function like(data: TypedArray, size: number): TypedArray {
  if (data instanceof Float64Array) return new Float64Array(size);
  if (data instanceof Float32Array) return new Float32Array(size);
  if (data instanceof Int32Array) return new Int32Array(size);
  if (data instanceof Uint32Array) return new Uint32Array(size);
  if (data instanceof Int16Array) return new Int16Array(size);
  if (data instanceof Uint16Array) return new Uint16Array(size);
  if (data instanceof Int8Array) return new Int8Array(size);
  return data instanceof Uint8Array ? new Uint8Array(size) : new Uint8ClampedArray(size);
}
