/** Random values from keys: the same key gives the same values, whoever asks and in whatever order. */

import { at, exactly } from "../../core/exactly.ts";
import { fillBits, fillNormal, fillUniform, permutation, splitKey } from "../../core/random/index.ts";
import { emptyArray, type NdArray, type TensorType } from "../array.ts";
import type { Dtype } from "../dtype.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Primitive } from "./types.ts";

/** The type of what one key gives. */
export interface DrawParams {
  readonly shape: Shape;
  readonly dtype: Dtype;
}

type Key = readonly [number, number];

/** A primitive that draws for each key of `[…, 2]` a block of the wanted type. */
function draw<Params>(
  typeOf: (params: Params) => TensorType,
  fill: (key: Key, block: NdArray, params: Params) => void,
): Primitive<Params> {
  return {
    type: (inputs, params) => {
      const { dtype, shape } = typeOf(params);
      return [{ dtype, shape: [...at(inputs, 0).shape.slice(0, -1), ...shape] }];
    },
    evaluate: (inputs, params, outputs) => {
      const [keys] = exactly(inputs, 1);
      const out = emptyArray(at(outputs, 0));
      const { dtype, shape } = typeOf(params);
      const size = sizeOf(shape);
      for (let i = 0; 2 * i < keys.data.length; i++) {
        const data = out.data.subarray(i * size, (i + 1) * size);
        fill([at(keys.data, 2 * i) >>> 0, at(keys.data, 2 * i + 1) >>> 0], { dtype, shape, data }, params);
      }
      return [out];
    },
    jvp: () => [undefined],
    vjp: () => [undefined],
    batch: ({ inputs, params, apply }) => apply(inputs, params),
  };
}

/** Uniform on [0, 1). */
export const randomUniform: Primitive<DrawParams> = draw(
  (type) => type,
  (key, { data }) => {
    if (data instanceof Float64Array || data instanceof Float32Array) fillUniform(key, data);
  },
);

/** Standard normal. */
export const randomNormal: Primitive<DrawParams> = draw(
  (type) => type,
  (key, { data }) => {
    if (data instanceof Float64Array || data instanceof Float32Array) fillNormal(key, data);
  },
);

/** 32 random bits an element. */
export const randomBits: Primitive<{ readonly shape: Shape }> = draw(
  ({ shape }) => ({ dtype: "int32", shape }),
  (key, { data }) => {
    const bits = new Uint32Array(data.length);
    fillBits(key, bits);
    data.set(new Int32Array(bits.buffer));
  },
);

/** `count` keys that share no values with each other or with what the key itself draws. */
export const randomSplit: Primitive<{ readonly count: number }> = draw(
  ({ count }) => ({ dtype: "int32", shape: [count, 2] }),
  (key, { data }, { count }) => {
    for (const [i, child] of splitKey(key, count).entries()) {
      data[2 * i] = at(child, 0) | 0;
      data[2 * i + 1] = at(child, 1) | 0;
    }
  },
);

/** 0 … length − 1 in random order. */
export const randomPermutation: Primitive<{ readonly length: number }> = draw(
  ({ length }) => ({ dtype: "int32", shape: [length] }),
  (key, { data }, { length }) => data.set(permutation(key, length)),
);
