/** Permutations. Bounds on statistics are passed with probability 1 - 1e-6. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../errors.ts";
import { seedKey, splitKey } from "./key.ts";
import { permutation } from "./permutation.ts";

describe("permutation", () => {
  test("holds every number once", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer(), (n, seed) => {
        const sorted = permutation(seedKey(seed), n).sort();
        expect(sorted).toEqual(Int32Array.from({ length: n }, (_, i) => i));
      }),
      { seed: 1 },
    );
  });

  test("gives each of the 24 orders of four equally often", () => {
    const trials = 24_000;
    const counts = new Map<string, number>();
    for (const key of splitKey(seedKey(31), trials)) {
      const order = permutation(key, 4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const expected = trials / 24;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(counts.size).toBe(24);
    // The upper 1e-6 quantile of χ² with 23 degrees of freedom (SciPy's chi2.isf).
    expect(chiSquare).toBeLessThan(70.55);
  });

  test("is the same for the same key", () => {
    expect(permutation(seedKey(1), 100)).toEqual(permutation(seedKey(1), 100));
    expect(permutation(seedKey(1), 100)).not.toEqual(permutation(seedKey(2), 100));
  });

  test("refuses lengths that are none", () => {
    for (const n of [-1, 2.5, Number.NaN, 2 ** 31])
      expect(() => permutation(seedKey(1), n)).toThrow(ArgumentError);
    expect(() => permutation(seedKey(1), 2.5)).toThrow(/needs an integer n from 0 to 2³¹ - 1; got 2.5/);
  });
});
