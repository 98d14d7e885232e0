/** The matrix product, over stacks of matrices that broadcast. */
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray } from "../array.ts";
import type { DataArray } from "../dtype.ts";
import { broadcastShapes, broadcastStrides, forEachOffset } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { addSlopes } from "./elementwise.ts";
import { multiply } from "./gemm.ts";
import type { None, Primitive } from "./types.ts";

const transposeLast = (x: Tensor): Tensor =>
  x.transpose(x.shape.map((_, axis) => (axis < x.rank - 2 ? axis : 2 * x.rank - 3 - axis)));

/** Integers wrap at every product and sum; beyond 2⁵³ a double would lose the low bits. */
function multiplyIntegers(m: number, n: number, k: number, a: DataArray, b: DataArray, c: DataArray): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum = (sum + Math.imul(a[i * k + p] as number, b[p * n + j] as number)) | 0;
      c[i * n + j] = sum;
    }
  }
}

/** C = A B for A `[…, m, k]` and B `[…, k, n]`, both of rank 2 or more; leading axes broadcast. */
export const matmul: Primitive<None> = {
  type: (inputs) => {
    const [a, b] = exactly(inputs, 2);
    const stack = broadcastShapes("matmul", [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
    return [
      { dtype: a.dtype, shape: [...stack, at(a.shape, a.shape.length - 2), at(b.shape, b.shape.length - 1)] },
    ];
  },
  evaluate: (inputs, _, outputs) => {
    const [a, b] = exactly(inputs, 2);
    const out = emptyArray(at(outputs, 0));
    const stack = out.shape.slice(0, -2);
    const [m, n] = exactly(out.shape.slice(-2), 2);
    const k = at(a.shape, a.shape.length - 1);
    const stepsA = broadcastStrides(a.shape.slice(0, -2), stack);
    const stepsB = broadcastStrides(b.shape.slice(0, -2), stack);
    const startsB: number[] = [];
    forEachOffset(stack, stepsB, 0, (offset) => startsB.push(offset * k * n));
    forEachOffset(stack, stepsA, 0, (offset, i) => {
      const left = a.data.subarray(offset * m * k, (offset + 1) * m * k);
      const right = b.data.subarray(at(startsB, i), at(startsB, i) + k * n);
      const target = out.data.subarray(i * m * n, (i + 1) * m * n);
      if (out.dtype === "int32") multiplyIntegers(m, n, k, left, right, target);
      else multiply(m, n, k, left, right, target);
    });
    return [out];
  },
  jvp: ({ inputs, params, apply }, tangents) => {
    const [a, b] = exactly(inputs, 2);
    const [da, db] = exactly(tangents, 2);
    return [addSlopes(da && apply([da, b], params)[0], db && apply([a, db], params)[0])];
  },
  vjp: ({ inputs, params, wanted, apply }, cotangents) => {
    const [a, b] = exactly(inputs, 2);
    const g = cotangents[0];
    return [
      wanted[0] && g ? apply([g, transposeLast(b)], params)[0]?.sumTo(a.shape) : undefined,
      wanted[1] && g ? apply([transposeLast(a), g], params)[0]?.sumTo(b.shape) : undefined,
    ];
  },
  batch: ({ inputs, batched, params, size, apply }) => {
    const rank = Math.max(...inputs.map((x, i) => x.rank - (batched[i] ? 1 : 0)));
    const aligned = inputs.map((x, i) => {
      if (!batched[i]) return x;
      return x.reshape([size, ...new Array<number>(rank + 1 - x.rank).fill(1), ...x.shape.slice(1)]);
    });
    return apply(aligned, params);
  },
};
