/** Convolution and pooling of images `[n, channels, height, width]`. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import type { Pair } from "../primitives/convolution.ts";
import type { WindowParams } from "../primitives/windows.ts";
import { showShape } from "../shape.ts";
import { apply, type Operand, type Tensor, toTensor, unify } from "../tensor.ts";

/** One number for both image axes, or one each (height, width). */
export type PairArgument = number | Pair;

/** Zeros around the image: one width, one an axis, or `"same"`, which keeps height and width at stride 1 (rounded up else). */
export type Padding = PairArgument | "same" | "valid";

/** Options of `conv2d`. */
export interface ConvolutionOptions {
  /** Distance between neighbouring places of the kernel. Default 1. */
  readonly stride?: PairArgument;
  /** Default 0, which is `"valid"`. */
  readonly padding?: Padding;
  /** Distance between neighbouring elements of the kernel. Default 1. */
  readonly dilation?: PairArgument;
  /** Channels are divided into so many groups that do not see each other. Default 1. */
  readonly groups?: number;
}

/** Options of the pooling operations. */
export interface PoolOptions {
  /** Default: the window's size, so that windows touch. */
  readonly stride?: PairArgument;
  /** Default 0. */
  readonly padding?: Padding;
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: PairArgument;
}

function pair(call: string, name: string, value: PairArgument, least: number): Pair {
  const both: Pair = typeof value === "number" ? [value, value] : value;
  if (both.length !== 2 || !both.every((n) => Number.isSafeInteger(n) && n >= least)) {
    throw new ArgumentError(
      `${call}({ ${name} }) takes whole numbers ≥ ${least}, one or a pair; got ${showValue(value)}`,
    );
  }
  return both;
}

/** How many zeros stand before and behind each image axis. */
function margins(
  call: string,
  padding: Padding,
  image: Pair,
  extent: Pair,
  stride: Pair,
): { low: Pair; high: Pair } {
  if (padding === "valid") return { low: [0, 0], high: [0, 0] };
  if (padding !== "same") {
    const width = pair(call, "padding", padding, 0);
    return { low: width, high: width };
  }
  const total = (axis: 0 | 1): number =>
    Math.max(0, (Math.ceil(image[axis] / stride[axis]) - 1) * stride[axis] + extent[axis] - image[axis]);
  const [h, w] = [total(0), total(1)];
  return { low: [h >> 1, w >> 1], high: [h - (h >> 1), w - (w >> 1)] };
}

function imageOf(call: string, x: Tensor): Pair {
  if (x.rank < 2)
    throw new ShapeError(
      `${call}: needs images [n, channels, height, width]; got shape ${showShape(x.shape)}`,
    );
  return [at(x.shape, x.rank - 2), at(x.shape, x.rank - 1)];
}

const extentOf = (size: Pair, dilation: Pair): Pair => [
  (size[0] - 1) * dilation[0] + 1,
  (size[1] - 1) * dilation[1] + 1,
];

/**
 * Cross-correlation of images `[n, cᵢₙ, h, w]` with kernels `[cₒᵤₜ, cᵢₙ/groups, kh, kw]` (PyTorch's
 * conv2d). The result is `[n, cₒᵤₜ, h', w']` with h' = ⌊(h + 2·padding − dilation·(kh − 1) − 1)/stride⌋ +
 * 1.
 *
 * @throws ShapeError when channels, groups and kernel do not fit.
 *
 * ```ts
 * conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2])); // → Tensor(float64 [1, 1, 2, 2]) [[[[4, 4], [4, 4]]]]
 * ```
 */
export function conv2d(x: Operand, kernel: Operand, options: ConvolutionOptions = {}): Tensor {
  checkOptions("conv2d", options, ["stride", "padding", "dilation", "groups"]);
  const [given, weights] = unify(x, kernel);
  const [images, w] =
    given.dtype === "bool" ? [given.cast("int32"), weights.cast("int32")] : [given, weights];
  const { groups = 1 } = options;
  if (images.rank !== 4 || w.rank !== 4) {
    throw new ShapeError(
      `conv2d: needs images [n, channels, height, width] and kernels [out, in/groups, height, width]; got ${showShape(images.shape)} and ${showShape(w.shape)}`,
    );
  }
  const [, channels = 0] = images.shape;
  const [filters = 0, inner = 0] = w.shape;
  if (!Number.isSafeInteger(groups) || groups < 1 || channels !== inner * groups || filters % groups !== 0) {
    throw new ShapeError(
      `conv2d: ${channels} channels in ${groups} groups do not fit kernels ${showShape(w.shape)}; channels must be groups × ${inner}, and ${filters} divisible by groups`,
    );
  }
  const stride = pair("conv2d", "stride", options.stride ?? 1, 1);
  const dilation = pair("conv2d", "dilation", options.dilation ?? 1, 1);
  const extent = extentOf([at(w.shape, 2), at(w.shape, 3)], dilation);
  const image = imageOf("conv2d", images);
  const { low, high } = margins("conv2d", options.padding ?? 0, image, extent, stride);
  const fits = ([0, 1] as const).every(
    (axis) => extent[axis] > 0 && image[axis] + low[axis] + high[axis] >= extent[axis],
  );
  if (!fits) {
    throw new ShapeError(
      `conv2d: kernels ${showShape(w.shape)} (dilated to ${extent.join("×")}) do not fit into padded images of ${image[0] + low[0] + high[0]}×${image[1] + low[1] + high[1]}; pad more or use smaller kernels`,
    );
  }
  return at(
    apply("convolution", [images, w], { stride, low, high, dilation, inputDilation: [1, 1], groups }),
    0,
  );
}

/** The windows of an image, ready to be reduced along the last axis. */
function poolWindows(
  call: string,
  x: Operand,
  window: PairArgument,
  options: PoolOptions,
  value: number,
): Tensor {
  checkOptions(call, options, ["stride", "padding", "dilation"]);
  const images = toTensor(x).float();
  const size = pair(call, "window", window, 1);
  const stride = pair(call, "stride", options.stride ?? size, 1);
  const dilation = pair(call, "dilation", options.dilation ?? 1, 1);
  const extent = extentOf(size, dilation);
  const { low, high } = margins(call, options.padding ?? 0, imageOf(call, images), extent, stride);
  if (([0, 1] as const).some((axis) => 2 * Math.max(low[axis], high[axis]) > extent[axis])) {
    throw new ArgumentError(
      `${call}: padding may be at most half of the window, or windows would hold nothing but padding; got ${low.join("×")} for windows of ${extent.join("×")}`,
    );
  }
  const params: WindowParams = { size, stride, low, high, dilation, value };
  return images.windows(params);
}

/**
 * The largest element of each window; padding never wins, and ties share the derivative equally. Images
 * are `[…, h, w]`, the result `[…, h', w']`; integers give float64.
 *
 * @throws ShapeError when no window fits.
 * @throws ArgumentError when the padding exceeds half of the window.
 *
 * ```ts
 * maxPool2d([[1, 2], [3, 4]], 2); // → Tensor(float64 [1, 1]) [[4]]
 * ```
 */
export function maxPool2d(x: Operand, window: PairArgument, options: PoolOptions = {}): Tensor {
  return poolWindows("maxPool2d", x, window, options, -Infinity).max(-1);
}

/**
 * The mean of each window; padding counts as zeros (PyTorch). Images are `[…, h, w]`, the result `[…, h',
 * w']`; integers give float64.
 *
 * @throws ShapeError when no window fits.
 * @throws ArgumentError when the padding exceeds half of the window.
 *
 * ```ts
 * avgPool2d([[1, 2], [3, 4]], 2); // → Tensor(float64 [1, 1]) [[2.5]]
 * ```
 */
export function avgPool2d(x: Operand, window: PairArgument, options: PoolOptions = {}): Tensor {
  return poolWindows("avgPool2d", x, window, options, 0).mean(-1);
}
