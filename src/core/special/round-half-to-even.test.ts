/** Rounding to nearest, ties to even; the expected values are those of IEEE 754 (and NumPy's `rint`). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundHalfToEven } from "./round-half-to-even.ts";

describe("roundHalfToEven", () => {
  test.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [3.5, 4],
    [-0.5, -0],
    [-1.5, -2],
    [-2.5, -2],
    [0.49999999999999994, 0],
    [-0.3, -0],
    [2.4999, 2],
    [2.5001, 3],
    [4503599627370495.5, 4503599627370496],
    [4503599627370494.5, 4503599627370494],
    [9007199254740994, 9007199254740994],
    [1e300, 1e300],
    [0, 0],
    [-0, -0],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [Number.NaN, Number.NaN],
  ])("rounds %d to %d", (x, expected) => {
    expect(roundHalfToEven(x)).toBe(expected);
  });

  test("gives an integer at most a half away, even when exactly a half away", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (x) => {
        const distance = Math.abs(roundHalfToEven(x) - x);
        return Number.isInteger(roundHalfToEven(x)) && distance <= 0.5;
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        (n) => Math.abs(roundHalfToEven(n + 0.5) % 2) === 0,
      ),
      { seed: 1 },
    );
  });
});
