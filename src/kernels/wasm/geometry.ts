/** The lengths of a convolution by the compiled kernels, and how its image is staged. */

import { at } from "../../core/exactly.ts";
import type { ConvolutionCall } from "../kernels.ts";

/** Kernel elements that are multiplied at a time, where a plane of the kernel has no more. */
const TAPS = 256;

/** Lengths of a convolution, and what follows from them. */
export interface Geometry {
  readonly images: number;
  /** Planes of the input and of the result that belong to one image. */
  readonly channels: number;
  readonly filters: number;
  /** Of one group. */
  readonly groupChannels: number;
  readonly groupFilters: number;
  readonly input: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly result: readonly [number, number];
  /** Channels that are staged at a time, and what a staged plane looks like. */
  readonly planes: number;
  readonly stagedHeight: number;
  readonly partBreadth: number;
  /**
   * Whether rows of the kernel are taken one by one, because some places of the result see rows of padding.
   */
  readonly byRows: boolean;
}

/** Reads the lengths off the shapes of a call. */
export function geometryOf(call: Omit<ConvolutionCall, "room">): Geometry {
  const [input, kernel, result] = [call.input.shape, call.kernel.shape, call.result.shape];
  const kernelPlane: readonly [number, number] = [at(kernel, 2), at(kernel, 3)];
  const resultPlane: readonly [number, number] = [at(result, 2), at(result, 3)];
  const reach = (axis: 0 | 1): number =>
    Math.max(0, (resultPlane[axis] - 1) * call.stride[axis]) +
    Math.max(0, (kernelPlane[axis] - 1) * call.dilation[axis]) +
    1;
  const inputHeight = spread(at(input, 2), call.inputDilation[0]);
  const groupChannels = at(kernel, 1);
  const most = Math.max(1, Math.floor(TAPS / Math.max(1, kernelPlane[0] * kernelPlane[1])));
  // Parts of about equal size instead of full ones and a rest.
  const parts = Math.max(1, Math.ceil(groupChannels / most));
  return {
    images: at(input, 0),
    channels: at(input, 1),
    filters: at(kernel, 0),
    groupChannels,
    groupFilters: at(kernel, 0) / call.groups,
    input: [at(input, 2), at(input, 3)],
    kernel: kernelPlane,
    result: resultPlane,
    planes: Math.ceil(groupChannels / parts),
    stagedHeight: reach(0),
    partBreadth: Math.ceil(reach(1) / call.stride[1]),
    byRows: kernelPlane[0] > 1 && (call.low[0] > 0 || reach(0) - call.low[0] > inputHeight),
  };
}

/** Elements of a plane. */
export const area = ([height, breadth]: readonly [number, number]): number => height * breadth;

/** The length of an axis whose elements lie `gap` apart. */
export const spread = (length: number, gap: number): number => (length === 0 ? 0 : (length - 1) * gap + 1);
