/** What is written is read again by `readIdx`, which is tested against the format's description on its own. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type IdxArray, readIdx } from "./idx.ts";
import { writeIdx } from "./write-idx.ts";

const bytes = fc.uint8Array({ maxLength: 6 });
const arrays: fc.Arbitrary<IdxArray> = fc.oneof(
  bytes.map((data): IdxArray => ({ dtype: "uint8", shape: [data.length], data })),
  fc
    .int8Array({ minLength: 6, maxLength: 6 })
    .map((data): IdxArray => ({ dtype: "int8", shape: [2, 3], data })),
  fc.int16Array().map((data): IdxArray => ({ dtype: "int16", shape: [1, data.length], data })),
  fc.int32Array().map((data): IdxArray => ({ dtype: "int32", shape: [data.length, 1], data })),
  fc
    .float32Array({ minLength: 1, maxLength: 1 })
    .map((data): IdxArray => ({ dtype: "float32", shape: [], data })),
  fc.float64Array().map((data): IdxArray => ({ dtype: "float64", shape: [data.length], data })),
);

test("writeIdx writes what readIdx reads", () => {
  fc.assert(
    fc.property(arrays, (array) => {
      expect(readIdx(writeIdx(array))).toEqual(array);
    }),
    { seed: 20261123 },
  );
});

test("writeIdx refuses shapes of other values and dtypes that IDX has not", () => {
  expect(() => writeIdx({ dtype: "uint8", shape: [2], data: new Uint8Array(3) })).toThrow(
    /3 values .* \[2\]/,
  );
  // @ts-expect-error a dtype of tensors
  expect(() => writeIdx({ dtype: "bool", shape: [1], data: new Uint8Array(1) })).toThrow(/got "bool"/);
});
