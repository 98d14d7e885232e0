/** Identities that factors and solutions must satisfy, and Hilbert's matrix, whose Cholesky factor is known in closed form. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at } from "../core/exactly.ts";
import { dot, maxNorm, norm, subtract } from "../core/vector.ts";
import {
  applyQ,
  applyQTransposed,
  cholesky,
  qr,
  rank,
  solveCholesky,
  solveDampedTriangular,
  solveLower,
  solveLowerTransposed,
  solveUpper,
  solveUpperTransposed,
  symmetricProduct,
} from "./index.ts";

const element = fc.double({ min: -10, max: 10, noNaN: true });
const matrix = (m: number, n: number): fc.Arbitrary<Float64Array> =>
  fc.array(element, { minLength: m * n, maxLength: m * n }).map((list) => Float64Array.from(list));
const shape = fc.record({ m: fc.integer({ min: 0, max: 6 }), n: fc.integer({ min: 0, max: 6 }) });
const general = shape.chain(({ m, n }) =>
  fc.record({ m: fc.constant(m), n: fc.constant(n), a: matrix(m, n) }),
);

const multiply = (a: Float64Array, x: Float64Array, m: number): Float64Array =>
  Float64Array.from({ length: m }, (_, i) => dot(a.subarray(i * x.length, (i + 1) * x.length), x));
const gram = (a: Float64Array, m: number, n: number, shift: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, index) => {
    const [i, j] = [Math.floor(index / n), index % n];
    let sum = i === j ? shift : 0;
    for (let k = 0; k < m; k++) sum += at(a, k * n + i) * at(a, k * n + j);
    return sum;
  });
const hilbert = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, index) => 1 / (Math.floor(index / n) + (index % n) + 1));
const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

describe("cholesky", () => {
  test("the factor of Hilbert's matrix: its first two columns are 1/(i + 1) and √12 i / (2 (i + 1)(i + 2))", () => {
    const l = hilbert(5);
    expect(cholesky(l, 5)).toBe(true);
    for (let i = 0; i < 5; i++) {
      expect(l[i * 5]).toBeCloseTo(1 / (i + 1), 14);
      if (i > 0) expect(l[i * 5 + 1]).toBeCloseTo((Math.sqrt(12) * i) / (2 * (i + 1) * (i + 2)), 14);
    }
  });

  test("solves AᵀA + I, whatever A is", () => {
    fc.assert(
      fc.property(general, ({ m, n, a }) => {
        const matrix = gram(a, m, n, 1);
        const b = symmetricProduct(matrix, ones(n));
        const l = matrix.slice();
        expect(cholesky(l, n)).toBe(true);
        const x = b.slice();
        solveCholesky(l, n, x);
        // Backward stable: a residual of some roundings of ‖A‖ ‖x‖.
        expect(maxNorm(subtract(symmetricProduct(matrix, x), b))).toBeLessThanOrEqual(
          1e-13 * (1 + maxNorm(matrix)) * (1 + norm(x)),
        );
      }),
    );
  });

  test("solves Hilbert's system of order 10, condition 1.6·10¹³, with a residual of rounding size", () => {
    const l = hilbert(10);
    const x = ones(10);
    expect(cholesky(l, 10)).toBe(true);
    solveCholesky(l, 10, x);
    expect(maxNorm(subtract(symmetricProduct(hilbert(10), x), ones(10)))).toBeLessThan(1e-15 * maxNorm(x));
  });

  test.each([
    ["indefinite", [1, 2, 2, 1], 2],
    ["singular", [1, 1, 1, 1], 2],
    ["negative", [-1], 1],
    ["zero", [0], 1],
    ["not a number", [Number.NaN], 1],
    ["infinite", [Infinity], 1],
  ])("refuses what is %s", (_, a, n) => {
    expect(cholesky(Float64Array.from(a), n)).toBe(false);
  });
});

describe("triangular systems", () => {
  test("undo the product with the matrix", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }).chain((n) => fc.tuple(matrix(n, n), matrix(n, 1))),
        ([a, x]) => {
          const n = x.length;
          const part = (keep: (i: number, j: number) => boolean): Float64Array =>
            a.map((value, index) => {
              const [i, j] = [Math.floor(index / n), index % n];
              // A heavy diagonal keeps the condition small.
              return i === j ? 100 + value : keep(i, j) ? value : 0;
            });
          const transposed = (m: Float64Array): Float64Array =>
            m.map((_, index) => at(m, (index % n) * n + Math.floor(index / n)));
          const [l, r] = [part((i, j) => i > j), part((i, j) => i < j)];
          for (const [solve, factor, full] of [
            [solveLower, l, l],
            [solveLowerTransposed, l, transposed(l)],
            [solveUpper, r, r],
            [solveUpperTransposed, r, transposed(r)],
          ] as const) {
            const b = multiply(full, x, n);
            solve(factor, n, b);
            expect(maxNorm(subtract(b, x))).toBeLessThan(1e-13);
          }
        },
      ),
    );
  });
});

describe("qr", () => {
  test("AP = QR with a falling diagonal, for every shape", () => {
    fc.assert(
      fc.property(general, ({ m, n, a }) => {
        const factored = qr(a.slice(), m, n);
        for (let j = 0; j < n; j++) {
          const column = Float64Array.from({ length: m }, (_, i) =>
            i <= j ? at(factored.factors, i * n + j) : 0,
          );
          applyQ(factored, column);
          for (let i = 0; i < m; i++)
            expect(Math.abs(at(column, i) - at(a, i * n + at(factored.columns, j)))).toBeLessThan(1e-13 * 60);
        }
        for (let j = 1; j < Math.min(m, n); j++)
          expect(Math.abs(at(factored.factors, j * n + j))).toBeLessThanOrEqual(
            Math.abs(at(factored.factors, (j - 1) * n + j - 1)) * (1 + 1e-12) + 1e-300,
          );
      }),
    );
  });

  test("Q keeps lengths, and Qᵀ undoes it", () => {
    fc.assert(
      fc.property(general, ({ m, n, a }) => {
        const factored = qr(a.slice(), m, n);
        const b = Float64Array.from({ length: m }, (_, i) => i - 2);
        const turned = b.slice();
        applyQTransposed(factored, turned);
        expect(Math.abs(norm(turned) - norm(b))).toBeLessThan(1e-13);
        applyQ(factored, turned);
        expect(maxNorm(subtract(turned, b))).toBeLessThan(1e-13);
      }),
    );
  });

  test.each([
    ["full", [1, 2, 3, 4, 5, 6, 7, 8, 10], 3, 3, 3],
    ["two of three", [1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3, 2],
    ["a column of zeros", [1, 0, 2, 0], 2, 2, 1],
    ["nothing but zeros", [0, 0, 0, 0], 2, 2, 0],
    ["wide", [1, 2, 3, 2, 4, 6], 2, 3, 1],
    ["no columns", [], 2, 0, 0],
  ])("rank: %s", (_, a, m, n, expected) => {
    expect(rank(qr(Float64Array.from(a), m, n))).toBe(expected);
  });

  test("neither overflows nor loses what is tiny", () => {
    for (const size of [1e-200, 1e200]) {
      const { factors } = qr(Float64Array.from([3 * size, 4 * size]), 2, 1);
      expect(Math.abs(at(factors, 0)) / size).toBeCloseTo(5, 14);
    }
  });
});

describe("solveDampedTriangular", () => {
  test("satisfies (RᵀR + d²I) z = Rᵀc", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }).chain((n) => fc.tuple(matrix(n, n), matrix(n, 1))),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        ([a, c], d) => {
          const n = c.length;
          const r = a.map((value, index) => (Math.floor(index / n) <= index % n ? value : 0));
          const z = solveDampedTriangular(r, n, d, c) ?? new Float64Array();
          const right = Float64Array.from({ length: n }, (_, j) =>
            c.reduce((sum, ci, i) => sum + at(r, i * n + j) * ci, 0),
          );
          const left = symmetricProduct(gram(r, n, n, d * d), z);
          expect(maxNorm(subtract(left, right))).toBeLessThan(1e-10);
        },
      ),
    );
  });

  test("a singular triangle has a solution with damping, and none without", () => {
    const r = Float64Array.from([1, 1, 0, 0]);
    const c = Float64Array.from([1, 0]);
    expect(solveDampedTriangular(r, 2, 0, c)).toBeUndefined();
    const z = solveDampedTriangular(r, 2, 1, c) ?? new Float64Array();
    // (RᵀR + I) z = (1, 1): z = (1/3, 1/3).
    expect(maxNorm(subtract(z, Float64Array.from([1 / 3, 1 / 3])))).toBeLessThan(1e-15);
  });
});
