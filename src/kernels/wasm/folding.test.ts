/** Convolutions from the input's side against the reference interpreter's, whether they would be chosen or not. */
import { describe, expect, test } from "vitest";
import { fillNormal, fillUniform, seedKey } from "../../core/random/index.ts";
import type { NdArray } from "../../tensor/array.ts";
import { convolve } from "../../tensor/primitives/convolve.ts";
import type { ConvolutionCall, KernelDtype, ProductCall } from "../kernels.ts";
import { foldImages, foldRoom } from "./folding.ts";
import { geometryOf } from "./geometry.ts";
import { instantiate, roundingFor } from "./module.ts";
import { bytesOf, prepareRows, productRoom } from "./product.ts";

const UNTOUCHED = 12345;
const dtypes: readonly KernelDtype[] = ["float32", "float64"];
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const spread = (length: number, distance: number): number => (length - 1) * distance + 1;

interface Sizes {
  readonly images: number;
  readonly groups: number;
  /** Of one group. */
  readonly channels: number;
  readonly filters: number;
  readonly image: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly inputDilation: readonly [number, number];
}

/** Random geometry, a case for each seed. */
function randomSizes(seed: number): Sizes {
  const numbers = fillUniform(seedKey(seed), new Float64Array(24));
  let next = 0;
  const upTo = (low: number, high: number): number =>
    low + Math.floor((numbers[next++] ?? 0) * (high - low + 1));
  const pair = (low: number, high: number): [number, number] => [upTo(low, high), upTo(low, high)];
  return {
    images: upTo(1, 3),
    groups: upTo(1, 3),
    channels: upTo(1, 5),
    filters: upTo(1, 9),
    image: pair(1, 12),
    kernel: pair(1, 5),
    low: pair(-3, 6),
    high: pair(-3, 6),
    dilation: pair(1, 3),
    inputDilation: pair(1, 4),
  };
}

/** The call, operands one after the other; undefined where the kernel does not fit. */
function callOf(sizes: Sizes, dtype: KernelDtype): ConvolutionCall | undefined {
  const { images, groups, channels, filters, image, kernel, low, high, dilation, inputDilation } = sizes;
  const [height, breadth] = ([0, 1] as const).map(
    (axis) =>
      spread(image[axis], inputDilation[axis]) +
      low[axis] +
      high[axis] -
      spread(kernel[axis], dilation[axis]) +
      1,
  );
  if (height === undefined || breadth === undefined || height < 1 || breadth < 1) return undefined;
  let address = 8;
  const place = (shape: readonly number[]): ConvolutionCall["input"] => {
    const here = { address, shape };
    address += sizeOf(shape) * bytesOf(dtype);
    return here;
  };
  return {
    dtype,
    input: place([images, groups * channels, ...image]),
    kernel: place([groups * filters, channels, ...kernel]),
    result: place([images, groups * filters, height, breadth]),
    ...{ stride: [1, 1], low, dilation, inputDilation, groups },
    room: Math.ceil(address / 8) * 8,
  };
}

const viewOf = (memory: WebAssembly.Memory, dtype: KernelDtype): Float32Array | Float64Array =>
  dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);

const pagesFor = (bytes: number): number => Math.ceil(bytes / 65536) + 1;

/** Folding in a room, by the products of this module. */
function prepare(memory: WebAssembly.Memory, call: ConvolutionCall, isDeterministic: boolean) {
  const kernels = instantiate(roundingFor(isDeterministic), memory);
  const product = (one: ProductCall) => {
    const rows = prepareRows(kernels, one);
    return () => rows(0, one.rows, one.room);
  };
  return foldImages(kernels, call, geometryOf(call), { product });
}

/** The result by the reference, from what lies in memory. */
function expected(view: Float32Array | Float64Array, call: ConvolutionCall): NdArray["data"] {
  const { dtype, input, kernel, result, ...params } = call;
  const take = ({ address, shape }: ConvolutionCall["input"]): NdArray => {
    const from = address / bytesOf(dtype);
    return { shape, dtype, data: view.slice(from, from + sizeOf(shape)) };
  };
  const out = take(result);
  convolve(take(input), take(kernel), { ...params, high: [0, 0] }, out);
  return out.data;
}

function check(sizes: Sizes, dtype: KernelDtype, isDeterministic: boolean): void {
  const call = callOf(sizes, dtype);
  if (call === undefined) return;
  const size = bytesOf(dtype);
  const end = call.room + foldRoom(call, geometryOf(call), { productRoom });
  const memory = new WebAssembly.Memory({ initial: pagesFor(end) });
  const view = viewOf(memory, dtype).fill(UNTOUCHED);
  // What is in the room before must not come into the sums.
  view.fill(Number.NaN, call.room / size, Math.floor(end / size));
  fillNormal(seedKey(9), view.subarray(8 / size, call.result.address / size));
  const wanted = view.slice();
  wanted.set(expected(view, call), call.result.address / size);
  prepare(memory, call, isDeterministic)(0, sizes.images);
  // Elements have variance 1, so a sum of k products is of size √k, and its error about √k of ε each;
  // the reference sums in double precision, so in float64 both err.
  const taps = sizes.channels * sizes.kernel[0] * sizes.kernel[1];
  const tolerance = (dtype === "float32" ? 2 ** -22 : 2 ** -50) * (taps + 4);
  let largest = 0;
  for (let i = 0; i < call.room / size; i++) {
    const difference = Math.abs((view[i] ?? Number.NaN) - (wanted[i] ?? Number.NaN));
    largest = Math.max(difference, largest);
  }
  expect(largest).toBeLessThan(tolerance);
  expect(view.subarray(Math.ceil(end / size)).every((value) => value === UNTOUCHED)).toBe(true);
}

const same: Sizes = {
  ...{ images: 2, groups: 1, channels: 16, filters: 6, image: [8, 8], kernel: [5, 5] },
  ...{ low: [4, 4], high: [4, 4], dilation: [1, 1], inputDilation: [1, 1] },
};
const cases: readonly Sizes[] = [
  same,
  { ...same, channels: 3, filters: 70, image: [20, 21], kernel: [3, 3], groups: 2 },
  { ...same, channels: 300, filters: 5, image: [3, 3], kernel: [3, 3] },
  { ...same, inputDilation: [2, 2], low: [1, 2], high: [2, 1] },
  { ...same, image: [1, 1], low: [4, 4], high: [4, 4], inputDilation: [3, 7] },
  { ...same, image: [2, 40], kernel: [1, 3], low: [0, 2], high: [0, 2] },
];

describe.each(dtypes)("convolutions of %s from the input's side", (dtype) => {
  test.each(cases)("$image of $channels channels by $filters of $kernel", (sizes) => {
    check(sizes, dtype, true);
    check(sizes, dtype, false);
  });

  test("random geometry", () => {
    for (let seed = 0; seed < 400; seed++) check(randomSizes(seed), dtype, seed % 2 === 0);
  });

  test("parts of the images are the bits of the whole, each in a room of its own", () => {
    for (const sizes of cases) {
      const call = callOf({ ...sizes, images: 3 }, dtype);
      if (call === undefined) continue;
      const room = Math.ceil(foldRoom(call, geometryOf(call), { productRoom }) / 64) * 64;
      const pages = pagesFor(call.room + 2 * room);
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
      const view = viewOf(memory, dtype);
      fillNormal(seedKey(5), view.subarray(0, call.result.address / bytesOf(dtype)));
      prepare(memory, call, false)(0, 3);
      const operandsEnd = call.result.address / bytesOf(dtype);
      const resultEnd = operandsEnd + sizeOf(call.result.shape);
      const whole = view.slice(0, resultEnd);
      view.fill(UNTOUCHED, operandsEnd);
      prepare(memory, { ...call, room: call.room + room }, false)(1, 3);
      prepare(memory, call, false)(0, 1);
      expect(view.slice(0, resultEnd)).toEqual(whole);
    }
  });

  test("infinities and what is not a number reach the places they belong to, and no others", () => {
    for (let seed = 0; seed < 100; seed++) {
      const call = callOf(randomSizes(seed), dtype);
      if (call === undefined) continue;
      const end = call.room + foldRoom(call, geometryOf(call), { productRoom });
      const memory = new WebAssembly.Memory({ initial: pagesFor(end) });
      const view = viewOf(memory, dtype);
      const operands = view.subarray(8 / bytesOf(dtype), call.result.address / bytesOf(dtype)).fill(1);
      const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      const places = fillUniform(seedKey(seed), new Float64Array(6));
      places.forEach((place, i) => {
        operands[Math.floor(place * operands.length)] = strange[i % 3] ?? 0;
      });
      // All else are ones, whose sums are exact.
      const wanted = expected(view, call);
      prepare(memory, call, false)(0, call.input.shape[0] ?? 0);
      const from = call.result.address / bytesOf(dtype);
      expect(view.slice(from, from + wanted.length)).toEqual(wanted);
    }
  });
});
