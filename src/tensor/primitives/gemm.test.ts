import fc from "fast-check";
import { expect, test } from "vitest";
import { multiply } from "./gemm.ts";

/** The definition: each element is a sum over the inner index, in its order, in double precision. */
function product(m: number, n: number, k: number, a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: m * n }, (_, index) => {
    const [i, j] = [Math.floor(index / n), index % n];
    let sum = 0;
    for (let p = 0; p < k; p++) sum += (a[i * k + p] ?? Number.NaN) * (b[p * n + j] ?? Number.NaN);
    return sum;
  });
}

const size = fc.integer({ min: 0, max: 13 });
const matrices = fc.tuple(size, size, size).chain(([m, n, k]) => {
  const entries = (length: number): fc.Arbitrary<number[]> =>
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: length, maxLength: length });
  return fc.tuple(fc.constant([m, n, k] as const), entries(m * k), entries(k * n));
});

test("every blocking gives the bits of the definition", () => {
  fc.assert(
    fc.property(matrices, ([[m, n, k], a, b]) => {
      const c = new Float64Array(m * n);
      multiply(m, n, k, Float64Array.from(a), Float64Array.from(b), c);
      expect(c).toEqual(Float64Array.from(product(m, n, k, a, b)));
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test("float32 is rounded once, at the end", () => {
  const a = Array.from({ length: 5 * 300 }, (_, i) => Math.fround(Math.sin(i)));
  const b = Array.from({ length: 300 * 6 }, (_, i) => Math.fround(Math.cos(i)));
  const c = new Float32Array(5 * 6);
  multiply(5, 6, 300, Float32Array.from(a), Float32Array.from(b), c);
  expect(c).toEqual(Float32Array.from(product(5, 6, 300, a, b)));
});

test("NaN and infinities reach the sums they belong to and no others", () => {
  const a = new Float64Array(16).fill(1);
  a[5] = Number.NaN;
  a[15] = Number.POSITIVE_INFINITY;
  const c = new Float64Array(48);
  multiply(4, 12, 4, a, new Float64Array(48).fill(1), c);
  expect([...c].map((x, i) => [Math.floor(i / 12), x]).filter(([, x]) => x !== 4)).toEqual([
    ...new Array(12).fill([1, Number.NaN]),
    ...new Array(12).fill([3, Number.POSITIVE_INFINITY]),
  ]);
});
