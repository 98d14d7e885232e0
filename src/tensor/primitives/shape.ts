/** Primitives that move elements without computing. All are linear: a tangent moves as the value does. */
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray, type NdArray, type TensorType } from "../array.ts";
import { forEachOffset, type Shape, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stretch } from "./elementwise.ts";
import type { Primitive } from "./types.ts";

interface LinearRule<Params> {
  readonly shape: (x: TensorType, params: Params) => Shape;
  readonly evaluate: (x: NdArray, params: Params, type: TensorType) => NdArray;
  /** The cotangent of the operand (of the type given) from that of the result. */
  readonly transpose: (g: Tensor, x: Tensor, params: Params) => Tensor;
  /** The parameters once a stacking axis stands in front. */
  readonly stacked: (params: Params, size: number) => Params;
}

/** A linear primitive of one operand from its rule. */
function linear<Params>(rule: LinearRule<Params>): Primitive<Params> {
  return {
    type: (inputs, params) => {
      const [x] = exactly(inputs, 1);
      return [{ dtype: x.dtype, shape: rule.shape(x, params) }];
    },
    evaluate: (inputs, params, outputs) => [rule.evaluate(at(inputs, 0), params, at(outputs, 0))],
    jvp: ({ params, apply }, tangents) => (tangents[0] ? apply([tangents[0]], params) : [undefined]),
    vjp: ({ inputs, params }, cotangents) => [
      cotangents[0] && rule.transpose(cotangents[0], at(inputs, 0), params),
    ],
    batch: ({ inputs, params, size, apply }) => apply(inputs, rule.stacked(params, size)),
  };
}

/** The same elements in row-major order under another shape. */
export const reshape: Primitive<{ readonly shape: Shape }> = linear({
  shape: (_, { shape }) => shape,
  evaluate: (x, _, type) => ({ ...type, data: x.data }),
  transpose: (g, x) => g.reshape(x.shape),
  stacked: ({ shape }, size) => ({ shape: [size, ...shape] }),
});

/** Axis i of the result is axis `permutation[i]` of the operand. */
export const transpose: Primitive<{ readonly permutation: readonly number[] }> = linear({
  shape: (x, { permutation }) => permutation.map((axis) => at(x.shape, axis)),
  evaluate: (x, { permutation }, type) => {
    const out = emptyArray(type);
    const strides = stridesOf(x.shape);
    const read = permutation.map((axis) => at(strides, axis));
    if (permutation.length === 2 && permutation[0] === 1) transposeMatrix(x, out);
    else {
      forEachOffset(type.shape, read, 0, (offset, index) => {
        out.data[index] = x.data[offset] as number;
      });
    }
    return out;
  },
  transpose: (g, _, { permutation }) => g.transpose(permutation.map((_, axis) => permutation.indexOf(axis))),
  stacked: ({ permutation }) => ({ permutation: [0, ...permutation.map((axis) => axis + 1)] }),
});

/** Transposes in square tiles, so that both sides stay in cache. */
function transposeMatrix(x: NdArray, out: NdArray): void {
  const [rows, columns] = exactly(out.shape, 2);
  const tile = 32;
  for (let i0 = 0; i0 < rows; i0 += tile) {
    for (let j0 = 0; j0 < columns; j0 += tile) {
      for (let i = i0; i < Math.min(i0 + tile, rows); i++) {
        for (let j = j0; j < Math.min(j0 + tile, columns); j++)
          out.data[i * columns + j] = x.data[j * rows + i] as number;
      }
    }
  }
}

/** Repeats along new leading axes and axes of length 1. */
export const broadcastTo: Primitive<{ readonly shape: Shape }> = {
  ...linear({
    shape: (_, { shape }) => shape,
    evaluate: (x, _, type) => ({ ...type, data: stretch(x, type.shape) }),
    transpose: (g, x) => g.sumTo(x.shape),
    stacked: ({ shape }, size) => ({ shape: [size, ...shape] }),
  }),
  batch: ({ inputs, params, size, apply }) => {
    const [x] = exactly(inputs, 1);
    const missing = new Array<number>(params.shape.length + 1 - x.rank).fill(1);
    return apply([x.reshape([size, ...missing, ...x.shape.slice(1)])], { shape: [size, ...params.shape] });
  },
};

/** Which elements a slice takes along each axis; steps are positive. */
export interface SliceParams {
  readonly starts: readonly number[];
  readonly stops: readonly number[];
  readonly steps: readonly number[];
}

export const slice: Primitive<SliceParams> = linear({
  shape: (_, { starts, stops, steps }) =>
    starts.map((start, axis) => Math.max(0, Math.ceil((at(stops, axis) - start) / at(steps, axis)))),
  evaluate: (x, { starts, steps }, type) => {
    const out = emptyArray(type);
    const strides = stridesOf(x.shape);
    const origin = starts.reduce((sum, start, axis) => sum + start * at(strides, axis), 0);
    forEachOffset(
      type.shape,
      strides.map((stride, axis) => stride * at(steps, axis)),
      origin,
      (offset, index) => {
        out.data[index] = x.data[offset] as number;
      },
    );
    return out;
  },
  transpose: (g, x, { starts, steps }) => {
    const covered = g.shape.map(
      (n, axis) => at(starts, axis) + (n === 0 ? 0 : (n - 1) * at(steps, axis) + 1),
    );
    return g.padPrimitive(
      starts,
      x.shape.map((n, axis) => n - at(covered, axis)),
      steps.map((step) => step - 1),
    );
  },
  stacked: ({ starts, stops, steps }, size) => ({
    starts: [0, ...starts],
    stops: [size, ...stops],
    steps: [1, ...steps],
  }),
});

/** How many copies of `value` go before, behind and between the elements of each axis. */
export interface PadParams {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly interior: readonly number[];
  readonly value: number;
}

const padShape = (shape: Shape, { low, high, interior }: PadParams): number[] =>
  shape.map((n, axis) => at(low, axis) + n + Math.max(0, n - 1) * at(interior, axis) + at(high, axis));

/** Affine rather than linear where `value` is not 0: tangents are padded with 0. */
export const pad: Primitive<PadParams> = {
  ...linear({
    shape: (x, params) => padShape(x.shape, params),
    evaluate: (x, { low, interior, value }, type) => {
      const out = emptyArray(type);
      out.data.fill(value);
      const strides = stridesOf(type.shape);
      const origin = low.reduce((sum, n, axis) => sum + n * at(strides, axis), 0);
      forEachOffset(
        x.shape,
        strides.map((stride, axis) => stride * (at(interior, axis) + 1)),
        origin,
        (offset, index) => {
          out.data[offset] = x.data[index] as number;
        },
      );
      return out;
    },
    transpose: (g, x, { low, interior }) => {
      const stops = x.shape.map(
        (n, axis) => at(low, axis) + (n === 0 ? 0 : (n - 1) * (at(interior, axis) + 1) + 1),
      );
      return g.slicePrimitive(
        low,
        stops,
        interior.map((n) => n + 1),
      );
    },
    stacked: ({ low, high, interior, value }) => ({
      low: [0, ...low],
      high: [0, ...high],
      interior: [0, ...interior],
      value,
    }),
  }),
  jvp: ({ params, apply }, tangents) =>
    tangents[0] ? apply([tangents[0]], { ...params, value: 0 }) : [undefined],
};

/** Reverses the order along axes. */
export const flip: Primitive<{ readonly axes: readonly number[] }> = linear({
  shape: (x) => x.shape,
  evaluate: (x, { axes }, type) => {
    const out = emptyArray(type);
    const strides = stridesOf(x.shape);
    const origin = axes.reduce(
      (sum, axis) => sum + Math.max(0, at(x.shape, axis) - 1) * at(strides, axis),
      0,
    );
    forEachOffset(
      x.shape,
      strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
      origin,
      (offset, index) => {
        out.data[index] = x.data[offset] as number;
      },
    );
    return out;
  },
  transpose: (g, _, { axes }) => g.flip(axes),
  stacked: ({ axes }) => ({ axes: axes.map((axis) => axis + 1) }),
});
