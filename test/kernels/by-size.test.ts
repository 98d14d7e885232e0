/** Which work goes where: the rules themselves, on kernels that only write down that they were asked. */

import { describe, expect, test } from "vitest";
import { bySize, manyChannels, smallWork } from "../../src/kernels/by-size.ts";
import type { ConvolutionCall, KernelDtype, Kernels } from "../../src/kernels/kernels.ts";

const named = (room: number): Kernels => ({
  product: () => () => {},
  productRoom: () => room,
  convolution: () => () => {},
  convolutionRoom: () => room,
});
/** The room says who was asked. */
const [small, large] = [1, 2];
const kernels = bySize(named(small), named(large));

const product = (rows: number, columns: number, inner: number): number => {
  const place = { address: 0, stride: 1, isTransposed: false };
  const shape = { rows, columns, inner, dtype: "float32", accumulate: false } as const;
  return kernels.productRoom({ ...shape, a: place, b: place, c: place });
};

interface Sizes {
  readonly channels: number;
  readonly image: number;
  readonly kernel: number;
  readonly result: number;
  readonly stride?: number;
  readonly low?: number;
  readonly dtype?: KernelDtype;
}

const convolution = ({
  channels,
  image,
  kernel,
  result,
  stride = 1,
  low = 0,
  dtype = "float32",
}: Sizes): number => {
  const call: Omit<ConvolutionCall, "room"> = {
    dtype,
    input: { address: 0, shape: [8, 4, image, image] },
    kernel: { address: 0, shape: [channels, 4, kernel, kernel] },
    result: { address: 0, shape: [8, channels, result, result] },
    stride: [stride, stride],
    low: [low, low],
    dilation: [1, 1],
    inputDilation: [1, 1],
    groups: 1,
  };
  return kernels.convolutionRoom(call);
};

describe("work by size", () => {
  test("small products go the cheap way", () => {
    expect(product(1, 1, smallWork)).toBe(small);
    expect(product(1, 1, smallWork + 1)).toBe(large);
    expect(product(0, 100, 1000)).toBe(small);
  });

  test("convolutions whose patches cost little go to the library", () => {
    expect(convolution({ channels: 4, image: 20, kernel: 5, result: 20 })).toBe(large);
    expect(convolution({ channels: 4, image: 20, kernel: 20, result: 1 })).toBe(large);
    expect(convolution({ channels: 1, image: 2, kernel: 1, result: 2 })).toBe(small);
  });

  test("convolutions that fold quickly do as well", () => {
    expect(convolution({ channels: 8, image: 8, kernel: 5, result: 12, low: 4 })).toBe(large);
    expect(convolution({ channels: 8, image: 8, kernel: 5, result: 4 })).toBe(small);
  });

  test("the others do from a number of channels on", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const channels = manyChannels[dtype];
      for (const geometry of [
        { image: 20, kernel: 5, result: 16 },
        { image: 20, kernel: 1, result: 20, stride: 2 },
      ]) {
        expect(convolution({ ...geometry, channels, dtype })).toBe(large);
        expect(convolution({ ...geometry, channels: channels - 1, dtype })).toBe(small);
      }
    }
  });
});
