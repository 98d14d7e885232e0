/** Standardization. Expected values: the example of scikit-learn's documentation of StandardScaler; the mean 0.1307 and deviation 0.3081 of MNIST. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mnistExamples } from "../mnist-examples.ts";
import { readExampleArray } from "./example-array.ts";
import { gatherRows } from "./gather.ts";
import { standardizationOf } from "./standardization.ts";

describe("standardizationOf", () => {
  test("is scikit-learn's", () => {
    const fitted = standardizationOf(
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 1],
      ],
      "features",
    );
    expect(fitted).toEqual({ mean: [0.5, 0.5], scale: [0.5, 0.5] });
    const two = readExampleArray("test", [[2, 2]], "inputs");
    expect(gatherRows(two, [0], fitted).toArray()).toEqual([[3, 3]]);
  });

  test("finds the numbers of MNIST that everybody uses", () => {
    const { mean, scale } = standardizationOf(mnistExamples().train.inputs, "whole");
    expect((mean[0] ?? 0) / 255).toBeCloseTo(0.1307, 4);
    expect((scale[0] ?? 0) / 255).toBeCloseTo(0.3081, 4);
  });

  test("makes mean 0 and variance 1 of any numbers, however far from 0", () => {
    const columns = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(1e-3, 1, 1e3));
    fc.assert(
      fc.property(columns, fc.constantFrom("features", "whole"), ([offset, size], over) => {
        const data = Float64Array.from({ length: 60 }, (_, i) => offset + size * Math.sin(i));
        const { mean, scale } = standardizationOf({ data, shape: [20, 3] }, over);
        for (let j = 0; j < 3; j++) {
          const place = over === "whole" ? 0 : j;
          const own = [...data].filter((_, i) => over === "whole" || i % 3 === j);
          const z = own.map((value) => (value - (mean[place] ?? 0)) / (scale[place] ?? 1));
          // Rounding of the numbers themselves, |offset| 2⁻⁵³ over a deviation of about size / √2, allows no more.
          const digits = size < 1 ? 5 : 8;
          expect(z.reduce((a, b) => a + b) / z.length).toBeCloseTo(0, digits);
          expect(z.reduce((a, b) => a + b * b, 0) / z.length).toBeCloseTo(1, digits);
        }
      }),
      { seed: 20261123 },
    );
  });

  test("gives bytes what it gives the same numbers as floats", () => {
    const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(bytes, fc.constantFrom("features", "whole"), (data, over) => {
        const counted = standardizationOf({ data, shape: [4, 3] }, over);
        const summed = standardizationOf({ data: Float64Array.from(data), shape: [4, 3] }, over);
        expect(counted.note).toEqual(summed.note);
        counted.mean.forEach((mean, j) => {
          expect(mean).toBeCloseTo(summed.mean[j] ?? Number.NaN, 10);
          expect(counted.scale[j]).toBeCloseTo(summed.scale[j] ?? Number.NaN, 10);
        });
      }),
      { seed: 20261123 },
    );
  });

  test("leaves a constant feature its size, and says so", () => {
    // The mean of three times 0.1 is not 0.1 in float64, and no reason to divide by what is left over.
    const { mean, scale, note } = standardizationOf(
      [
        [0.1, 1],
        [0.1, 2],
        [0.1, 3],
      ],
      "features",
    );
    expect([mean[0], scale[0]]).toEqual([0.1, 1]);
    expect(note).toBe("1 of 2 features never changes (0): they become 0 and teach nothing");
  });

  test("looks only at the rows that it is given", () => {
    const { mean } = standardizationOf([[1], [2], [300]], "features", Int32Array.of(0, 1));
    expect(mean).toEqual([1.5]);
  });

  test("refuses indices, and rows that are not there", () => {
    expect(() => standardizationOf(Int32Array.of(1, 2), "whole")).toThrow(/int32 inputs are indices/);
    expect(() => standardizationOf([1, 2], "whole", Int32Array.of(2))).toThrow(/from 0 to 1; got 2 at 0/);
    // @ts-expect-error neither of both
    expect(() => standardizationOf([1, 2], "columns")).toThrow(/over "features" or "whole"; got "columns"/);
  });
});
