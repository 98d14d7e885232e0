/** Convolutions that are plain matrix products: kernels of one element, and kernels as large as the image. */

import type { ConvolutionCall, ProductCall } from "../kernels.ts";
import { area, type Geometry } from "./geometry.ts";
import { bytesOf } from "./product.ts";

type Call = Omit<ConvolutionCall, "room">;

/** Whether the kernel covers the image and the result is one place. */
export function isWhole(
  { low, dilation, inputDilation }: Call,
  { input, kernel, result }: Geometry,
): boolean {
  return (
    low.every((zeros) => zeros === 0) &&
    [...dilation, ...inputDilation].every((distance) => distance === 1) &&
    area(result) === 1 &&
    input[0] === kernel[0] &&
    input[1] === kernel[1]
  );
}

/** Whether each place of the result meets the same place of the input only. */
function isPointwise({ low, stride, inputDilation }: Call, { input, kernel, result }: Geometry): boolean {
  return (
    area(kernel) === 1 &&
    low.every((zeros) => zeros === 0) &&
    [...stride, ...inputDilation].every((distance) => distance === 1) &&
    input[0] === result[0] &&
    input[1] === result[1]
  );
}

/** The products a convolution consists of, all of one size: a group each, or an image and group each. */
export function productsOf(call: Call, geometry: Geometry): readonly Omit<ProductCall, "room">[] | undefined {
  const { images, channels, filters, groupChannels, groupFilters } = geometry;
  const { dtype, groups } = call;
  const size = bytesOf(dtype);
  const places = area(geometry.input);
  const kernelOf = (group: number): number =>
    call.kernel.address + group * groupFilters * groupChannels * area(geometry.kernel) * size;
  if (isWhole(call, geometry)) {
    return Array.from({ length: groups }, (_, group) => ({
      dtype,
      rows: images,
      columns: groupFilters,
      inner: groupChannels * places,
      a: {
        address: call.input.address + group * groupChannels * places * size,
        stride: channels * places,
        isTransposed: false,
      },
      b: { address: kernelOf(group), stride: groupChannels * places, isTransposed: true },
      c: { address: call.result.address + group * groupFilters * size, stride: filters },
      accumulate: false,
    }));
  }
  if (!isPointwise(call, geometry)) return undefined;
  return Array.from({ length: images * groups }, (_, i) => ({
    dtype,
    rows: groupFilters,
    columns: places,
    inner: groupChannels,
    a: { address: kernelOf(i % groups), stride: groupChannels, isTransposed: false },
    b: {
      address: call.input.address + i * groupChannels * places * size,
      stride: places,
      isTransposed: false,
    },
    c: { address: call.result.address + i * groupFilters * places * size, stride: places },
    accumulate: false,
  }));
}
