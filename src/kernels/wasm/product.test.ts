/** Products against sums in double precision, on shapes on both sides of every block, vector and tile. */
import { describe, expect, test } from "vitest";
import { fillNormal, seedKey } from "../../core/random/index.ts";
import type { KernelDtype, ProductCall } from "../kernels.ts";
import { instantiate, roundingFor } from "./module.ts";
import { bytesOf, prepareRows } from "./product.ts";
import { wasmProvider } from "./provider.ts";

/** Enough for the largest case twice. */
const PAGES = 24;
/** What lies around C and the room; no sum comes to it. */
const UNTOUCHED = 12345;

const roundings = [...new Set([roundingFor(true), roundingFor(false)])];

type Shape = readonly [rows: number, columns: number, inner: number];

const shapes: readonly Shape[] = [
  [0, 3, 2],
  [3, 0, 2],
  [3, 2, 0],
  [1, 1, 1],
  [1, 7, 5],
  [1, 1, 37],
  [7, 1, 5],
  [13, 1, 40],
  [2, 2, 2],
  [3, 5, 7],
  [4, 8, 16],
  [5, 9, 17],
  [8, 4, 3],
  [9, 10, 30],
  [13, 33, 70],
  [16, 64, 64],
  [31, 65, 300],
  [130, 40, 33],
  [133, 19, 260],
  [14, 530, 20],
  [3, 600, 12],
];

/** Which of the choices of a call are taken: A transposed, B transposed, accumulated, rows apart, in bits. */
const variants = Array.from({ length: 16 }, (_, bits) => bits);

interface Case {
  readonly call: ProductCall;
  readonly roomBytes: number;
  /** Where nothing may be written from. */
  readonly end: number;
}

function caseOf(dtype: KernelDtype, [rows, columns, inner]: Shape, bits: number): Case {
  const size = bytesOf(dtype);
  const apart = (bits & 8) !== 0 ? 3 : 0;
  const [ta, tb] = [(bits & 1) !== 0, (bits & 2) !== 0];
  const a = { address: 3 * size, stride: (ta ? rows : inner) + apart, isTransposed: ta };
  const b = {
    address: a.address + (ta ? inner : rows) * a.stride * size,
    stride: (tb ? inner : columns) + apart,
    isTransposed: tb,
  };
  const c = {
    address: b.address + ((tb ? columns : inner) * b.stride + 2) * size,
    stride: columns + apart,
  };
  const room = c.address + (rows * c.stride + 2) * size;
  const call = { dtype, rows, columns, inner, a, b, c, accumulate: (bits & 4) !== 0, room };
  const roomBytes = wasmProvider().open(smallMemory()).productRoom(call);
  return { call, roomBytes, end: room + roomBytes };
}

const smallMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1 });
const sharedMemory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
const viewOf = (memory: WebAssembly.Memory, dtype: KernelDtype): Float32Array | Float64Array =>
  dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);

/** Fills what the call reads; everything else holds `UNTOUCHED`, rows of C that are added to some numbers. */
function fill(memory: WebAssembly.Memory, { call }: Case): void {
  const view = viewOf(memory, call.dtype);
  view.fill(UNTOUCHED);
  const size = bytesOf(call.dtype);
  fillNormal(seedKey(7), view.subarray(call.a.address / size, call.c.address / size - 2));
  for (let i = 0; i < call.rows; i++) {
    const start = call.c.address / size + i * call.c.stride;
    for (let j = 0; j < call.columns; j++) view[start + j] = (i - j) / 8;
  }
}

/** The memory as it should be before the room, and the largest sum of magnitudes of an element of C. */
function expected(
  memory: WebAssembly.Memory,
  { call }: Case,
): { readonly values: Float32Array | Float64Array; readonly scale: number } {
  const size = bytesOf(call.dtype);
  const before = viewOf(memory, call.dtype).slice(0, call.room / size);
  const values = before.slice();
  const { a, b, c } = call;
  let scale = 1;
  for (let i = 0; i < call.rows; i++) {
    for (let j = 0; j < call.columns; j++) {
      const place = c.address / size + i * c.stride + j;
      let sum = call.accumulate ? (before[place] ?? 0) : 0;
      let magnitude = Math.abs(sum);
      for (let p = 0; p < call.inner; p++) {
        const x = before[a.address / size + (a.isTransposed ? p * a.stride + i : i * a.stride + p)] ?? 0;
        const y = before[b.address / size + (b.isTransposed ? j * b.stride + p : p * b.stride + j)] ?? 0;
        sum += x * y;
        magnitude += Math.abs(x * y);
      }
      values[place] = sum;
      scale = Math.max(scale, magnitude);
    }
  }
  return { values, scale };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    largest = Math.max(largest, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  }
  return largest;
}

describe.each(["float32", "float64"] as const)("products of %s", (dtype) => {
  // Higham (2002), section 3.1: the error of a sum of k products is at most about k·ε times the sum of
  // magnitudes; twice √k suffices here, since errors of rounding are of either sign.
  const epsilon = dtype === "float32" ? 2 ** -24 : 2 ** -53;
  describe.each([true, false])("deterministic %s", (deterministic) => {
    test.each(shapes)("%i by %i over %i", (...shape) => {
      const memory = new WebAssembly.Memory({ initial: PAGES });
      const kernels = wasmProvider({ deterministic }).open(memory);
      for (const bits of variants) {
        const one = caseOf(dtype, shape, bits);
        fill(memory, one);
        const { values, scale } = expected(memory, one);
        kernels.product(one.call)();
        const view = viewOf(memory, dtype);
        const bound = 2 * epsilon * scale * Math.sqrt(shape[2] + 4);
        expect(largestDifference(view.subarray(0, values.length), values), `variant ${bits}`).toBeLessThan(
          bound,
        );
        const behind = view.subarray(Math.ceil(one.end / bytesOf(dtype))).subarray(0, 4096);
        expect(
          behind.every((value) => value === UNTOUCHED),
          `variant ${bits} writes behind its room`,
        ).toBe(true);
      }
    });
  });

  test.each(roundings)(
    "%s: parts of the rows, each with room of its own on shared memory, are the bits of the whole",
    (rounding) => {
      const memory = sharedMemory();
      for (const shape of shapes.filter(([rows]) => rows > 2)) {
        for (const bits of variants) {
          const one = caseOf(dtype, shape, bits);
          const kernels = instantiate(rounding, memory);
          const rows = prepareRows(kernels, one.call);
          fill(memory, one);
          rows(0, shape[0], one.call.room);
          const whole = viewOf(memory, dtype).slice(0, one.call.room / bytesOf(dtype));
          fill(memory, one);
          const middle = Math.floor(shape[0] / 2);
          rows(middle, shape[0], Math.ceil(one.end / 16) * 16);
          rows(0, middle, one.call.room);
          const parts = viewOf(memory, dtype).slice(0, one.call.room / bytesOf(dtype));
          expect(Buffer.compare(new Uint8Array(parts.buffer), new Uint8Array(whole.buffer))).toBe(0);
        }
      }
    },
  );

  test("not a number and infinities stay in their rows and columns", () => {
    const memory = new WebAssembly.Memory({ initial: PAGES });
    const kernels = wasmProvider().open(memory);
    for (const shape of shapes.filter(([rows, columns, inner]) => rows > 2 && columns > 0 && inner > 1)) {
      const one = caseOf(dtype, shape, 0);
      fill(memory, one);
      const { a, b, c } = one.call;
      const view = viewOf(memory, dtype);
      const size = bytesOf(dtype);
      view.fill(1, a.address / size, c.address / size - 2);
      view[a.address / size + a.stride] = Number.NaN;
      view[b.address / size + shape[1] - 1] = Number.POSITIVE_INFINITY;
      kernels.product(one.call)();
      for (let i = 0; i < shape[0]; i++) {
        for (let j = 0; j < shape[1]; j++) {
          const wanted = i === 1 ? Number.NaN : j === shape[1] - 1 ? Number.POSITIVE_INFINITY : shape[2];
          expect(view[c.address / size + i * c.stride + j]).toBe(wanted);
        }
      }
    }
  });
});

test("prepared products stay valid when the memory grows", () => {
  const memory = smallMemory();
  const { call } = caseOf("float64", [3, 5, 7], 0);
  const run = wasmProvider().open(memory).product(call);
  memory.grow(1);
  new Float64Array(memory.buffer).fill(1);
  run();
  expect(new Float64Array(memory.buffer)[call.c.address / 8]).toBe(7);
});

test("the last bytes of a memory are read, and none behind them", () => {
  const memory = smallMemory();
  const view = new Float32Array(memory.buffer).fill(1);
  const [rows, columns, inner] = [3, 5, 3];
  const a = { address: 65536 - 4 * rows * inner, stride: inner, isTransposed: false };
  const b = { address: a.address - 4 * inner * columns, stride: columns, isTransposed: false };
  const c = { address: 0, stride: columns };
  const call = { dtype: "float32", rows, columns, inner, a, b, c, accumulate: false, room: 1024 } as const;
  const kernels = wasmProvider().open(memory);
  kernels.product(call)();
  expect(view.subarray(0, rows * columns).every((value) => value === inner)).toBe(true);
});
