/** Splits, by their properties: both parts together are all rows, shares are kept, the same key splits alike. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomKey } from "../../tensor/operations/index.ts";
import { readExampleArray } from "./example-array.ts";
import { takeRows } from "./rows.ts";
import { splitExamples } from "./split.ts";

const seeds = fc.nat({ max: 1000 });
const shares = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe("splitExamples", () => {
  test("puts every row into one part, and the share into the second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), shares, seeds, (count, share, seed) => {
        const { training, validation } = splitExamples(count, share, randomKey(seed));
        expect([...training, ...validation].sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, row) => row),
        );
        expect(validation.length).toBe(Math.min(count - 1, Math.max(1, Math.round(share * count))));
        expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
      }),
      { seed: 20261123 },
    );
  });

  test("keeps the proportions of classes to less than one example", () => {
    const sizes = fc.array(fc.integer({ min: 3, max: 12 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.1, max: 0.4, noNaN: true }), seeds, (of, share, seed) => {
        const stratify = of.flatMap((size, one) => new Array<number>(size).fill(one));
        const { validation } = splitExamples(stratify.length, share, randomKey(seed), { stratify });
        const wanted = Math.max(1, Math.round(share * stratify.length));
        expect(validation.length).toBe(wanted);
        of.forEach((size, one) => {
          const held = validation.filter((row) => stratify[row] === one).length;
          expect(Math.abs(held - (size * wanted) / stratify.length)).toBeLessThan(1);
        });
      }),
      { seed: 20261123 },
    );
  });

  test("leaves every class something to learn from", () => {
    const classes = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(classes, shares, seeds, (stratify, share, seed) => {
        const { training } = splitExamples(stratify.length, share, randomKey(seed), { stratify });
        expect(new Set([...training].map((row) => stratify[row]))).toEqual(new Set(stratify));
      }),
      { seed: 20261123 },
    );
  });

  test("splits alike with the same key, and otherwise with another", () => {
    const rows = (seed: number): number[] => [...splitExamples(100, 0.3, randomKey(seed)).validation];
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
  });

  test("refuses what cannot be split", () => {
    const key = randomKey(0);
    expect(() => splitExamples(1, 0.5, key)).toThrow(/two examples or more; got 1/);
    expect(() => splitExamples(10, 20, key)).toThrow(/lies in \(0, 1\); got 20/);
    expect(() => splitExamples(3, 0.5, key, { stratify: [0, 1] })).toThrow(/each of the 3 examples; got 2/);
    expect(() => splitExamples(2, 0.5, key, { stratify: [0, 0.5] })).toThrow(/example 1 has 0.5/);
  });
});

test("takeRows copies rows in their order, of any type", () => {
  const kinds = [
    Uint8Array,
    Int32Array,
    Float32Array,
    Float64Array,
    Int16Array,
    Uint16Array,
    Int8Array,
    Uint32Array,
  ];
  for (const Kind of [...kinds, Uint8ClampedArray]) {
    const array = readExampleArray("test", { data: Kind.of(1, 2, 3, 4, 5, 6), shape: [3, 2] }, "inputs");
    const taken = takeRows(array, [2, 0, 2]);
    expect(taken).toEqual({ data: Kind.of(5, 6, 1, 2, 5, 6), shape: [3, 2], dtype: array.dtype });
  }
  expect(() => takeRows(readExampleArray("test", [1, 2], "inputs"), [])).toThrow(/one row or more/);
});
