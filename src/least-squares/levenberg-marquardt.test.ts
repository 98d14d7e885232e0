/** Problems of Moré, Garbow & Hillstrom (1981) with their published minima (½‖r‖² is half of theirs); first steps from NumPy 1.24. */
import { describe, expect, test } from "vitest";
import { problems } from "../../test/reference/mgh-problems.ts";
import { analytic } from "../../test/tools/analytic.ts";
import { jacobian } from "../autodiff/index.ts";
import { at } from "../core/exactly.ts";
import { dot } from "../core/vector.ts";
import { columnScaling, identityScaling } from "../descent/damped-least-squares.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import { solve } from "../solver/drive.ts";
import type { Problem } from "../solver/problem.ts";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";

type Asked = "value" | "residuals" | "jacobian";
type Residuals = (x: readonly number[]) => number[];

function problem(n: number, r: Residuals): Problem<Asked> {
  const J = jacobian(r);
  const residuals = (x: Float64Array): Float64Array => Float64Array.from(r([...x]));
  return analytic<Asked>(n, {
    value: (x) => dot(residuals(x), residuals(x)) / 2,
    residuals,
    jacobian: (x) => Float64Array.from(J([...x]).flat()),
  });
}

const rosenbrock: Residuals = ([x = 0, y = 0]) => [10 * (y - x * x), 1 - x];
const start = Float64Array.from([-1.2, 1]);

test("the first step is that of the damped normal equations", () => {
  const end = solve(problem(2, rosenbrock), levenbergMarquardt(), start, { maxSteps: 1 });
  // Nielsen's 10⁻³ of 100‖D⁻¹g‖/‖Dx‖ = 20.59929…, with D = (√577, 10).
  expect(at(end.x, 0)).toBeCloseTo(-1.02329192, 8);
  expect(at(end.x, 1)).toBeCloseTo(1.01557969, 8);
});

describe.each([columnScaling(), identityScaling()])("scaled by $name", (scaling) => {
  test.each([
    ["1", [-1.2, 1], 0],
    ["1", [-120, 100], 0],
    ["7", [-1, 0, 0], 0],
    ["13", [3, -1, 0, 1], 0],
    ["15", [0.25, 0.39, 0.415, 0.39], 3.07506e-4],
    ["9", [0.4, 1, 0], 1.12793e-8],
    ["19", [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], 4.01377e-2],
  ])("problem %s from %j", (id, x0, published) => {
    const end = solve(
      problem(x0.length, problems[id] ?? (() => [])),
      levenbergMarquardt({ scaling }),
      Float64Array.from(x0),
    );
    // Where residuals vanish, they do so to 10⁻¹⁴ of those at the start: 2·10⁵ at most.
    expect(end.steps).toBeLessThan(1000);
    expect(end.reason).toBe("converged");
    expect(Math.abs(2 * end.value - published)).toBeLessThanOrEqual(1e-5 * published + 1e-17);
  });
});

test("fewer residuals than variables, and a Jacobian without full rank", () => {
  const wide = solve(
    problem(3, ([x = 0, y = 0, z = 0]) => [x + y + z - 3]),
    levenbergMarquardt(),
    new Float64Array(3),
  );
  expect([wide.reason, wide.value < 1e-20]).toEqual(["converged", true]);
  const twice = solve(
    problem(2, ([x = 0, y = 0]) => [x + y - 1, 2 * x + 2 * y - 3, 1]),
    levenbergMarquardt(),
    Float64Array.from([5, 7]),
  );
  // min (s − 1)² + (2s − 3)² + 1 at s = 7/5: 1.2.
  expect(twice.reason).toBe("converged");
  expect(2 * twice.value).toBeCloseTo(1.2, 14);
});

test("column scaling makes steps independent of units", () => {
  const scaled: Residuals = ([x = 0, y = 0]) => [10 * (y / 1024 - (x * 4096) ** 2), 1 - x * 4096];
  const path = (r: Residuals, x: readonly number[]): readonly Float64Array[] =>
    solve(problem(2, r), levenbergMarquardt(), Float64Array.from(x), { maxSteps: 8, recordPath: true })
      .path ?? [];
  const [own, other] = [path(rosenbrock, [-1.2, 1]), path(scaled, [-1.2 / 4096, 1024])];
  expect(own.length).toBe(9);
  own.forEach((x, i) => {
    expect((other[i]?.[0] ?? 0) * 4096).toBeCloseTo(at(x, 0), 12);
    expect((other[i]?.[1] ?? 0) / 1024).toBeCloseTo(at(x, 1), 12);
  });
});

test.each([
  ["NaN beside the start", (x: number) => (x === 1 ? 1 : Number.NaN), 1],
  ["∞ beside the start", (x: number) => (x === 1 ? 1 : Infinity), 1],
  ["a wrong Jacobian", (x: number) => x, -1],
  ["a Jacobian of NaN", (x: number) => x, Number.NaN],
  ["a step", (x: number) => (x < 0.999 ? 5 : x), 1],
])("survives %s", (_, r, j) => {
  const end = solve(
    analytic<Asked>(1, {
      value: ([x = 0]) => r(x) ** 2 / 2,
      residuals: ([x = 0]) => Float64Array.of(r(x)),
      jacobian: () => Float64Array.of(j),
    }),
    levenbergMarquardt(),
    Float64Array.of(1),
    { maxSteps: 500 },
  );
  expect(["stalled", "max-steps", "non-finite"]).toContain(end.reason);
  expect(Number.isFinite(end.value)).toBe(true);
});

test("a start that solves the problem is at its end at once", () => {
  const end = solve(problem(2, rosenbrock), levenbergMarquardt(), Float64Array.from([1, 1]));
  expect([end.reason, end.steps, end.evaluations.value]).toEqual(["converged", 0, 2]);
});

test("a resumed run ends at the same bits", () => {
  const saved: Checkpoint[] = [];
  const whole = solve(problem(2, rosenbrock), levenbergMarquardt(), start, {
    onStep: ({ save }) => saved.push(save()),
  });
  expect(saved.length).toBe(whole.steps);
  for (const resume of saved)
    expect(solve(problem(2, rosenbrock), levenbergMarquardt(), start, { resume }).x).toEqual(whole.x);
});

test("asks for derivatives at accepted points alone, and its state is plain data", () => {
  const end = solve(problem(2, rosenbrock), levenbergMarquardt(), start);
  expect(end.evaluations.jacobian).toBe(end.steps + 1);
  expect(end.evaluations.residuals).toBe(end.steps + 1);
  expect(end.evaluations.gradient + end.evaluations.hessian + end.evaluations.hessianProduct).toBe(0);
  expect(structuredClone(end.state)).toEqual(end.state);
});

test("settings out of range are refused", () => {
  expect(() => levenbergMarquardt({ decrease: 0.5 })).toThrow("must be a number in (1, ∞); got 0.5");
});
