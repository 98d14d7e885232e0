/** Factors are tested by what they are factors of. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { at } from "../core/exactly.ts";
import { diagonalFactor, rankOneUpdate, timesFactor } from "./factor.ts";

/** LLᵀ. */
function product(L: Float64Array, n: number): number[] {
  return Array.from({ length: n * n }, (_, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += at(L, i * n + k) * at(L, j * n + k);
    return sum;
  });
}

const vectors = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n, maxLength: n }), {
    minLength: 1,
    maxLength: 4,
  }),
);

test("an update adds vvᵀ", () => {
  fc.assert(
    fc.property(vectors, (list) => {
      const n = at(list, 0).length;
      const identity = diagonalFactor(new Float64Array(n).fill(1));
      let L = identity;
      const sum = product(identity, n);
      for (const v of list) {
        L = rankOneUpdate(L, Float64Array.from(v)) ?? identity;
        sum.forEach((entry, place) => {
          sum[place] = entry + at(v, Math.floor(place / n)) * at(v, place % n);
        });
      }
      // Sums of five products of numbers up to 2.
      product(L, n).forEach((entry, place) => {
        expect(Math.abs(entry - at(sum, place))).toBeLessThan(1e-12);
      });
    }),
    { seed: 4 },
  );
});

test("an update that over- or underflows is refused", () => {
  for (const v of [Infinity, Number.NaN])
    expect(rankOneUpdate(Float64Array.of(1), Float64Array.of(v))).toBeUndefined();
  expect(rankOneUpdate(Float64Array.of(0), Float64Array.of(1))).toBeUndefined();
});

test("a product with the factor uses the lower triangle", () => {
  const L = Float64Array.of(2, 0, 3, 4);
  expect([...timesFactor(L, Float64Array.of(1, -1))]).toEqual([2, -1]);
});
