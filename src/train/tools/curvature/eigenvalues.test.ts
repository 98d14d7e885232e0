/** Identities of eigenvalues; NumPy 2.4's for one matrix; the second difference matrix, whose eigenvalues are known: 2 − 2 cos(kπ/(n + 1)). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { fillNormal, seedKey } from "../../../core/random/index.ts";
import { dot, norm, scaled, subtract } from "../../../core/vector.ts";
import { lanczos } from "./lanczos.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

const apply = (a: Float64Array, x: Float64Array): Float64Array =>
  x.map((_, i) => dot(a.subarray(i * x.length, (i + 1) * x.length), x));

const symmetric = fc.integer({ min: 1, max: 7 }).chain((n) =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n * n, maxLength: n * n })
    .map((list) => ({
      n,
      a: Float64Array.from(
        { length: n * n },
        (_, k) => (at(list, k) + at(list, (k % n) * n + Math.floor(k / n))) / 2,
      ),
    })),
);

describe("symmetricEigen", () => {
  test("Av = λv, v of length 1 and at right angles to each other, λ ascending", () => {
    fc.assert(
      fc.property(symmetric, ({ a, n }) => {
        const { values, vectors } = symmetricEigen(a, n);
        // What has no square in float64 counts as 0.
        const close = 1e-14 * n * norm(a) + 1e-160;
        for (const [i, v] of vectors.entries()) {
          expect(norm(subtract(apply(a, v), scaled(at(values, i), v)))).toBeLessThanOrEqual(close);
          for (const [j, w] of vectors.entries()) expect(dot(v, w)).toBeCloseTo(i === j ? 1 : 0, 12);
          if (i > 0) expect(at(values, i)).toBeGreaterThanOrEqual(at(values, i - 1));
        }
      }),
    );
  });

  test("NumPy's eigenvalues", () => {
    const a = Float64Array.of(4, 1, -2, 0.5, 1, 3, 0, 1, -2, 0, -1, 2, 0.5, 1, 2, 6);
    const wanted = [-2.2158950829238604, 2.323855251323381, 5.08601989423501, 6.806019937365471];
    for (const [i, value] of wanted.entries())
      expect(at(symmetricEigen(a, 4).values, i)).toBeCloseTo(value, 12);
  });

  test("small eigenvalues of positive definite matrices keep their digits, however small", () => {
    // D A D for A = [[1, ½], [½, 1]] and D = diag(10⁸, 10⁻⁸): λ₁ λ₂ = ¾ and λ₁ + λ₂ = 10¹⁶ + 10⁻¹⁶.
    const { values } = symmetricEigen(Float64Array.of(1e16, 0.5, 0.5, 1e-16), 2);
    expect(at(values, 0) / 0.75e-16).toBeCloseTo(1, 14);
  });
});

describe("lanczos", () => {
  const secondDifference = (x: Float64Array): Float64Array =>
    x.map((xi, i) => 2 * xi - (x[i - 1] ?? 0) - (x[i + 1] ?? 0));

  test("the largest eigenvalue and its vector", () => {
    const n = 100;
    const start = fillNormal(seedKey(1), new Float64Array(n));
    const found = lanczos(secondDifference, start, { tolerance: 1e-8, steps: 100 });
    expect(found.converged).toBe(true);
    expect(found.value).toBeCloseTo(2 - 2 * Math.cos((n * Math.PI) / (n + 1)), 8);
    const error = norm(subtract(secondDifference(found.vector), scaled(found.value, found.vector)));
    // What is told of the residual is the residual, to rounding.
    expect(Math.abs(error - found.residual)).toBeLessThan(1e-12);
    expect(found.residual).toBeLessThanOrEqual(4e-8);
  });

  test("its bound holds where it was stopped early, and it says so", () => {
    const start = fillNormal(seedKey(2), new Float64Array(100));
    const found = lanczos(secondDifference, start, { tolerance: 1e-12, steps: 8 });
    expect([found.converged, found.steps]).toEqual([false, 8]);
    expect(found.value).toBeLessThan(4);
    expect(norm(subtract(secondDifference(found.vector), scaled(found.value, found.vector)))).toBeCloseTo(
      found.residual,
      10,
    );
  });

  test("any matrix of any size: the largest, not that of largest magnitude", () => {
    fc.assert(
      fc.property(symmetric, fc.nat(), ({ a, n }, seed) => {
        const { values } = symmetricEigen(a, n);
        const start = fillNormal(seedKey(seed), new Float64Array(n));
        const found = lanczos((x) => apply(a, x), start, { tolerance: 1e-14, steps: 100 });
        const { value, smallest, vector } = found;
        expect(Math.abs(value - at(values, n - 1))).toBeLessThan(1e-7 * (1 + norm(a)));
        expect(norm(vector)).toBeCloseTo(1, 12);
        expect(norm(subtract(apply(a, vector), scaled(value, vector)))).toBeLessThan(1e-7 * (1 + norm(a)));
        expect(smallest).toBeGreaterThanOrEqual(at(values, 0) - 1e-12 * (1 + norm(a)));
      }),
    );
  });

  test("products that are no numbers end it", () => {
    const found = lanczos((x) => x.map(() => Number.NaN), Float64Array.of(1, 1), {
      tolerance: 0.1,
      steps: 5,
    });
    expect(found.converged).toBe(false);
  });
});
