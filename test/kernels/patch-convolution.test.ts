/** Convolution by patches and products against the reference interpreter's sums, for products by definition and native. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvolutionCall, Kernels } from "../../src/kernels/kernels.ts";
import { providerOf } from "../../src/kernels/native/provider.ts";
import { patchConvolution } from "../../src/kernels/patch-convolution.ts";
import { plainPatches } from "../../src/kernels/patches.ts";
import { convolve } from "../../src/tensor/primitives/convolve.ts";
import { describeNative } from "./native/here.ts";
import { elementsOf, plainProduct } from "./plain-product.ts";

const spread = (length: number, dilation: number): number => (length - 1) * dilation + 1;
const pair = (min: number, max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

/** Random geometries with a result of at least one element. */
const geometries = fc
  .record({
    dtype: fc.constantFrom("float32" as const, "float64" as const),
    images: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: fc.integer({ min: 1, max: 3 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    image: pair(1, 12),
    kernel: pair(1, 4),
    stride: pair(1, 3),
    low: pair(-1, 3),
    high: pair(-1, 3),
    dilation: pair(1, 3),
    inputDilation: pair(1, 3),
  })
  .map((sizes) => {
    const [height = 0, width = 0] = [0, 1].map((i) => {
      const axis = (of: readonly number[]): number => of[i] ?? 0;
      const room = spread(axis(sizes.image), axis(sizes.inputDilation)) + axis(sizes.low) + axis(sizes.high);
      return Math.floor((room - spread(axis(sizes.kernel), axis(sizes.dilation))) / axis(sizes.stride)) + 1;
    });
    return { ...sizes, result: [height, width] as const };
  })
  .filter(({ result }) => result[0] > 0 && result[1] > 0);

type Geometry = typeof geometries extends fc.Arbitrary<infer Value> ? Value : never;

function agrees(
  geometry: Geometry,
  open: (memory: WebAssembly.Memory) => Pick<Kernels, "convolution" | "convolutionRoom">,
): void {
  const { dtype, images, groups, channels, outputs, image, kernel, result } = geometry;
  const memory = new WebAssembly.Memory({ initial: 8 });
  const elements = elementsOf(memory, dtype);
  const kernels = open(memory);
  const make = dtype === "float32" ? Float32Array : Float64Array;
  let address = 16;
  const operand = (shape: readonly number[]) => {
    const here = { address, shape };
    address += 8 * (shape.reduce((a, b) => a * b, 1) + 1);
    return here;
  };
  const input = operand([images, groups * channels, ...image]);
  const weights = operand([groups * outputs, channels, ...kernel]);
  const out = operand([images, groups * outputs, ...result]);
  for (let i = 0; i < elements.length; i++) elements[i] = ((i * 13) % 17) - 8;
  const call: ConvolutionCall = { ...geometry, input, kernel: weights, result: out, room: address };
  expect(address + kernels.convolutionRoom(call)).toBeLessThan(memory.buffer.byteLength);
  const part = ({ address: start, shape }: typeof input) => {
    const from = start / elements.BYTES_PER_ELEMENT;
    return { dtype, shape, data: elements.slice(from, from + shape.reduce((a, b) => a * b, 1)) };
  };
  const expected = { dtype, shape: out.shape, data: new make(part(out).data.length) };
  convolve(part(input), part(weights), geometry, expected);
  kernels.convolution(call)();
  expect(part(out).data).toEqual(expected.data);
}

describe("convolution by patches", () => {
  const plain = (memory: WebAssembly.Memory): Pick<Kernels, "convolution" | "convolutionRoom"> =>
    patchConvolution(plainPatches(memory), {
      product: (call) => plainProduct(memory, call),
      productRoom: () => 40,
    });

  test("equals the direct sums for every geometry", () => {
    fc.assert(
      fc.property(geometries, (geometry) => agrees(geometry, plain)),
      { numRuns: 500, seed: 2 },
    );
  });

  test("equals them where result and image are equally wide", () => {
    const same = fc
      .record({ geometry: geometries, reach: pair(0, 2), edge: pair(-1, 1) })
      .map(({ geometry, reach, edge }): Geometry => {
        const { image } = geometry;
        return {
          ...geometry,
          kernel: [2 * reach[0] + 1, 2 * reach[1] + 1],
          low: [reach[0] + edge[0], reach[1] + edge[1]],
          result: [image[0], image[1]],
          ...{ stride: [1, 1], dilation: [1, 1], inputDilation: [1, 1] },
        };
      });
    fc.assert(
      fc.property(same, (geometry) => agrees(geometry, plain)),
      { numRuns: 200, seed: 6 },
    );
  });

  test("a kernel that covers the image is one product a group", () => {
    const whole = geometries.map(
      (geometry): Geometry => ({
        ...geometry,
        kernel: [...geometry.image],
        ...{ low: [0, 0], dilation: [1, 1], inputDilation: [1, 1], result: [1, 1] },
      }),
    );
    fc.assert(
      fc.property(whole, (geometry) => agrees(geometry, plain)),
      { numRuns: 100, seed: 7 },
    );
  });

  test("a pointwise kernel needs no room", () => {
    const pointwise = fc.sample(geometries, { numRuns: 1, seed: 3 })[0];
    const image = [5, 7] as const;
    if (pointwise === undefined) return;
    agrees(
      {
        ...pointwise,
        image: [5, 7],
        result: image,
        kernel: [1, 1],
        ...{ stride: [1, 1], low: [0, 0], high: [0, 0], inputDilation: [1, 1] },
      },
      plain,
    );
  });

  test("patches larger than the cache are made in blocks of rows", () => {
    const big: Geometry = {
      ...{ dtype: "float64", images: 1, groups: 1, channels: 8, outputs: 2 },
      ...{ image: [40, 40], kernel: [5, 5], result: [40, 40] },
      ...{ stride: [1, 1], low: [2, 2], high: [2, 2], dilation: [1, 1], inputDilation: [1, 1] },
    };
    agrees(big, plain);
  });
});

describeNative("native convolution", (library) => {
  test("equals the direct sums for every geometry", () => {
    const native = providerOf(library).open;
    fc.assert(
      fc.property(geometries, (geometry) => agrees(geometry, native)),
      { numRuns: 300, seed: 4 },
    );
  });
});
