/** Plain data survives JSON bit for bit, and no data can be mistaken for another. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { arrayTypes, clonePlain, samePlain } from "./plain-data.ts";
import { fromJson, toJson } from "./plain-text.ts";

const through = (value: unknown): unknown =>
  fromJson(JSON.parse(JSON.stringify(toJson(value, "data"))), "data");

const typedArray = fc
  .tuple(fc.constantFrom(...Object.values(arrayTypes)), fc.uint8Array({ maxLength: 32 }))
  .map(
    ([type, bytes]) => new type(Uint8Array.from(bytes.subarray(0, bytes.length - (bytes.length % 8))).buffer),
  );

const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: "small" },
    fc.double(),
    fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, undefined, null, true, false),
    fc.string(),
    typedArray,
    fc.array(tie("data")),
    // Keys that the written form uses itself, and one that objects take for their prototype.
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$", "base64", "value", "__proto__", "toJSON")),
      tie("data"),
    ),
  ),
}));

test("any plain data comes back the same", () => {
  fc.assert(fc.property(data, (value) => samePlain(through(value), value)));
});

test("data that looks like the written form comes back the same", () => {
  for (const lookalike of [
    { $: "undefined" },
    { $: { $: "NaN" } },
    { $: "object", value: { $: 1 } },
    toJson({ $: -0 }, ""),
  ])
    expect(through(lookalike)).toStrictEqual(lookalike);
});

test("bits of numbers that are not numbers survive in typed arrays", () => {
  const odd = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_0123n, 0xffff_ffff_ffff_ffffn]).buffer);
  expect(samePlain(through(odd), odd)).toBe(true);
  expect(samePlain(clonePlain(odd), odd)).toBe(true);
});

test("large arrays, and views into larger memory, are written alone", () => {
  const memory = new Float64Array(100_000).map((_, i) => i);
  const view = memory.subarray(10, 20_010);
  expect(through(view)).toEqual(view.slice());
  expect(clonePlain(view).buffer.byteLength).toBe(160_000);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  expect(clonePlain(shared).buffer).toBeInstanceOf(ArrayBuffer);
});

test("a clone shares nothing", () => {
  const original = { list: [Float64Array.of(1)], nested: { word: "w", none: undefined } };
  const clone = clonePlain(original);
  expect(clone).toStrictEqual(original);
  original.list[0]?.fill(9);
  expect(clone.list[0]).toEqual(Float64Array.of(1));
});

test.each([
  [{ a: undefined }, {}],
  [-0, 0],
  [Float64Array.of(-0), Float64Array.of(0)],
  [Float64Array.of(1), Float32Array.of(1)],
  [Uint8Array.of(1), [1]],
  [[1], { 0: 1 }],
  [null, {}],
  [{ a: 1 }, { b: 1 }],
])("%o is not the same as %o", (a, b) => {
  expect(samePlain(a, b)).toBe(false);
  expect(samePlain(b, a)).toBe(false);
});
