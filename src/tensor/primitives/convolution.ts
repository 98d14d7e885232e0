/**
 * Two-dimensional cross-correlation, as networks call convolution, with the extra parameter (gaps between the elements
 * of the input) that makes it closed under differentiation: both its derivatives are convolutions again.
 */
import { ShapeError } from "../../core/errors.ts";
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray } from "../array.ts";
import { showShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { convolve } from "./convolve.ts";
import { addSlopes } from "./elementwise.ts";
import type { Primitive } from "./types.ts";

/** One number for each of the two image axes (height, width). */
export type Pair = readonly [number, number];

/** Geometry of a convolution; padding may be negative, which crops. */
export interface ConvolutionParams {
  readonly stride: Pair;
  readonly low: Pair;
  readonly high: Pair;
  /** Distance between neighbouring elements of the kernel. */
  readonly dilation: Pair;
  /** Distance between neighbouring elements of the input, with zeros between them. */
  readonly inputDilation: Pair;
  readonly groups: number;
}

const both = (f: (axis: 0 | 1) => number): Pair => [f(0), f(1)];
const spread = (length: number, dilation: number): number => (length === 0 ? 0 : (length - 1) * dilation + 1);

/** Input `[n, groups·c, h, w]`, kernel `[groups·o, c, kh, kw]`, result `[n, groups·o, h', w']`. */
export const convolution: Primitive<ConvolutionParams> = {
  type: (inputs, params) => {
    const [x, w] = exactly(inputs, 2);
    const [h, v] = both((i) => {
      const room = spread(at(x.shape, 2 + i), params.inputDilation[i]) + params.low[i] + params.high[i];
      return Math.floor((room - spread(at(w.shape, 2 + i), params.dilation[i])) / params.stride[i]) + 1;
    });
    if (h < 0 || v < 0) {
      throw new ShapeError(
        `conv2d: the kernel ${showShape(w.shape)} does not fit into the padded input ${showShape(x.shape)}; pad more or use a smaller kernel`,
      );
    }
    return [{ dtype: x.dtype, shape: [at(x.shape, 0), at(w.shape, 0), h, v] }];
  },
  evaluate: (inputs, params, outputs) => {
    const [x, w] = exactly(inputs, 2);
    const out = emptyArray(at(outputs, 0));
    convolve(x, w, params, out);
    return [out];
  },
  jvp: ({ inputs, params, apply }, tangents) => {
    const [x, w] = exactly(inputs, 2);
    const [dx, dw] = exactly(tangents, 2);
    return [addSlopes(dx && apply([dx, w], params)[0], dw && apply([x, dw], params)[0])];
  },
  vjp: ({ inputs, params, wanted, apply }, cotangents) => {
    const [x, w] = exactly(inputs, 2);
    const g = cotangents[0];
    if (g === undefined) return [undefined, undefined];
    return [
      wanted[0]
        ? apply([g, swapGroups(w, params.groups).flip([2, 3])], towardsInput(x, w, g, params))[0]
        : undefined,
      wanted[1] ? towardsKernel(x, w, g, params, apply) : undefined,
    ];
  },
  batch: ({ inputs, batched, params, size, apply }) => {
    const [x, w] = exactly(inputs, 2);
    if (!batched[1]) {
      const [n = 1, ...image] = x.shape.slice(1);
      const [y] = exactly(apply([x.reshape([size * n, ...image]), w], params), 1);
      return [y.reshape([size, n, ...y.shape.slice(1)])];
    }
    // Stacked kernels become groups: the stack moves into the channels of the input.
    const stacked = batched[0] ? x : x.broadcastTo([size, ...x.shape]);
    const [, n = 1, c = 1, ...image] = stacked.shape;
    const [, o = 1, ...kernel] = w.shape;
    const channels = stacked.moveAxis(0, 1).reshape([n, size * c, ...image]);
    const [y] = exactly(
      apply([channels, w.reshape([size * o, ...kernel])], { ...params, groups: params.groups * size }),
      1,
    );
    return [y.reshape([n, size, o, ...y.shape.slice(2)]).moveAxis(1, 0)];
  },
};

/** Kernel `[groups·o, c, …]` as `[groups·c, o, …]`. */
function swapGroups(w: Tensor, groups: number): Tensor {
  const [o = 0, c = 0, h = 0, v = 0] = w.shape;
  return w
    .reshape([groups, o / groups, c, h, v])
    .transpose([0, 2, 1, 3, 4])
    .reshape([groups * c, o / groups, h, v]);
}

/** The slope of the input is a convolution of the slope of the result, spread by the stride, with the flipped kernel. */
function towardsInput(x: Tensor, w: Tensor, g: Tensor, params: ConvolutionParams): ConvolutionParams {
  const low = both((i) => spread(at(w.shape, 2 + i), params.dilation[i]) - 1 - params.low[i]);
  const high = both(
    (i) =>
      spread(at(x.shape, 2 + i), params.inputDilation[i]) -
      spread(at(g.shape, 2 + i), params.stride[i]) -
      low[i] +
      spread(at(w.shape, 2 + i), params.dilation[i]) -
      1,
  );
  return {
    stride: params.inputDilation,
    low,
    high,
    dilation: params.dilation,
    inputDilation: params.stride,
    groups: params.groups,
  };
}

/** The slope of the kernel is a convolution of the input with the slope of the result; examples and channels trade places. */
function towardsKernel(
  x: Tensor,
  w: Tensor,
  g: Tensor,
  params: ConvolutionParams,
  apply: (inputs: readonly Tensor[], params: ConvolutionParams) => Tensor[],
): Tensor {
  const { groups } = params;
  const [n = 0, channels = 0, h = 0, v = 0] = x.shape;
  const c = channels / groups;
  const input = x
    .reshape([n, groups, c, h, v])
    .transpose([2, 1, 0, 3, 4])
    .reshape([c, groups * n, h, v]);
  const kernel = g.transpose([1, 0, 2, 3]);
  const high = both(
    (i) =>
      spread(at(w.shape, 2 + i), params.dilation[i]) -
      1 +
      spread(at(g.shape, 2 + i), params.stride[i]) -
      spread(at(x.shape, 2 + i), params.inputDilation[i]) -
      params.low[i],
  );
  const [result] = exactly(
    apply([input, kernel], {
      stride: params.dilation,
      low: params.low,
      high,
      dilation: params.stride,
      inputDilation: params.inputDilation,
      groups,
    }),
    1,
  );
  return result.transpose([1, 0, 2, 3]);
}
