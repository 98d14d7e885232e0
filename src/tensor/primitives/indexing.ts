/** Reading and writing at places given by values: gather, its transpose scatterAdd, and the order of elements. */
import { IndexError } from "../../core/errors.ts";
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray, type NdArray } from "../array.ts";
import { type Shape, showShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Axis, forEachLine } from "./reduction.ts";
import type { BatchedApplication, Primitive } from "./types.ts";

/** The shape of `gather`'s result: the indexed axis replaced by the axes of the indices. */
function gatheredShape(x: Shape, indices: Shape, axis: number): number[] {
  return [...x.slice(0, axis), ...indices, ...x.slice(axis + 1)];
}

/** Calls `visit` for each block of neighbours that one index moves: offsets in the table and in the picked elements. */
function forEachPick(
  call: string,
  table: Shape,
  indices: NdArray,
  axis: number,
  visit: (inTable: number, inPicked: number, length: number) => void,
): void {
  const rows = at(table, axis);
  const outer = sizeOf(table.slice(0, axis));
  const inner = sizeOf(table.slice(axis + 1));
  const picks = indices.data.length;
  for (const index of indices.data) {
    if (index < 0 || index >= rows) {
      throw new IndexError(
        `${call}: index ${index} is out of range for axis ${axis} of shape ${showShape(table)}; indices run from 0 to ${rows - 1}`,
      );
    }
  }
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < picks; i++)
      visit((o * rows + at(indices.data, i)) * inner, (o * picks + i) * inner, inner);
  }
}

/** Turns stacked indices into indices of a flattened stack, so that one axis serves for both. */
function flattenStack(
  table: Tensor,
  indices: Tensor,
  axis: number,
  size: number,
): { table: Tensor; indices: Tensor } {
  const front = axis === 0 ? table : table.moveAxis(axis + 1, 1);
  const rows = at(front.shape, 1);
  const merged = front.reshape([size * rows, ...front.shape.slice(2)]);
  const offsets = indices
    .range(size)
    .mul(rows)
    .reshape([size, ...new Array<number>(indices.rank - 1).fill(1)]);
  return { table: merged, indices: indices.add(offsets) };
}

/** x[…, indices, …] along one axis: the operand's axis gives way to the axes of the int32 indices. */
export const gather: Primitive<Axis> = {
  type: (inputs, { axis }) => {
    const [x, indices] = exactly(inputs, 2);
    return [{ dtype: x.dtype, shape: gatheredShape(x.shape, indices.shape, axis) }];
  },
  evaluate: (inputs, { axis }, outputs) => {
    const [x, indices] = exactly(inputs, 2);
    const out = emptyArray(at(outputs, 0));
    forEachPick("gather", x.shape, indices, axis, (from, to, length) => {
      for (let k = 0; k < length; k++) out.data[to + k] = x.data[from + k] as number;
    });
    return [out];
  },
  jvp: ({ inputs, params, apply }, tangents) =>
    tangents[0] ? apply([tangents[0], at(inputs, 1)], params) : [undefined],
  vjp: ({ inputs, params }, cotangents) => {
    const [x, indices] = exactly(inputs, 2);
    const g = cotangents[0];
    return [g && x.zerosLike().scatterAddPrimitive(indices, g, params.axis), undefined];
  },
  batch: ({ inputs, batched, params: { axis }, size, apply }) => {
    const [x, indices] = exactly(inputs, 2);
    if (!batched[1]) return apply(inputs, { axis: axis + 1 });
    if (!batched[0]) return [exactly(apply(inputs, { axis }), 1)[0].moveAxis(axis, 0)];
    const flat = flattenStack(x, indices, axis, size);
    const [picked] = exactly(apply([flat.table, flat.indices], { axis: 0 }), 1);
    // Axes are now: stack, indices, what stood before the axis, what stood behind it.
    const order = behindAxes(indices.rank - 1, axis, picked.rank);
    return [picked.transpose(order)];
  },
};

/** The permutation that moves the axes of the indices from behind the stack to behind `axis` leading axes. */
function behindAxes(indexRank: number, axis: number, rank: number): number[] {
  const leading = Array.from({ length: axis }, (_, i) => 1 + indexRank + i);
  const indices = Array.from({ length: indexRank }, (_, i) => 1 + i);
  const trailing = Array.from({ length: rank - 1 - indexRank - axis }, (_, i) => 1 + indexRank + axis + i);
  return [0, ...leading, ...indices, ...trailing];
}

function batchScatter({
  inputs,
  batched,
  params: { axis },
  size,
  apply,
}: BatchedApplication<Axis>): Tensor[] {
  const [base, indices, updates] = exactly(
    inputs.map((x, i) => (batched[i] || i === 1 ? x : x.broadcastTo([size, ...x.shape]))),
    3,
  );
  if (!batched[1]) return apply([base, indices, updates], { axis: axis + 1 });
  const flat = flattenStack(base, indices, axis, size);
  const order = behindAxes(indices.rank - 1, axis, updates.rank);
  const inverse = order.map((_, i) => order.indexOf(i));
  const [sum] = exactly(apply([flat.table, flat.indices, updates.transpose(inverse)], { axis: 0 }), 1);
  const rows = at(base.shape, axis + 1);
  return [sum.reshape([size, rows, ...sum.shape.slice(1)]).moveAxis(1, axis + 1)];
}

/** base with `updates` added at `indices` along one axis; repeated indices add up. */
export const scatterAdd: Primitive<Axis> = {
  type: (inputs) => [at(inputs, 0)],
  evaluate: (inputs, { axis }, outputs) => {
    const [base, indices, updates] = exactly(inputs, 3);
    const out = emptyArray(at(outputs, 0));
    const sums = new Float64Array(base.data);
    forEachPick("scatterAdd", base.shape, indices, axis, (to, from, length) => {
      for (let k = 0; k < length; k++)
        sums[to + k] = (sums[to + k] as number) + (updates.data[from + k] as number);
    });
    out.data.set(sums);
    return [out];
  },
  jvp: ({ inputs, params, apply }, tangents) => {
    const [base, indices, updates] = exactly(inputs, 3);
    const [db, , du] = exactly(tangents, 3);
    if (db === undefined && du === undefined) return [undefined];
    return apply([db ?? base.zerosLike(), indices, du ?? updates.zerosLike()], params);
  },
  vjp: ({ inputs, params }, cotangents) => {
    const g = cotangents[0];
    return [g, undefined, g?.gatherPrimitive(at(inputs, 1), params.axis)];
  },
  batch: batchScatter,
};

/** The indices that sort along an axis; equal elements keep their order and NaN comes last (NumPy). */
export const argsort: Primitive<Axis> = {
  type: (inputs) => [{ dtype: "int32", shape: at(inputs, 0).shape }],
  evaluate: (inputs, { axis }, outputs) => {
    const [x] = exactly(inputs, 1);
    const out = emptyArray(at(outputs, 0));
    forEachLine(x.shape, axis, (start, step, length) => {
      const value = (i: number): number => x.data[start + i * step] as number;
      const order = Int32Array.from({ length }, (_, i) => i).sort(
        (i, j) => compareNaNLast(value(i), value(j)) || i - j,
      );
      for (let i = 0; i < length; i++) out.data[start + i * step] = at(order, i);
    });
    return [out];
  },
  jvp: () => [undefined],
  vjp: () => [undefined],
  batch: ({ inputs, params, apply }) => apply(inputs, { axis: params.axis + 1 }),
};

function compareNaNLast(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
