/**
 * Whether a convolution is computed from the input's side (wasm/folding.ts) or from the result's: by counts of operations,
 * with weights measured on shapes that networks and their derivatives have, in float32 and float64.
 */

import type { ConvolutionCall } from "./kernels.ts";
import { area, type Geometry, geometryOf, spread } from "./wasm/geometry.ts";

type Call = Omit<ConvolutionCall, "room">;

/**
 * What it costs to write a contribution and to add it where it belongs, in multiply-adds of the same kernels: fitted to
 * ratios of times for 1 to 256 channels, which it tells within a quarter.
 */
const addingInWasm = 6;
const addingInNative = 10;

/** What it costs to write an element of a patch, in multiply-adds of a native library, and if patches are the image moved. */
const patching = 60;
const patchingMoved = 16;

/** Multiply-adds of a native library in the time of one in WebAssembly; near 3 on machines where the latter does not fuse. */
const nativeSpeed = 2.5;

/** Whether the WebAssembly kernels fold: kernels of more than one element, whose result has every place. */
export function foldsInWasm(call: Call): boolean {
  const geometry = geometryOf(call);
  return canFold(call, geometry) && directWork(call, geometry) > foldedWork(call, geometry);
}

/** Whether native kernels fold instead of multiplying patches. */
export function foldsInNative(call: Call): boolean {
  const geometry = geometryOf(call);
  const { groupChannels, groupFilters, input, result } = geometry;
  const element = isMoved(call) ? patchingMoved : patching;
  return (
    canFold(call, geometry) &&
    area(result) * groupChannels * (groupFilters + element) >
      area(input) * groupFilters * (groupChannels + addingInNative)
  );
}

/** Whether native kernels fold, and are quicker by it than the WebAssembly kernels from the result's side. */
export function isNativeFoldQuick(call: Call): boolean {
  const geometry = geometryOf(call);
  const { groupFilters, groupChannels, kernel, input } = geometry;
  const work = groupFilters * area(kernel) * area(input) * (groupChannels + addingInNative);
  return foldsInNative(call) && directWork(call, geometry) * nativeSpeed > work;
}

/** Whether patches are the image moved as a whole, which costs little. */
export function isMoved({ input, result, stride, inputDilation }: Call): boolean {
  return input.shape[3] === result.shape[3] && [...stride, ...inputDilation].every((steps) => steps === 1);
}

function canFold({ stride }: Call, { kernel }: Geometry): boolean {
  return stride.every((distance) => distance === 1) && area(kernel) > 1;
}

/** Tiles of the WebAssembly kernels: filters or rows of a product, and elements of a vector. */
const tileRows = 4;
const lanes = { float32: 4, float64: 2 } as const;
const roundUp = (count: number, step: number): number => Math.ceil(count / step) * step;

/** Multiply-adds for an image and group from the result's side; whole rows of padding are left out. */
function directWork(call: Call, geometry: Geometry): number {
  const { groupFilters, groupChannels, kernel, result } = geometry;
  const row = kernel[1] * roundUp(result[1], lanes[call.dtype]);
  return rowMeetings(call, geometry) * row * groupChannels * roundUp(groupFilters, tileRows);
}

/** Pairs of a row of the result and a row of the kernel that meet the image between its first and last row. */
function rowMeetings({ low, dilation, inputDilation }: Call, { input, kernel, result }: Geometry): number {
  const reach = spread(input[0], inputDilation[0]);
  let count = 0;
  for (let p = 0; p < kernel[0]; p++) {
    const shift = p * dilation[0] - low[0];
    count += Math.max(0, Math.min(result[0], reach - shift) - Math.max(0, -shift));
  }
  return count;
}

/** The same from the input's side. */
function foldedWork({ dtype }: Call, { groupFilters, groupChannels, kernel, input }: Geometry): number {
  const rows = roundUp(groupFilters * area(kernel), tileRows);
  return rows * roundUp(area(input), lanes[dtype]) * (groupChannels + addingInWasm);
}
