/** Choice between two values, and change of dtype. */
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray } from "../array.ts";
import { type Dtype, isFloat, toElement } from "../dtype.ts";
import { alignBatched, meet, readAs } from "./elementwise.ts";
import type { None, Primitive, Slope } from "./types.ts";

/** Element by element `condition ? a : b`; slopes flow only into the side taken. */
export const select: Primitive<None> = {
  type: (inputs) => [{ dtype: at(inputs, 1).dtype, shape: meet(inputs) }],
  evaluate: (inputs, _, outputs) => {
    const out = emptyArray(at(outputs, 0));
    const [condition, a, b] = exactly(
      inputs.map((x) => readAs(x, out.shape)),
      3,
    );
    for (let i = 0; i < out.data.length; i++) {
      const side = condition.data[i * condition.step] === 0 ? b : a;
      out.data[i] = side.data[i * side.step] as number;
    }
    return [out];
  },
  jvp: ({ inputs, outputs }, tangents) => {
    const [, a, b] = exactly(tangents, 3);
    if (a === undefined && b === undefined) return [undefined];
    return [
      at(inputs, 0)
        .where(a ?? 0, b ?? 0)
        .cast(at(outputs, 0).dtype)
        .broadcastTo(at(outputs, 0).shape),
    ];
  },
  vjp: ({ inputs, wanted }, cotangents) => {
    const [condition, a, b] = exactly(inputs, 3);
    const g = cotangents[0];
    return [
      undefined,
      wanted[1] && g ? condition.where(g, 0).sumTo(a.shape) : undefined,
      wanted[2] && g ? condition.where(0, g).sumTo(b.shape) : undefined,
    ];
  },
  batch: ({ inputs, batched, params, apply }) => apply(alignBatched(inputs, batched), params),
};

/** The same values in another dtype; slopes pass between float dtypes and stop elsewhere. */
export const cast: Primitive<{ readonly dtype: Dtype }> = {
  type: (inputs, { dtype }) => [{ dtype, shape: at(inputs, 0).shape }],
  evaluate: (inputs, { dtype }, outputs) => {
    const [x] = exactly(inputs, 1);
    const out = emptyArray(at(outputs, 0));
    if (isFloat(dtype)) out.data.set(x.data);
    else
      for (let i = 0; i < out.data.length; i++) out.data[i] = toElement(x.data[i] as number, dtype, "cast");
    return [out];
  },
  jvp: ({ params }, tangents) => [isFloat(params.dtype) ? tangents[0]?.cast(params.dtype) : undefined],
  vjp: ({ inputs }, cotangents) => [cotangents[0]?.cast(at(inputs, 0).dtype)],
  batch: ({ inputs, params, apply }) => apply(inputs, params),
};

/** The identity, through which no slope passes. */
export const stopGradient: Primitive<None> = {
  type: (inputs) => [at(inputs, 0)],
  evaluate: (inputs) => [at(inputs, 0)],
  jvp: (): Slope[] => [undefined],
  vjp: (): Slope[] => [undefined],
  batch: ({ inputs, params, apply }) => apply(inputs, params),
};
