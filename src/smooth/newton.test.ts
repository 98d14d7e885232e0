/** Minima from Moré, Garbow & Hillstrom (1981) and from the formulas; first steps from NumPy 1.24. */
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { grad, hessian } from "../autodiff/index.ts";
import { at } from "../core/exactly.ts";
import { levenberg } from "../descent/levenberg.ts";
import { marquardt } from "../descent/marquardt.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import { solve } from "../solver/drive.ts";
import type { Problem } from "../solver/problem.ts";
import { newton } from "./newton.ts";

type Formula = (x: number[]) => number;
type Asked = "value" | "gradient" | "hessian";

/** A problem from one formula; its derivatives are exact. */
function problem(n: number, f: Formula): Problem<Asked> {
  const [g, h] = [grad(f), hessian(f)];
  return analytic<Asked>(n, {
    value: (x) => f([...x]),
    gradient: (x) => Float64Array.from(g([...x])),
    hessian: (x) => Float64Array.from(h([...x]).flat()),
  });
}

const booth: Formula = ([x = 0, y = 0]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
const rosenbrock: Formula = ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const himmelblau: Formula = ([x = 0, y = 0]) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;
const beale: Formula = ([x = 0, y = 0]) =>
  (1.5 - x * (1 - y)) ** 2 + (2.25 - x * (1 - y ** 2)) ** 2 + (2.625 - x * (1 - y ** 3)) ** 2;
const wood: Formula = ([a = 0, b = 0, c = 0, d = 0]) =>
  100 * (b - a * a) ** 2 +
  (1 - a) ** 2 +
  90 * (d - c * c) ** 2 +
  (1 - c) ** 2 +
  10.1 * ((b - 1) ** 2 + (d - 1) ** 2) +
  19.8 * (b - 1) * (d - 1);
const powell: Formula = ([a = 0, b = 0, c = 0, d = 0]) =>
  (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4;
const brown: Formula = ([x = 0, y = 0]) => (x - 1e6) ** 2 + (y - 2e-6) ** 2 + (x * y - 2) ** 2;
/** A monkey saddle at 0, bounded by a quartic: minima −27/256 at distance 3/4. */
const monkey: Formula = ([x = 0, y = 0]) => x ** 3 - 3 * x * y ** 2 + (x ** 2 + y ** 2) ** 2;
/** A saddle at 0: minima −1/4 at (0, ±1/√2). */
const saddle: Formula = ([x = 0, y = 0]) => x ** 2 - y ** 2 + y ** 4;

const cases: readonly (readonly [string, Formula, readonly number[], number])[] = [
  ["Rosenbrock", rosenbrock, [-1.2, 1], 0],
  ["Rosenbrock, start ×10", rosenbrock, [-12, 10], 0],
  ["Himmelblau beside its maximum", himmelblau, [-0.27, -0.92], 0],
  ["Beale", beale, [1, 1], 0],
  ["Wood", wood, [-3, -1, -3, -1], 0],
  ["Powell singular", powell, [3, -1, 0, 1], 0],
  ["Brown badly scaled", brown, [1, 1], 0],
  ["monkey saddle", monkey, [1e-3, 1e-3], -27 / 256],
  ["beside a monkey saddle", monkey, [1e-8, 1e-9], -27 / 256],
  ["beside a saddle", saddle, [1, 1e-12], -1 / 4],
];

describe.each([levenberg(), marquardt()])("with $name", (regularization) => {
  test.each(cases)("%s", (_, f, start, lowest) => {
    const end = solve(problem(start.length, f), newton({ regularization }), Float64Array.from(start));
    expect(end.reason).toBe("converged");
    expect(end.value).toBeGreaterThanOrEqual(lowest - 1e-15);
    // The gradient test at 10⁻⁸ leaves f − f* ≈ g²/λ; Powell's singular Hessian leaves x⁴.
    expect(end.value).toBeLessThan(lowest + 1e-11);
  });
});

test("a quadratic takes one step", () => {
  const end = solve(problem(2, booth), newton(), Float64Array.from([9, 8]));
  expect([end.reason, end.steps]).toEqual(["converged", 1]);
  expect(Math.abs(at(end.x, 0) - 1)).toBeLessThan(1e-14);
  expect(Math.abs(at(end.x, 1) - 3)).toBeLessThan(1e-14);
});

test("the first step on Rosenbrock is that of NumPy's solve", () => {
  const end = solve(problem(2, rosenbrock), newton(), Float64Array.from([-1.2, 1]), { maxSteps: 1 });
  expect(at(end.x, 0)).toBeCloseTo(-1.1752808988764045, 13);
  expect(at(end.x, 1)).toBeCloseTo(1.3806741573033705, 13);
});

test("steps below the rounding of f go on to the accuracy of the gradient", () => {
  const shifted: Formula = ([x = 0]) => 1e10 + (x - 3) ** 2 + (x - 3) ** 4;
  const end = solve(problem(1, shifted), newton(), Float64Array.from([3.001]), {
    tolerance: { gradient: 1e-22 },
  });
  expect(end.reason).toBe("converged");
  expect(Math.abs(at(end.x, 0) - 3)).toBeLessThan(1e-11);
});

test("a linear function diverges, and a flat one is at its end at once", () => {
  const linear = solve(
    problem(2, ([x = 0, y = 0]) => x + 2 * y),
    newton(),
    Float64Array.from([0, 0]),
  );
  expect(linear.reason).toBe("diverged");
  const flat = solve(
    analytic<Asked>(1, {
      value: () => 1,
      gradient: () => new Float64Array(1),
      hessian: () => new Float64Array(1),
    }),
    newton(),
    Float64Array.of(4),
  );
  expect([flat.reason, flat.steps]).toEqual(["converged", 0]);
});

test.each([
  ["NaN beside the start", (x: number) => (x === 1 ? 1 : Number.NaN), 1, 2],
  ["∞ beside the start", (x: number) => (x === 1 ? 1 : Infinity), 1, 2],
  ["a wrong gradient", (x: number) => -x, 1, 2],
  ["a wrong Hessian", (x: number) => x, 1, Number.NaN],
  ["a Hessian of infinities", (x: number) => x, 1, Infinity],
  ["a step", (x: number) => (x < 0.999 ? 5 : x), 1, 2],
])("survives %s", (_, f, g, h) => {
  const end = solve(
    analytic<Asked>(1, {
      value: ([x = 0]) => f(x),
      gradient: () => Float64Array.of(g),
      hessian: () => Float64Array.of(h),
    }),
    newton(),
    Float64Array.of(1),
    { maxSteps: 200 },
  );
  expect(["stalled", "diverged", "max-steps"]).toContain(end.reason);
  expect(Number.isFinite(end.value)).toBe(true);
});

test("a resumed run ends at the same bits", () => {
  const saved: Checkpoint[] = [];
  const start = Float64Array.from([-1.2, 1]);
  const whole = solve(problem(2, rosenbrock), newton(), start, { onStep: ({ save }) => saved.push(save()) });
  expect(saved.length).toBe(whole.steps);
  for (const resume of saved)
    expect(solve(problem(2, rosenbrock), newton(), start, { resume }).x).toEqual(whole.x);
});

test("asks for what its card says, and its state is plain data", () => {
  const kinds = new Set<string>();
  const base = problem(2, rosenbrock);
  const end = solve(
    {
      ...base,
      evaluate: (query) => {
        for (const want of query.wants) kinds.add(want);
        return base.evaluate(query);
      },
    },
    newton(),
    Float64Array.from([-1.2, 1]),
  );
  expect([...kinds].sort()).toEqual([...newton.card.asks].sort());
  expect(structuredClone(end.state)).toEqual(end.state);
});

test("settings out of range are refused", () => {
  expect(() => newton({ increase: 1 })).toThrow("must be a number in (1, ∞); got 1");
  expect(() => newton({ damping: -1 })).toThrow("newton({ damping })");
});
