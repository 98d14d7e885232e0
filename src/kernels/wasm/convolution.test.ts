/**
 * Convolutions against the reference interpreter's, on the shapes networks have, their derivatives', and
 * random ones.
 */
import { describe, expect, test } from "vitest";
import { fillNormal, fillUniform, seedKey } from "../../core/random/index.ts";
import type { NdArray } from "../../tensor/array.ts";
import { type ConvolutionParams, convolution } from "../../tensor/primitives/convolution.ts";
import { convolve } from "../../tensor/primitives/convolve.ts";
import type { ConvolutionCall, KernelDtype } from "../kernels.ts";
import { prepareImages } from "./convolution.ts";
import { instantiate, roundingFor } from "./module.ts";
import { bytesOf } from "./product.ts";
import { wasmProvider } from "./provider.ts";

/** Enough for each of the cases by name. */
const PAGES = 64;
const UNTOUCHED = 12345;
const roundings = [...new Set([roundingFor(true), roundingFor(false)])];
const plainParams: ConvolutionParams = {
  stride: [1, 1],
  low: [0, 0],
  high: [0, 0],
  dilation: [1, 1],
  inputDilation: [1, 1],
  groups: 1,
};

interface Case {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly params: ConvolutionParams;
}

const plain = (
  x: readonly number[],
  w: readonly number[],
  params: Partial<ConvolutionParams> = {},
): Case => ({
  x,
  w,
  params: { ...plainParams, ...params },
});

const cases: readonly Case[] = [
  plain([2, 1, 28, 28], [6, 1, 5, 5]),
  plain([1, 8, 28, 28], [6, 8, 24, 24]),
  plain([2, 6, 12, 12], [16, 6, 5, 5]),
  plain([6, 3, 12, 12], [16, 3, 8, 8]),
  plain([2, 16, 8, 8], [6, 16, 5, 5], { low: [4, 4], high: [4, 4] }),
  plain([3, 16, 5, 5], [12, 16, 5, 5]),
  plain([3, 4, 5, 5], [12, 2, 5, 5], { groups: 2 }),
  plain([2, 4, 6, 7], [6, 2, 1, 1], { groups: 2 }),
  plain([2, 3, 9, 9], [4, 3, 3, 3], { stride: [2, 2], low: [1, 1], high: [1, 1] }),
  plain([2, 3, 5, 5], [4, 3, 3, 3], { inputDilation: [2, 2], low: [1, 2], high: [1, 1] }),
  plain([2, 3, 7, 8], [4, 3, 2, 2], { low: [-1, -2], high: [-1, 0] }),
  plain([2, 4, 9, 9], [4, 1, 3, 3], { groups: 4, dilation: [2, 3], low: [1, 2], high: [2, 1] }),
  plain([2, 13, 6, 6], [3, 13, 5, 5], { low: [2, 2], high: [2, 2] }),
  plain([2, 60, 3, 3], [6, 30, 3, 3], { low: [1, 0], high: [3, 0], groups: 2, stride: [2, 1] }),
  plain([0, 1, 4, 4], [2, 1, 3, 3]),
  plain([2, 0, 4, 4], [2, 0, 3, 3]),
  plain([2, 1, 4, 4], [0, 1, 3, 3]),
  plain([2, 1, 3, 3], [2, 1, 4, 4]),
  plain([2, 1, 0, 3], [2, 1, 1, 1], { low: [1, 0], high: [1, 0] }),
  plain([2, 2, 3, 3], [2, 2, 0, 1]),
  plain([1, 300, 3, 3], [5, 300, 1, 2]),
  plain([1, 1, 3, 3], [2, 1, 3, 3], { low: [7, 7], high: [-2, 5] }),
];

/** Random geometry, a case for each seed. */
function randomCase(seed: number): Case {
  const numbers = fillUniform(seedKey(seed), new Float64Array(24));
  let next = 0;
  const upTo = (low: number, high: number): number =>
    low + Math.floor((numbers[next++] ?? 0) * (high - low + 1));
  const pair = (low: number, high: number): [number, number] => [upTo(low, high), upTo(low, high)];
  const groups = upTo(1, 3);
  const channels = upTo(1, 5);
  return {
    x: [upTo(1, 3), groups * channels, ...pair(1, 14)],
    w: [groups * upTo(1, 9), channels, ...pair(1, 5)],
    params: {
      stride: pair(1, 3),
      low: pair(-2, 4),
      high: pair(-2, 4),
      dilation: pair(1, 3),
      inputDilation: pair(1, 3),
      groups,
    },
  };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function randomArray(shape: readonly number[], dtype: KernelDtype, seed: number): NdArray {
  const size = sizeOf(shape);
  const data = dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
  return { shape, dtype, data: fillNormal(seedKey(seed), data) };
}

/** The shape of the result; undefined where the kernel does not fit. */
function resultShape({ x, w, params }: Case): readonly number[] | undefined {
  const types = [x, w].map((shape) => ({ shape, dtype: "float64" as const }));
  try {
    return convolution.type(types, params)[0]?.shape;
  } catch {
    return undefined;
  }
}

/** Where the operands lie, one after the other, and the room behind them. */
function callOf({ x, w, params }: Case, shape: readonly number[], dtype: KernelDtype): ConvolutionCall {
  const size = bytesOf(dtype);
  const kernel = 8 + sizeOf(x) * size;
  const result = kernel + sizeOf(w) * size;
  const { stride, low, dilation, inputDilation, groups } = params;
  return {
    dtype,
    input: { address: 8, shape: x },
    kernel: { address: kernel, shape: w },
    result: { address: result, shape },
    stride,
    low,
    dilation,
    inputDilation,
    groups,
    room: Math.ceil((result + sizeOf(shape) * size) / 8) * 8,
  };
}

const viewOf = (memory: WebAssembly.Memory, dtype: KernelDtype): Float32Array | Float64Array =>
  dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);

function checkCase(one: Case, dtype: KernelDtype, deterministic: boolean): void {
  const shape = resultShape(one);
  if (shape === undefined) return;
  const size = bytesOf(dtype);
  const call = callOf(one, shape, dtype);
  const end =
    call.room +
    wasmProvider()
      .open(new WebAssembly.Memory({ initial: 0 }))
      .convolutionRoom(call);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) + 1 });
  const view = viewOf(memory, dtype).fill(UNTOUCHED);
  const [x, w] = [randomArray(one.x, dtype, 1), randomArray(one.w, dtype, 2)];
  view.set(x.data, call.input.address / size);
  view.set(w.data, call.kernel.address / size);
  const wanted = view.slice();
  const out = randomArray(shape, dtype, 3);
  convolve(x, w, one.params, out);
  wanted.set(out.data, call.result.address / size);
  const kernels = wasmProvider({ deterministic }).open(memory);
  kernels.convolution(call)();
  const taps = sizeOf(one.w.slice(1));
  // Elements have variance 1, so a sum of k products is of size √k, and its error about √k of ε each.
  const tolerance = (dtype === "float32" ? 2 ** -22 : 2 ** -51) * (taps + 4);
  const [before, behind] = [call.room / size, Math.ceil(end / size)];
  let largest = 0;
  for (let i = 0; i < before; i++) {
    largest = Math.max(largest, Math.abs((view[i] ?? Number.NaN) - (wanted[i] ?? Number.NaN)));
  }
  expect(largest).toBeLessThan(tolerance);
  expect(view.subarray(behind).every((value) => value === UNTOUCHED)).toBe(true);
}

describe.each(["float32", "float64"] as const)("convolutions of %s", (dtype) => {
  test.each(cases)("$x by $w", (one) => {
    checkCase(one, dtype, true);
    checkCase(one, dtype, false);
  });

  test("random geometry", () => {
    for (let seed = 0; seed < 300; seed++) checkCase(randomCase(seed), dtype, seed % 2 === 0);
  });

  test.each(roundings)("%s: parts of the images are the bits of the whole, on shared memory", (rounding) => {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
    for (const one of cases.filter(({ x }) => (x[0] ?? 0) > 1)) {
      const shape = resultShape(one) ?? [];
      const call = callOf(one, shape, dtype);
      const view = viewOf(memory, dtype);
      const kernels = instantiate(rounding, memory);
      const images = prepareImages(kernels, call);
      fillNormal(seedKey(5), view.subarray(0, 100_000));
      images(0, one.x[0] ?? 0, call.room);
      const whole = Array.from(view.subarray(0, call.room / bytesOf(dtype)));
      images(1, one.x[0] ?? 0, call.room + 2 ** 20);
      images(0, 1, call.room);
      expect(Array.from(view.subarray(0, call.room / bytesOf(dtype)))).toEqual(whole);
    }
  });
});

test("a pixel that is not a number reaches the places that look at it", () => {
  const one = plain([1, 1, 6, 11], [1, 1, 3, 3], { low: [1, 1], high: [1, 1] });
  const call = callOf(one, [1, 1, 6, 11], "float32");
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const view = new Float32Array(memory.buffer);
  view.fill(1, 2, call.result.address / 4);
  view[2 + 2 * 11 + 9] = Number.NaN;
  wasmProvider().open(memory).convolution(call)();
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 11; j++) {
      const looks = Math.abs(i - 2) <= 1 && Math.abs(j - 9) <= 1;
      expect(Number.isNaN(view[call.result.address / 4 + i * 11 + j])).toBe(looks);
    }
  }
});
