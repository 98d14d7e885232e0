/**
 * What the records of test problems claim, held against the functions themselves: hand-written derivatives against
 * automatic ones, minimizers against both. Starts and values of Moré, Garbow and Hillstrom come from mgh.json.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at } from "../../src/core/exactly.ts";
import {
  ackley,
  findProblem,
  griewank,
  levy,
  quadratic,
  rastrigin,
  rosenbrock,
  sphere,
  styblinskiTang,
  type TestProblem,
  testProblems,
} from "../../src/data/problems/index.ts";
import { ArgumentError, grad, hessian, jacobian, parseFormula } from "../../src/index.ts";
import mgh from "../reference/mgh.json" with { type: "json" };

const larger = [
  sphere,
  rosenbrock,
  rastrigin,
  ackley,
  griewank,
  levy,
  styblinskiTang,
  (dimension: number) => quadratic({ dimension, condition: 1000, seed: 1 }),
].map((make) => make(5));

const named: [string, TestProblem][] = [...testProblems, ...larger].map((problem) => [
  `${problem.name} in ${problem.dimension} variables`,
  problem,
]);

const seed = 1;

/** Points of the problem's box. */
function points({ domain: { lower, upper } }: TestProblem): fc.Arbitrary<number[]> {
  const sides = lower.map((low, i) =>
    fc.double({ min: 0, max: 1, noNaN: true }).map((t) => low + t * (at(upper, i) - low)),
  );
  return fc.tuple(...sides);
}

/** Equal but for rounding: to a share of the largest entry, since entries are differences of terms as large. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, share = 1e-11): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE);
  for (let i = 0; i < actual.length; i++)
    expect(Math.abs(at(actual, i) - at(expected, i)) / largest).toBeLessThan(share);
}

const flat = (rows: unknown): number[] => [rows].flat(3).map(Number);

/** Both eigenvalues' bounds, by Jacobi rotations: small matrices only. */
function eigenvalues(matrix: Float64Array, n: number): number[] {
  const A = Float64Array.from(matrix);
  const entry = (i: number, j: number): number => at(A, i * n + j);
  for (let sweep = 0; sweep < 20; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const angle = Math.atan2(2 * entry(p, q), entry(q, q) - entry(p, p)) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [a, b] = [entry(k, p), entry(k, q)];
          [A[k * n + p], A[k * n + q]] = [c * a - s * b, s * a + c * b];
        }
        for (let k = 0; k < n; k++) {
          const [a, b] = [entry(p, k), entry(q, k)];
          [A[p * n + k], A[q * n + k]] = [c * a - s * b, s * a + c * b];
        }
      }
    }
  }
  return Array.from({ length: n }, (_, i) => entry(i, i));
}

describe.each(named)("%s", (_, problem) => {
  const { f, dimension: n } = problem;
  const gradient = grad(f);
  const curvature = hessian(f);
  // Ackley's function ends in a cone.
  const isSmooth = problem.name !== "ackley";

  test("gradient and Hessian by hand are those of f", () => {
    fc.assert(
      fc.property(points(problem), (x) => {
        fc.pre(isSmooth || x.some((xi) => Math.abs(xi) > 1e-3));
        fc.pre(problem.name !== "helical-valley" || Math.abs(at(x, 0)) > 1e-3);
        expectClose(problem.gradient(x), gradient(x));
        expectClose(problem.hessian(x), flat(curvature(x)));
      }),
      { seed, numRuns: 40 },
    );
  });

  test("no point of the box lies below the minimum", () => {
    fc.assert(
      fc.property(points(problem), (x) => f(x) >= problem.minimum - 1e-13 * Math.abs(problem.minimum)),
      { seed, numRuns: 500 },
    );
  });

  test("the formula says the same", () => {
    if (problem.formula === undefined) return expect(problem.name).toBe("quadratic");
    const { f: formula, variables } = parseFormula(problem.formula);
    expect(variables.toSorted()).toEqual((n === 2 ? ["x", "y"] : ["x1", "x2", "x3", "x4", "x5"]).slice(0, n));
    fc.assert(
      fc.property(points(problem), (x) => {
        const named =
          n === 2 ? { x: at(x, 0), y: at(x, 1) } : Object.fromEntries(x.map((xi, i) => [`x${i + 1}`, xi]));
        expectClose([Number(formula(named))], [f(x)], 1e-9);
      }),
      { seed, numRuns: 20 },
    );
  });

  test("residuals, where there are some, are those of f, and their Jacobian is the one by hand", () => {
    const { residuals, jacobian: byHand } = problem;
    if (residuals === undefined || byHand === undefined) return expect(residuals).toBe(byHand);
    const J = jacobian(residuals);
    fc.assert(
      fc.property(points(problem), (x) => {
        fc.pre(problem.name !== "helical-valley" || Math.abs(at(x, 0)) > 1e-3);
        expect(residuals(x).reduce((sum, r) => sum + r ** 2, 0)).toBe(f(x));
        expectClose(byHand(x), flat(J(x)));
      }),
      { seed, numRuns: 20 },
    );
  });

  const { minimizers, localMinimizers = [], stationary = [] } = problem;
  test.each([...minimizers, ...localMinimizers])(
    "is stationary and curved upwards at a minimizer",
    (...x) => {
      expect(x.every((xi, i) => xi >= at(problem.domain.lower, i) && xi <= at(problem.domain.upper, i))).toBe(
        true,
      );
      if (!isSmooth) return expect(f(x)).toBe(0);
      expectStationary(problem, x);
      const values = eigenvalues(problem.hessian(x), n);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-12 * Math.max(...values));
    },
  );

  test.each(stationary.map(({ x, kind }) => [kind, x] as const))("has a %s where it says so", (kind, x) => {
    expectStationary(problem, x);
    const values = eigenvalues(problem.hessian(x), n);
    if (kind === "maximum") expect(Math.max(...values)).toBeLessThan(0);
    else if (problem.name !== "monkey-saddle")
      expect(Math.min(...values) * Math.max(...values)).toBeLessThan(0);
  });

  test("takes the minimum at its minimizers only", () => {
    for (const x of minimizers)
      expect(Math.abs(f(x) - problem.minimum)).toBeLessThan(1e-13 * Math.max(1, Math.abs(problem.minimum)));
    for (const x of localMinimizers) expect(f(x)).toBeGreaterThan(problem.minimum + 1e-3);
    expect(minimizers.length > 0).toBe(problem.minimum > -Infinity);
  });

  test("starts inside its box, above its minimum", () => {
    const { lower, upper } = problem.domain;
    expect(problem.start.every((xi, i) => xi >= at(lower, i) && xi <= at(upper, i))).toBe(true);
    expect(f(problem.start)).toBeGreaterThan(problem.minimum);
  });

  test("refuses points of another length, traced ones too", () => {
    const long = [...problem.start, 1];
    for (const call of [
      f,
      problem.gradient,
      problem.hessian,
      gradient,
      curvature,
      problem.residuals,
      problem.jacobian,
    ])
      if (call !== undefined) expect(() => call(long)).toThrow(ArgumentError);
  });
});

/** A coordinate rounded to a double is off by half a unit: ∇f may be off by ∇²f times that, and by rounding of its own terms. */
function expectStationary(problem: TestProblem, x: readonly number[]): void {
  const size = problem.hessian(x).reduce((largest, h, k) => {
    const xj = Math.abs(at(x, k % x.length));
    return Math.max(largest, Math.abs(h) * Math.max(xj, Number.EPSILON));
  }, 0);
  for (const slope of problem.gradient(x))
    expect(Math.abs(slope)).toBeLessThanOrEqual(16 * Number.EPSILON * size);
}

const numbers: Readonly<Record<string, string>> = {
  "1": "rosenbrock",
  "3": "powell-badly-scaled",
  "5": "beale",
  "7": "helical-valley",
  "13": "powell-singular",
};

test.each(Object.entries(numbers))(
  "problem %s of Moré, Garbow and Hillstrom, %s, has their start and values",
  (id, name) => {
    const reference = mgh.problems.find((problem) => problem.id === id);
    const problem = findProblem(name);
    expect(problem.start).toEqual(reference?.x0);
    expectClose([problem.f(problem.start)], [reference?.F ?? Number.NaN]);
    expectClose(problem.gradient(problem.start), reference?.grad ?? []);
    expectClose(problem.hessian(problem.start), reference?.hess.flat() ?? []);
  },
);

describe("quadratic", () => {
  test("has eigenvalues from 1 to its condition number", () => {
    const { hessian, start } = quadratic({ dimension: 4, condition: 1000, seed: 3 });
    const found = eigenvalues(hessian(start), 4).toSorted((a, b) => a - b);
    expectClose(found, [1, 10, 100, 1000], 1e-13);
  });
  test("is the same for the same seed, and another for another", () => {
    const of = (seed: number) => quadratic({ dimension: 3, seed }).hessian([0, 0, 0]);
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });
  test.each([
    { dimension: 0 },
    { dimension: 1.5 },
    { condition: 0.5 },
    { condition: Number.NaN },
    { seed: Number.NaN },
  ])("refuses %o", (options) => {
    expect(() => quadratic(options)).toThrow(ArgumentError);
  });
});

test.each(named)("the function of %s takes a typed array, too", (_, { f, gradient, start }) => {
  const slopes = grad(f as (x: object) => number)(Float64Array.from(start));
  expectClose(slopes as Float64Array, gradient(start));
});

test("names are found, and are unique", () => {
  const names = testProblems.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(findProblem(name).name).toBe(name);
  expect(() => findProblem("rosenbrok")).toThrow(/no problem "rosenbrok"; the names are sphere, booth/);
});

test.each([rosenbrock, sphere, rastrigin, ackley, griewank, levy, styblinskiTang])(
  "%o refuses a dimension of 0",
  (make) => {
    expect(() => make(0)).toThrow(ArgumentError);
  },
);
