/** Rows of derivatives put together as trees: numbers, typed arrays and tensors, each where it belongs. */
import { at } from "../core/exactly.ts";
import { unflatten } from "../core/tree.ts";
import type { TensorType } from "../tensor/array.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { isNumericArray } from "../tensor/tree.ts";
import { asNumber } from "./calling.ts";
import { isStandIn, type TreeReading } from "./reading.ts";
import type { Output } from "./traced.ts";

/** The tree of derivatives: outside the structure of the value, inside that of the point. */
export function assemble(
  output: Output,
  results: readonly TensorType[],
  point: TreeReading,
  rows: readonly Tensor[],
): unknown {
  const parts = results.map((type, j) => {
    const isNumber = at(output.isNumber, j) && type.shape.length === 0;
    return assembleRow(point, type, isNumber, at(rows, j));
  });
  return unflatten(output.structure, parts);
}

/** The same where value and point have one structure: leaves that are typed arrays hold several rows. */
export function assembleSquare(
  point: TreeReading,
  results: readonly TensorType[],
  rows: readonly Tensor[],
): unknown {
  let next = 0;
  const parts = point.leaves.map((leaf) => {
    const count = isNumericArray(leaf) ? leaf.length : 1;
    const isNumber = typeof leaf === "number" || isNumericArray(leaf) || isStandIn(leaf);
    next += count;
    const own = rows
      .slice(next - count, next)
      .map((row, k) => assembleRow(point, at(results, next - count + k), isNumber, row));
    return isNumericArray(leaf) ? own : own[0];
  });
  return unflatten(point.structure, parts);
}

/** The derivatives of one leaf of the value, from its matrix `[elements of the leaf, elements of the point]`. */
function assembleRow(point: TreeReading, type: TensorType, isNumber: boolean, row: Tensor): unknown {
  const numbers = isNumber && !row.isTraced ? row.values().data : undefined;
  const height = sizeOf(type.shape);
  let next = 0;
  const entries = point.leaves.map((leaf) => {
    const shape = typeof leaf === "number" ? [] : isNumericArray(leaf) ? [leaf.length] : leaf.shape;
    const start = next;
    next += sizeOf(shape);
    if (numbers && typeof leaf === "number") return at(numbers, start);
    if (numbers && isNumericArray(leaf)) return Float64Array.from(numbers.subarray(start, next));
    const entry = row.slicePrimitive([0, start], [height, next]).reshape([...type.shape, ...shape]);
    return isNumber && isStandIn(leaf) ? asNumber(entry) : entry;
  });
  return unflatten(point.structure, entries);
}
