/** Native linear algebra by its defining properties, on random matrices of all shapes; sizes past the routines' blocks. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent } from "../../../src/kernels/native/koffi.ts";
import { bindLapack, nativeLapack } from "../../../src/kernels/native/lapack/find.ts";
import type { Elements } from "../../../src/kernels/native/lapack/fortran.ts";
import type { Lapack } from "../../../src/kernels/native/lapack/lapack.ts";
import { wrongRoutine } from "../../../src/kernels/native/lapack/verify.ts";
import { describeNative } from "./here.ts";

/** Row-major `[rows, columns]`, elements in (−1, 1). */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Elements;
}

const length = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(33, 70));

function random(rows: number, columns: number, seed: number): Matrix {
  const data = new Float64Array(rows * columns);
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    data[i] = state / 2 ** 30 - 1;
  }
  return { rows, columns, data };
}

function times(a: Matrix, b: Matrix): Matrix {
  return pick(a.rows, b.columns, (i, j) => {
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += element(a, i, k) * element(b, k, j);
    return sum;
  });
}

const pick = (rows: number, columns: number, of: (i: number, j: number) => number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, at) => of(Math.floor(at / columns), at % columns)),
});
const element = (a: Matrix, i: number, j: number): number => a.data[i * a.columns + j] as number;
const transpose = (a: Matrix): Matrix => pick(a.columns, a.rows, (i, j) => element(a, j, i));
const copy = (a: Matrix): Matrix => ({ ...a, data: a.data.slice() });

/** Equal to rounding: some hundred roundings of sums of at most 70 terms of size 1. */
function expectNear(found: Matrix, expected: Matrix, scale = 1): void {
  const errors = Array.from(found.data, (value, i) => Math.abs(value - (expected.data[i] as number)));
  expect(Math.max(0, ...errors)).toBeLessThan(1e-11 * scale);
}

const systems = fc.record({ m: length, n: length, columns: length, seed: fc.integer({ min: 1, max: 1e6 }) });
const forAll = (check: (sizes: { m: number; n: number; columns: number; seed: number }) => void): void =>
  fc.assert(fc.property(systems, check), { numRuns: 40, seed: 5 });

describeNative("native linear algebra", (library) => {
  const lapack = nativeLapack();
  if (isAbsent(lapack)) {
    test.skip(`skipped, LAPACK is not there: ${lapack.reason}`, () => {});
    return;
  }

  test("Cholesky solves symmetric systems", () => {
    forAll(({ n, columns, seed }) => {
      const half = random(n, n, seed);
      const product = times(half, transpose(half));
      const a = pick(n, n, (i, j) => element(product, i, j) + (i === j ? n : 0));
      const [l, x] = [copy(a), random(n, columns, seed + 1)];
      const b = times(a, x);
      expect(lapack.potrf(l.data, n)).toBe(0);
      const lower = pick(n, n, (i, j) => (j <= i ? element(l, i, j) : 0));
      expectNear(times(lower, transpose(lower)), a, 100);
      lapack.potrs(l.data, n, b.data, columns);
      expectNear(b, x, 100);
    });
  });

  test("LU with pivots solves general systems", () => {
    forAll(({ n, columns, seed }) => {
      const small = random(n, n, seed);
      const a = pick(n, n, (i, j) => element(small, i, j) + (j === (i + 1) % n ? 3 * n : 0));
      const [lu, x, pivots] = [copy(a), random(n, columns, seed + 1), new Int32Array(n)];
      const b = times(a, x);
      expect(lapack.getrf(lu.data, n, pivots)).toBe(0);
      lapack.getrs(lu.data, n, pivots, b.data, columns);
      expectNear(b, x, 100);
    });
  });

  test("QR gives the matrix again, and Qᵀ undoes Q", () => {
    forAll(({ m, n, seed }) => {
      const a = random(m, n, seed);
      const [qr, tau] = [copy(a), new Float64Array(Math.min(m, n))];
      lapack.geqrf(qr.data, m, n, tau);
      const r = pick(m, n, (i, j) => (i <= j ? element(qr, i, j) : 0));
      const c = copy(r);
      lapack.ormqr(qr.data, m, n, tau, c.data, n, false);
      expectNear(c, a, 10);
      lapack.ormqr(qr.data, m, n, tau, c.data, n, true);
      expectNear(c, r, 10);
    });
  });

  test("eigenvectors are the columns, eigenvalues ascend", () => {
    forAll(({ n, seed }) => {
      const half = random(n, n, seed);
      const a = pick(n, n, (i, j) => element(half, i, j) + element(half, j, i));
      const [vectors, values] = [copy(a), new Float64Array(n)];
      expect(lapack.syevd(vectors.data, n, values)).toBe(0);
      expect([...values]).toEqual([...values].sort((p, q) => p - q));
      const scaled = pick(n, n, (i, j) => element(vectors, i, j) * (values[j] as number));
      expectNear(times(a, vectors), scaled, 100);
    });
  });

  test("singular values and vectors give the matrix again", () => {
    forAll(({ m, n, seed }) => {
      const a = random(m, n, seed);
      const k = Math.min(m, n);
      const [u, s, vt] = [random(m, k, 1), new Float64Array(k), random(k, n, 1)];
      expect(lapack.gesdd(a.data.slice(), m, n, u.data, s, vt.data)).toBe(0);
      const scaled = pick(m, k, (i, j) => element(u, i, j) * (s[j] as number));
      expectNear(times(scaled, vt), a, 100);
      expectNear(
        times(transpose(u), u),
        pick(k, k, (i, j) => (i === j ? 1 : 0)),
        10,
      );
    });
  });

  test("triangular systems, symmetric products and matrix times vector", () => {
    forAll(({ m, n, columns, seed }) => {
      const small = random(n, n, seed);
      const t = pick(n, n, (i, j) => element(small, i, j) / n + (i === j ? 2 : 0));
      const upper = pick(n, n, (i, j) => (i <= j ? element(t, i, j) : 0));
      const x = random(n, columns, seed);
      const b = times(transpose(upper), x);
      const how = { triangle: "upper", isTransposed: true, hasUnitDiagonal: false } as const;
      expect(lapack.trtrs(t.data, n, b.data, columns, how)).toBe(0);
      expectNear(b, x, 100);
      const a = random(m, n, seed);
      const square = pick(m, m, () => 0);
      lapack.syrk(a.data, m, n, square.data, "lower", false);
      const full = times(a, transpose(a));
      expectNear(
        square,
        pick(m, m, (i, j) => (j <= i ? element(full, i, j) : 0)),
      );
      const [v, y] = [random(n, 1, seed), random(m, 1, 1)];
      lapack.gemv(a.data, m, n, v.data, y.data, false);
      expectNear(y, times(a, v));
    });
  });

  test("what the numbers do not allow is said and not thrown", () => {
    expect(lapack.potrf(Float64Array.of(1, 2, 2, 1), 2)).toBe(2);
    expect(lapack.getrf(Float32Array.of(0, 0, 0, 0), 2, new Int32Array(2))).toBe(1);
    const how = { triangle: "lower", isTransposed: false, hasUnitDiagonal: false } as const;
    expect(lapack.trtrs(Float64Array.of(0), 1, Float64Array.of(1), 1, how)).toBe(1);
  });

  describe("a LAPACK that cannot be used", () => {
    test("lacks a routine", () => {
      const missing = bindLapack(library, () => ({
        func: (name, result, parameters) => {
          if (name === "dgesdd_") throw new Error(`Cannot find function '${name}'`);
          return library.handle.func(name, result, parameters);
        },
      }));
      expect(missing).toEqual({ reason: "Cannot find function 'dgesdd_'" });
    });

    test("answers wrongly", () => {
      const lying: Lapack = { ...lapack, syevd: () => 0 };
      expect(wrongRoutine(lying)).toBe("syevd");
      expect(wrongRoutine(lapack)).toBeUndefined();
    });
  });
});
