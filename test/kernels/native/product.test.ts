/** The native product against its definition: random shapes, strides, transposes, memories; NaN and infinities. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { KernelDtype, MatrixPlace, ProductCall } from "../../../src/kernels/kernels.ts";
import { providerOf } from "../../../src/kernels/native/provider.ts";
import { elementsOf, plainProduct } from "../plain-product.ts";
import { describeNative } from "./here.ts";

const pages = 1;
const memoryOf = (shared: boolean): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: 2 * pages, shared });

const length = fc.oneof(fc.constantFrom(0, 1, 1, 2), fc.integer({ min: 1, max: 40 }));

/** A product of random shape; matrices lie one behind the other with room between the rows. */
const calls: fc.Arbitrary<ProductCall> = fc
  .record({
    dtype: fc.constantFrom<KernelDtype>("float32", "float64"),
    rows: length,
    columns: length,
    inner: length,
    gaps: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    turned: fc.tuple(fc.boolean(), fc.boolean()),
    accumulate: fc.boolean(),
  })
  .map(({ gaps, turned, ...call }) => {
    const { rows, columns, inner, dtype } = call;
    let address = 16;
    const place = (height: number, width: number, gap: number, isTransposed: boolean): MatrixPlace => {
      const [stored, stride] = isTransposed ? [width, height + gap] : [height, width + gap];
      const here = { address, stride, isTransposed };
      address += (stored * stride + 3) * (dtype === "float32" ? 4 : 8);
      return here;
    };
    const a = place(rows, inner, gaps[0], turned[0]);
    const b = place(inner, columns, gaps[1], turned[1]);
    return { ...call, a, b, c: place(rows, columns, gaps[2], false), room: 0 };
  });

/** Whole numbers, so that sums are exact and both sides must agree to the bit; here and there something not finite. */
function fill(memory: WebAssembly.Memory, dtype: KernelDtype, seed: number, isFinite: boolean): void {
  const elements = elementsOf(memory, dtype);
  for (let i = 0; i < elements.length; i++) elements[i] = ((i * 7 + seed) % 11) - 5;
  if (isFinite) return;
  for (let i = seed; i < elements.length; i += 97)
    elements[i] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 3] as number;
}

describeNative("the native product", (library) => {
  const provider = providerOf(library);

  test("equals its definition to the bit on whole numbers and touches nothing else", () => {
    fc.assert(
      fc.property(calls, fc.boolean(), fc.nat(90), fc.boolean(), (call, shared, seed, isFinite) => {
        const [native, plain] = [memoryOf(shared), memoryOf(false)];
        for (const memory of [native, plain]) fill(memory, call.dtype, seed, isFinite);
        provider.open(native).product(call)();
        plainProduct(plain, call)();
        const [found, expected] = [elementsOf(native, call.dtype), elementsOf(plain, call.dtype)];
        expect(found.findIndex((value, i) => !Object.is(value, expected[i]))).toBe(-1);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  test("a prepared product stays valid when its memory grows", () => {
    for (const shared of [false, true]) {
      const memory = memoryOf(shared);
      const elements = (): Float32Array | Float64Array => elementsOf(memory, "float64");
      elements().set([1, 2, 3, 4], 0);
      const square = { address: 0, stride: 2, isTransposed: false };
      const run = provider.open(memory).product({
        dtype: "float64",
        rows: 2,
        columns: 2,
        inner: 2,
        a: square,
        b: square,
        c: { address: 64, stride: 2 },
        accumulate: false,
        room: 0,
      });
      memory.grow(pages);
      run();
      expect([...elements().subarray(8, 12)]).toEqual([7, 10, 15, 22]);
    }
  });

  test("a matrix outside the memory is refused", () => {
    const place = { address: 0, stride: 200, isTransposed: false };
    const call: ProductCall = {
      dtype: "float64",
      rows: 200,
      columns: 200,
      inner: 200,
      a: place,
      b: place,
      c: place,
      accumulate: false,
      room: 0,
    };
    const { product } = providerOf(library).open(memoryOf(false));
    expect(() => product(call)).toThrow(/`product\(\{ a \}\)` must lie in the memory of 65536 bytes/);
    const small = { ...call, rows: 2, columns: 2, inner: 2 };
    expect(() => product({ ...small, b: { ...place, stride: 1 } })).toThrow("rows that do not overlap");
    expect(() => product({ ...small, c: { address: -8, stride: 2 } })).toThrow("at -8 with stride 2");
  });
});
