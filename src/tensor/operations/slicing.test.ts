/** Values made by NumPy 1.24.2, and every slice against an array model of Python's rules. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { type SliceSpec, slice, tensor } from "../index.ts";

const c = tensor(
  Float64Array.from({ length: 24 }, (_, i) => i),
  { shape: [2, 3, 4] },
);

describe("slice", () => {
  test("NumPy's results", () => {
    expectTensor(slice(c, 1), [
      [12, 13, 14, 15],
      [16, 17, 18, 19],
      [20, 21, 22, 23],
    ]);
    expectTensor(slice(c, -1, -2), [16, 17, 18, 19]);
    expectTensor(slice(c, null, [1, null], [null, null, 2]), [
      [
        [4, 6],
        [8, 10],
      ],
      [
        [16, 18],
        [20, 22],
      ],
    ]);
    expectTensor(slice(c, [null, null, -1], 0, [-1, 0, -2]), [
      [15, 13],
      [3, 1],
    ]);
    expectTensor(slice(c, 0, 0, [-3, -1]), [1, 2]);
    expectTensor(slice(c, 1, 2, 3), 23);
  });
  test("every start, stop and step as in Python", () => {
    const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: null });
    const step = fc.option(
      fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0),
      { nil: null },
    );
    const property = fc.property(
      fc.integer({ min: 0, max: 7 }),
      bound,
      bound,
      step,
      (length, start, stop, by) => {
        const list = Array.from({ length }, (_, i) => i);
        const actual = slice(tensor(list, { dtype: "int32", shape: [length] }), [start, stop, by]);
        expect(actual.toArray()).toEqual(pythonSlice(list, start, stop, by ?? 1));
      },
    );
    fc.assert(property, { seed: 3, numRuns: 3000 });
  });
  test("gradient reaches what was taken, also backwards and with steps", () => {
    expectTensor(
      gradient((v) => slice(v, [null, null, -2]).mul([1, 10, 100]), [0, 0, 0, 0, 0]),
      [100, 0, 10, 0, 1],
    );
  });
  test.each([
    [[0, 0, 0, 0], /slice: 4 indices for shape \[2, 3, 4\]; give at most 3/],
    [[2], /slice: index 2 is out of range for axis 0 of length 2/],
    [[null, -4], /slice: index -4 is out of range for axis 1 of length 3/],
    [[0.5], /slice: index 0.5/],
    [[[0, 1, 0]], /slice: steps are whole numbers other than 0; got 0 for axis 0/],
    [[[0.5, 1]], /slice: bounds are whole numbers or null; got 0.5/],
  ] as [SliceSpec[], RegExp][])("%j is refused", (specs, message) =>
    expect(() => slice(c, ...specs)).toThrow(message),
  );
});

/** Python's slice, by its definition (Language Reference, "Sequence types", notes 4 and 5). */
function pythonSlice(
  list: readonly number[],
  start: number | null,
  stop: number | null,
  step: number,
): number[] {
  const n = list.length;
  const place = (bound: number | null, otherwise: number): number => {
    if (bound === null) return otherwise;
    const moved = bound < 0 ? bound + n : bound;
    return step > 0 ? Math.min(Math.max(moved, 0), n) : Math.min(Math.max(moved, -1), n - 1);
  };
  const result: number[] = [];
  const end = place(stop, step > 0 ? n : -1);
  for (let i = place(start, step > 0 ? 0 : n - 1); step > 0 ? i < end : i > end; i += step)
    result.push(list[i] ?? Number.NaN);
  return result;
}
