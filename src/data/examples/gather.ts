/** Batches: rows of the examples, standardized in float64 and rounded to what the network computes with. Runs once a step. */

import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { entry } from "../../core/vector.ts";
import { Tensor, type TypedArray } from "../../tensor/tensor.ts";
import type { ExampleData } from "./example-array.ts";
import { checkRows } from "./rows.ts";
import type { Standardization } from "./standardization.ts";

/**
 * The rows of a batch as a tensor `[k, …]`: int32 for indices and classes, float32 for everything else.
 *
 * @param array what was read from examples.
 * @param rows which examples, in this order; a row may come twice.
 * @param standardization what is done to each number; default nothing.
 * @param into where the numbers are put: as many as the batch has. Default: a new array. The tensor is the array, so use it up before
 *   the array is filled again.
 * @throws ArgumentError for no rows, a standardization of other features, or `into` of another length or type; IndexError for rows that are
 *   not there.
 *
 * ```ts
 * const pixels = { data: Uint8Array.of(0, 255, 51, 0), shape: [2, 2], dtype: "float32" } as const;
 * gatherRows(pixels, [1], { mean: [0], scale: [255] }); // → Tensor(float32 [1, 2]) [[0.2, 0]]
 * ```
 */
export function gatherRows(
  array: ExampleData,
  rows: ArrayLike<number>,
  standardization?: Standardization,
  into?: Float32Array | Int32Array,
): Tensor {
  const [count = 0, ...example] = array.shape;
  checkRows("gatherRows", rows, count);
  const size = array.data.length / count;
  const shape = [rows.length, ...example];
  if (array.dtype === "int32") {
    if (standardization !== undefined)
      throw new ArgumentError("gatherRows: int32 numbers are indices or classes and are not standardized");
    const out = room(into, rows.length * size, Int32Array);
    copyRows(array.data, rows, size, out);
    return new Tensor({ dtype: "int32", shape }, out);
  }
  const out = room(into, rows.length * size, Float32Array);
  if (standardization === undefined) copyRows(array.data, rows, size, out);
  else standardizeRows(array.data, rows, size, standardization, out);
  return new Tensor({ dtype: "float32", shape }, out);
}

function room<A extends Float32Array | Int32Array>(
  into: Float32Array | Int32Array | undefined,
  size: number,
  Kind: new (size: number) => A,
): A {
  if (into === undefined) return new Kind(size);
  if (!(into instanceof Kind) || into.length !== size)
    throw new ArgumentError(
      `gatherRows: the batch goes into a ${Kind.name} of ${size} numbers; got a ${into.constructor.name} of ${into.length}`,
    );
  return into;
}

function copyRows(
  data: TypedArray,
  rows: ArrayLike<number>,
  size: number,
  out: Float32Array | Int32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const first = at(rows, i) * size;
    out.set(data.subarray(first, first + size), i * size);
  }
}

function standardizeRows(
  data: TypedArray,
  rows: ArrayLike<number>,
  size: number,
  { mean, scale }: Standardization,
  out: Float32Array,
): void {
  if (mean.length !== scale.length || (mean.length !== 1 && mean.length !== size))
    throw new ArgumentError(
      `gatherRows: the standardization is for ${mean.length} features and the examples have ${size}; fit it on inputs like these`,
    );
  const factor = Float64Array.from(scale, (value) => 1 / value);
  const shift = Float64Array.from(mean);
  if (data instanceof Float64Array || data instanceof Uint32Array) {
    standardizeWide(data, rows, size, shift, factor, out);
    return;
  }
  // What float32 holds exactly is copied by the engine, which is much faster than our loops, and changed where it lies.
  copyRows(data, rows, size, out);
  if (mean.length === 1) byOne(out, entry(shift, 0), entry(factor, 0));
  else byFeature(out, rows.length, shift, factor);
}

/** Numbers that float32 would round before their mean is taken off. */
function standardizeWide(
  data: Float64Array | Uint32Array,
  rows: ArrayLike<number>,
  size: number,
  mean: Float64Array,
  factor: Float64Array,
  out: Float32Array,
): void {
  const step = mean.length === 1 ? 0 : 1;
  for (let i = 0; i < rows.length; i++) {
    const from = at(rows, i) * size;
    for (let j = 0; j < size; j++)
      out[i * size + j] = ((data[from + j] ?? 0) - entry(mean, j * step)) * entry(factor, j * step);
  }
}

/** Four at a time: a loop costs as much as what it does here. */
function byOne(x: Float32Array, mean: number, factor: number): void {
  const fours = x.length - (x.length % 4);
  for (let k = 0; k < fours; k += 4) {
    x[k] = ((x[k] ?? 0) - mean) * factor;
    x[k + 1] = ((x[k + 1] ?? 0) - mean) * factor;
    x[k + 2] = ((x[k + 2] ?? 0) - mean) * factor;
    x[k + 3] = ((x[k + 3] ?? 0) - mean) * factor;
  }
  for (let k = fours; k < x.length; k++) x[k] = ((x[k] ?? 0) - mean) * factor;
}

/** Four rows at a time, which share the mean and the factor of a feature. */
function byFeature(x: Float32Array, rows: number, mean: Float64Array, factor: Float64Array): void {
  const size = mean.length;
  const fours = rows - (rows % 4);
  for (let row = 0; row < fours; row += 4) {
    const a = row * size;
    const b = a + size;
    const c = b + size;
    const d = c + size;
    for (let j = 0; j < size; j++) {
      const m = entry(mean, j);
      const f = entry(factor, j);
      x[a + j] = ((x[a + j] ?? 0) - m) * f;
      x[b + j] = ((x[b + j] ?? 0) - m) * f;
      x[c + j] = ((x[c + j] ?? 0) - m) * f;
      x[d + j] = ((x[d + j] ?? 0) - m) * f;
    }
  }
  for (let k = fours * size; k < rows * size; k++)
    x[k] = ((x[k] ?? 0) - entry(mean, k % size)) * entry(factor, k % size);
}
