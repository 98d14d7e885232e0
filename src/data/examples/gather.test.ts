/** Batches against their definition, (x − mean) / scale rounded to float32, for every kind of numbers and every path. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExampleData, readExampleArray } from "./example-array.ts";
import { gatherRows } from "./gather.ts";

const kinds = [Uint8Array, Int8Array, Int16Array, Uint16Array, Uint32Array, Float32Array, Float64Array];

/** Eleven rows, so that neither rows nor numbers come in fours alone. */
function examples(Kind: (typeof kinds)[number], size: number): ExampleData {
  const data = Kind.from(Array.from({ length: 11 * size }, (_, i) => (i * 37) % 101));
  return readExampleArray("test", { data, shape: [11, size] }, "inputs");
}

describe("gatherRows", () => {
  test("standardizes any kind of numbers", () => {
    const rows = fc.array(fc.nat({ max: 10 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        rows,
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        (Kind, list, isWhole, size) => {
          const array = examples(Kind, size);
          const mean = Array.from({ length: isWhole ? 1 : size }, (_, j) => 30.1 + j);
          const scale = mean.map((_, j) => 0.7 + j);
          const wanted = list.flatMap((row) =>
            Array.from({ length: size }, (_, j) => {
              const place = isWhole ? 0 : j;
              return ((array.data[row * size + j] ?? 0) - (mean[place] ?? 0)) / (scale[place] ?? 1);
            }),
          );
          const got = gatherRows(array, Int32Array.from(list), { mean, scale });
          expect([got.dtype, got.shape]).toEqual(["float32", [list.length, size]]);
          // Multiplying by 1 / scale in float64 may move a number to the neighbouring float32.
          [...got.toTypedArray()].forEach((value, i) => {
            expect(Math.abs(value - (wanted[i] ?? 0))).toBeLessThanOrEqual(
              Math.abs(wanted[i] ?? 0) * 2 ** -23,
            );
          });
        },
      ),
      { seed: 20261123, numRuns: 300 },
    );
  });

  test("takes the mean off before it rounds", () => {
    const array = readExampleArray("test", Float64Array.of(1e8 + 0.25, 1e8 - 0.25), "inputs");
    expect(gatherRows(array, [0, 1], { mean: [1e8], scale: [0.25] }).toArray()).toEqual([1, -1]);
  });

  test("copies where there is nothing to standardize, classes as int32", () => {
    const images = readExampleArray(
      "test",
      { data: Uint8Array.of(0, 255, 1, 2, 3, 4, 5, 6), shape: [2, 1, 2, 2] },
      "x",
    );
    const batch = gatherRows(images, [1]);
    expect([batch.dtype, batch.shape, batch.toArray()]).toEqual([
      "float32",
      [1, 1, 2, 2],
      [
        [
          [
            [3, 4],
            [5, 6],
          ],
        ],
      ],
    ]);
    const classes = gatherRows(readExampleArray("test", Int32Array.of(7, 8, 9), "targets"), [2, 0]);
    expect([classes.dtype, classes.toArray()]).toEqual(["int32", [9, 7]]);
  });

  test("fills the array that it is given", () => {
    const array = examples(Uint8Array, 3);
    const into = new Float32Array(6);
    expect(gatherRows(array, [1, 2], undefined, into).values().data).toBe(into);
    expect([...into]).toEqual([...array.data.slice(3, 9)]);
    expect(() => gatherRows(array, [1], undefined, into)).toThrow(/Float32Array of 3 numbers; got .* of 6/);
    expect(() => gatherRows(array, [1], undefined, new Int32Array(3))).toThrow(/got a Int32Array of 3/);
  });

  test("refuses rows that are not there, and standardizations of other features", () => {
    const array = examples(Uint8Array, 3);
    expect(() => gatherRows(array, [0, 11])).toThrow(/from 0 to 10; got 11 at 1/);
    expect(() => gatherRows(array, [-1])).toThrow(/got -1 at 0/);
    expect(() => gatherRows(array, [])).toThrow(/one row or more/);
    expect(() => gatherRows(array, [0], { mean: [0, 0], scale: [1, 1] })).toThrow(/for 2 features .* have 3/);
    const classes = readExampleArray("test", Int32Array.of(1), "targets");
    expect(() => gatherRows(classes, [0], { mean: [0], scale: [1] })).toThrow(/not standardized/);
  });
});
