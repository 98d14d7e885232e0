/** Products and convolutions on threads are, to the bit, those on one thread, whether workers have come yet or not. */
import { expect, test } from "vitest";
import { fillNormal, seedKey } from "../../core/random/index.ts";
import { foldsInWasm } from "../fold-choice.ts";
import type { ConvolutionCall, KernelDtype, Kernels, ProductCall } from "../kernels.ts";
import { wasmProvider } from "../wasm/provider.ts";
import { cores, threadsAbsence } from "./available.ts";
import { wasmThreadsProvider } from "./provider.ts";
import { rosterOf } from "./roster.ts";

const pages = 80;
const memoryOf = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
const viewOf = (memory: WebAssembly.Memory, dtype: KernelDtype): Float32Array | Float64Array =>
  dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
const nextTurn = (): Promise<void> => new Promise((done) => setTimeout(done, 2));
const isHere = threadsAbsence() === undefined;

/** Runs a call again and again, on fresh memory each time, while workers arrive. */
async function expectSame(
  dtype: KernelDtype,
  elements: number,
  run: (kernels: Kernels) => () => void,
): Promise<void> {
  const alone = memoryOf();
  const shared = memoryOf();
  const values = viewOf(alone, dtype).slice(0, resultEnd / viewOf(alone, dtype).BYTES_PER_ELEMENT);
  fillNormal(seedKey(3), values.subarray(0, elements));
  const fill = (memory: WebAssembly.Memory): void => viewOf(memory, dtype).set(values);
  fill(alone);
  run(wasmProvider().open(alone))();
  const { provider, useThreads } = wasmThreadsProvider();
  for (const threads of [1, 2]) {
    useThreads(threads);
    const divided = run(provider.open(shared));
    for (let turn = 0; turn < 3; turn++) {
      fill(shared);
      divided();
      expect(Buffer.compare(bytesBeforeRoom(shared), bytesBeforeRoom(alone))).toBe(0);
      await nextTurn();
    }
  }
}

/** Where the room begins: behind all results. */
const resultEnd = 3 * 2 ** 20;
const bytesBeforeRoom = ({ buffer }: WebAssembly.Memory): Uint8Array => new Uint8Array(buffer, 0, resultEnd);

type Shape = readonly [rows: number, columns: number, inner: number];
const shapes: readonly Shape[] = [
  [64, 64, 64],
  [65, 130, 40],
  [9, 300, 200],
  [1, 1000, 300],
  [500, 1, 600],
  [331, 33, 70],
];

test.runIf(isHere).each(shapes)("products of %i × %i, inner %i", async (rows, columns, inner) => {
  for (const dtype of ["float32", "float64"] as const)
    for (const bits of [0, 1, 2, 7]) {
      const size = dtype === "float32" ? 4 : 8;
      const [ta, tb] = [(bits & 1) !== 0, (bits & 2) !== 0];
      const a = { address: 0, stride: ta ? rows : inner, isTransposed: ta };
      const b = { address: rows * inner * size, stride: tb ? inner : columns, isTransposed: tb };
      const c = { address: b.address + inner * columns * size, stride: columns };
      const call: ProductCall = {
        ...{ dtype, rows, columns, inner, a, b, c },
        ...{ accumulate: bits === 7, room: resultEnd },
      };
      await expectSame(dtype, rows * inner + inner * columns + rows * columns, (kernels) =>
        kernels.product(call),
      );
    }
});

const convolutions: readonly Omit<ConvolutionCall, "dtype" | "room" | "input" | "kernel" | "result">[] = [
  { stride: [1, 1], low: [1, 1], dilation: [1, 1], inputDilation: [1, 1], groups: 1 },
  { stride: [2, 1], low: [0, 2], dilation: [1, 2], inputDilation: [1, 1], groups: 2 },
  { stride: [1, 1], low: [2, 2], dilation: [1, 1], inputDilation: [2, 2], groups: 1 },
];

test.runIf(isHere).each(convolutions)("convolution %#", async (geometry) => {
  for (const dtype of ["float32", "float64"] as const) {
    const size = dtype === "float32" ? 4 : 8;
    const kernel = { address: 0, shape: [6, 4 / geometry.groups, 3, 3] };
    const input = { address: 4 * 54 * size, shape: [7, 4, 14, 15] };
    const result = { address: 2 ** 19, shape: [7, 6, 13, 12] };
    const call: ConvolutionCall = { ...geometry, dtype, input, kernel, result, room: resultEnd };
    await expectSame(dtype, 7 * 4 * 14 * 15 + 4 * 54, (kernels) => kernels.convolution(call));
  }
});

test.runIf(isHere)("convolution from the input's side", async () => {
  for (const dtype of ["float32", "float64"] as const) {
    const call: ConvolutionCall = {
      ...{ dtype, stride: [1, 1], low: [4, 4], dilation: [1, 1], inputDilation: [1, 1], groups: 2 },
      kernel: { address: 0, shape: [6, 16, 5, 5] },
      input: { address: 2 ** 15, shape: [7, 32, 8, 8] },
      result: { address: 2 ** 19, shape: [7, 6, 12, 12] },
      room: resultEnd,
    };
    expect(foldsInWasm(call)).toBe(true);
    await expectSame(dtype, 30_000, (kernels) => kernels.convolution(call));
  }
});

test("says with how many threads it works", () => {
  const { provider, useThreads } = wasmThreadsProvider({ deterministic: true });
  expect(useThreads(1)).toBe(1);
  expect(provider.description).toMatch(/no fused multiply-add, 1 thread$/);
  expect(useThreads(undefined)).toBe(cores());
});

test.runIf(isHere)("workers take part", async () => {
  const memory = memoryOf();
  const { provider } = wasmThreadsProvider();
  const a = { address: 0, stride: 256, isTransposed: false };
  const run = provider.open(memory).product({
    ...{
      dtype: "float32",
      rows: 256,
      columns: 256,
      inner: 256,
      a,
      b: a,
      c: { address: 2 ** 19, stride: 256 },
    },
    ...{ accumulate: false, room: resultEnd },
  });
  for (let turn = 0; turn < 200 && !rosterOf(memory).isReady(); turn++) {
    run();
    await nextTurn();
  }
  expect(rosterOf(memory).isReady()).toBe(true);
});
