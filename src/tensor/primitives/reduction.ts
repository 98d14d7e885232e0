/** Reductions over axes, and their running forms. */
import { ShapeError } from "../../core/errors.ts";
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray, type NdArray, type TensorType } from "../array.ts";
import type { DataArray } from "../dtype.ts";
import { forEachOffset, reducedShape, type Shape, showShape, sizeOf, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Primitive } from "./types.ts";

/** Sorted axes, counted from the front. */
export interface Axes {
  readonly axes: readonly number[];
}

/** One axis, counted from the front. */
export interface Axis {
  readonly axis: number;
}

/** An axis walked from its end when `reverse`. */
export interface Directed extends Axis {
  readonly reverse: boolean;
}

function reducedType(inputs: readonly TensorType[], { axes }: Axes): TensorType[] {
  const [x] = exactly(inputs, 1);
  return [{ dtype: x.dtype, shape: reducedShape(x.shape, axes) }];
}

/** Folds every element into its place of the result, in row-major order. */
function fold(
  x: NdArray,
  axes: readonly number[],
  result: DataArray,
  combine: (sum: number, value: number) => number,
): void {
  const kept = stridesOf(reducedShape(x.shape, axes));
  let next = 0;
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? 0 : (kept[next++] ?? 0)));
  forEachOffset(x.shape, strides, 0, (offset, index) => {
    result[offset] = combine(result[offset] as number, x.data[index] as number);
  });
}

/** Sum by halves: the error grows with log n instead of n (Higham 1993). */
function pairwiseSum(data: DataArray, start: number, length: number): number {
  if (length <= 32) {
    let sum = 0;
    for (let i = start; i < start + length; i++) sum += data[i] as number;
    return sum;
  }
  const half = length >> 1;
  return pairwiseSum(data, start, half) + pairwiseSum(data, start + half, length - half);
}

/** The slope of a result, with the reduced axes put back so that it broadcasts against the operand. */
function restoreAxes(g: Tensor, { axes }: Axes, shape: Shape): Tensor {
  return g.reshape(reducedShape(shape, axes, true));
}

const behindBatch = ({ axes }: Axes): Axes => ({ axes: axes.map((axis) => axis + 1) });

/** Σ over axes. */
export const reduceSum: Primitive<Axes> = {
  type: reducedType,
  evaluate: (inputs, { axes }, outputs) => {
    const [x] = exactly(inputs, 1);
    const out = emptyArray(at(outputs, 0));
    const trailing = axes.every((axis, i) => axis === x.shape.length - axes.length + i);
    if (trailing) {
      const length = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
      for (let i = 0; i < out.data.length; i++) out.data[i] = pairwiseSum(x.data, i * length, length);
    } else {
      const sums = new Float64Array(out.data.length);
      fold(x, axes, sums, (sum, value) => sum + value);
      out.data.set(sums);
    }
    return [out];
  },
  jvp: ({ params, apply }, tangents) => (tangents[0] ? apply([tangents[0]], params) : [undefined]),
  vjp: ({ inputs, params }, cotangents) => {
    const [x] = exactly(inputs, 1);
    return [cotangents[0] && restoreAxes(cotangents[0], params, x.shape).broadcastTo(x.shape)];
  },
  batch: ({ inputs, params, apply }) => apply(inputs, behindBatch(params)),
};

/** Largest or smallest element; slopes are shared equally among ties (JAX; PyTorch's amax). NaN wins. */
function extremum(call: string, start: number, combine: (a: number, b: number) => number): Primitive<Axes> {
  const shares = (x: Tensor, y: Tensor, params: Axes): Tensor => {
    const isWinner = x.equal(restoreAxes(y, params, x.shape)).cast(x.dtype);
    return isWinner.div(restoreAxes(isWinner.sum(params.axes), params, x.shape));
  };
  return {
    type: (inputs, params) => {
      const [x] = exactly(inputs, 1);
      const [type] = exactly(reducedType(inputs, params), 1);
      if (sizeOf(x.shape) === 0 && sizeOf(type.shape) > 0) {
        throw new ShapeError(
          `${call}: an empty axis of shape ${showShape(x.shape)} has no such element; check for emptiness first`,
        );
      }
      return [type];
    },
    evaluate: (inputs, { axes }, outputs) => {
      const [x] = exactly(inputs, 1);
      const out = emptyArray(at(outputs, 0));
      out.data.fill(
        x.dtype === "int32"
          ? Math.max(-(2 ** 31), Math.min(start, 2 ** 31 - 1))
          : x.dtype === "bool"
            ? start > 0
              ? 1
              : 0
            : start,
      );
      fold(x, axes, out.data, combine);
      return [out];
    },
    jvp: ({ inputs, outputs, params }, tangents) => {
      const t = tangents[0];
      return [t && shares(at(inputs, 0), at(outputs, 0), params).mul(t).sum(params.axes)];
    },
    vjp: ({ inputs, outputs, params }, cotangents) => {
      const [x] = exactly(inputs, 1);
      const g = cotangents[0];
      return [g && shares(x, at(outputs, 0), params).mul(restoreAxes(g, params, x.shape))];
    },
    batch: ({ inputs, params, apply }) => apply(inputs, behindBatch(params)),
  };
}

export const reduceMax: Primitive<Axes> = extremum("max", -Infinity, Math.max);
export const reduceMin: Primitive<Axes> = extremum("min", Infinity, Math.min);

/** The index of the first largest (smallest) element along one axis; the first NaN counts as either. */
function indexOfExtremum(call: string, wins: (candidate: number, best: number) => boolean): Primitive<Axis> {
  return {
    type: (inputs, { axis }) => {
      const [x] = exactly(inputs, 1);
      const shape = reducedShape(x.shape, [axis]);
      if (x.shape[axis] === 0 && sizeOf(shape) > 0) {
        throw new ShapeError(
          `${call}: axis ${axis} of shape ${showShape(x.shape)} is empty and has no such element; check for emptiness first`,
        );
      }
      return [{ dtype: "int32", shape }];
    },
    evaluate: (inputs, { axis }, outputs) => {
      const [x] = exactly(inputs, 1);
      const out = emptyArray(at(outputs, 0));
      forEachLine(x.shape, axis, (start, step, length, line) => {
        let best = 0;
        for (let i = 1; i < length; i++) {
          const leader = x.data[start + best * step] as number;
          if (Number.isNaN(leader)) break;
          const candidate = x.data[start + i * step] as number;
          if (Number.isNaN(candidate) || wins(candidate, leader)) best = i;
        }
        out.data[line] = best;
      });
      return [out];
    },
    jvp: () => [undefined],
    vjp: () => [undefined],
    batch: ({ inputs, params, apply }) => apply(inputs, { axis: params.axis + 1 }),
  };
}

export const argmax: Primitive<Axis> = indexOfExtremum("argmax", (a, b) => a > b);
export const argmin: Primitive<Axis> = indexOfExtremum("argmin", (a, b) => a < b);

/** Calls `visit` for each line along `axis`: where it starts, its step and length, and its number in the reduced shape. */
export function forEachLine(
  shape: Shape,
  axis: number,
  visit: (start: number, step: number, length: number, line: number) => void,
): void {
  const length = at(shape, axis);
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) visit(i * length * inner + j, inner, length, i * inner + j);
  }
}

/**
 * hᵢ = aᵢ hᵢ₋₁ + bᵢ along an axis (h₋₁ = 0): the running form from which cumulative sums and products are made. It is closed
 * under differentiation, so products with zeros have exact derivatives of every order.
 */
export const linearRecurrence: Primitive<Directed> = {
  type: (inputs) => [at(inputs, 0)],
  evaluate: (inputs, { axis, reverse }, outputs) => {
    const [a, b] = exactly(inputs, 2);
    const out = emptyArray(at(outputs, 0));
    const isInteger = a.dtype === "int32";
    forEachLine(a.shape, axis, (start, step, length) => {
      const first = reverse ? start + (length - 1) * step : start;
      const stride = reverse ? -step : step;
      let h = 0;
      for (let i = 0, k = first; i < length; i++, k += stride) {
        const [factor, term] = [a.data[k] as number, b.data[k] as number];
        // Integers wrap at every turn; beyond 2⁵³ a double would lose the low bits.
        if (isInteger) h = (Math.imul(factor, h) + term) | 0;
        else h = i === 0 ? term : factor * h + term;
        out.data[k] = h;
      }
    });
    return [out];
  },
  jvp: ({ inputs, outputs, params, apply }, tangents) => {
    const [a] = exactly(inputs, 2);
    const [da, db] = exactly(tangents, 2);
    const dh = da?.mul(previous(at(outputs, 0), params));
    const source = dh && db ? dh.add(db) : (dh ?? db);
    return source ? apply([a, source], params) : [undefined];
  },
  vjp: ({ inputs, outputs, params, apply }, cotangents) => {
    const [a] = exactly(inputs, 2);
    const g = cotangents[0];
    if (g === undefined) return [undefined, undefined];
    const back = { axis: params.axis, reverse: !params.reverse };
    const [db] = exactly(apply([previous(a, back), g], back), 1);
    return [db.mul(previous(at(outputs, 0), params)), db];
  },
  batch: ({ inputs, batched, params, size, apply }) => {
    const stacked = inputs.map((x, i) => (batched[i] ? x : x.broadcastTo([size, ...x.shape])));
    return apply(stacked, { axis: params.axis + 1, reverse: params.reverse });
  },
};

/** The values one place earlier along the walk, 0 before its start. */
function previous(x: Tensor, { axis, reverse }: Directed): Tensor {
  const length = at(x.shape, axis);
  if (length === 0) return x;
  const full = x.shape.map(() => 0);
  const one = full.map((_, i) => (i === axis ? 1 : 0));
  const starts = reverse ? one : full;
  const stops = x.shape.map((n, i) => (i === axis && !reverse ? n - 1 : n));
  return x.slicePrimitive(starts, stops).padPrimitive(reverse ? full : one, reverse ? one : full);
}
