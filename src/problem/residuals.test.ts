/** Values: Moré, Garbow & Hillstrom's problems (test/reference/mgh.json says from where); F there is ‖r‖², here ½‖r‖². */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problems, type Residuals } from "../../test/reference/mgh-problems.ts";
import { expectClose } from "../../test/tools/close.ts";
import { jacobian, type Tensor, tensor } from "../index.ts";
import type { Problem } from "../solver/problem.ts";
import type { Counts, Evaluation, Want } from "../solver/question.ts";
import { stateResiduals } from "./residuals.ts";
import { positive } from "./transforms/index.ts";
import type { ResidualsWant } from "./types.ts";

interface Reference {
  readonly id: string;
  readonly name: string;
  readonly x0: number[];
  readonly F: number;
  readonly r: number[];
  readonly J: number[][];
  readonly grad: number[];
  readonly hess: number[][];
}

const file = readFileSync(join(import.meta.dirname, "../../test/reference/mgh.json"), "utf8");
const { problems: references } = JSON.parse(file) as { readonly problems: readonly Reference[] };

const all: readonly ResidualsWant[] = [
  "value",
  "gradient",
  "hessian",
  "hessianProduct",
  "residuals",
  "jacobian",
];

function ask<W extends Want>(
  problem: Problem<W>,
  x: ArrayLike<number>,
  wants: readonly W[],
): { readonly known: Evaluation; readonly spent: Partial<Counts> } {
  const direction = Float64Array.from(x, (_, i) => Math.cos(i + 1));
  const { evaluations, spent } = problem.evaluate({
    points: [Float64Array.from(x)],
    wants,
    directions: [direction],
  });
  return { known: evaluations[0] ?? {}, spent };
}

const half = (x: readonly number[]): number[] => x.map((value) => value / 2);

describe.each(references)("problem $id, $name", ({ id, x0, F, r, J, grad: g, hess }) => {
  const f: Residuals = problems[id] ?? (() => []);
  const product = hess.map((row) => row.reduce((sum, h, j) => sum + (h * Math.cos(j + 1)) / 2, 0));
  const size = Math.hypot(...hess.flat()) / 2;

  test("traced: everything exact, in one question or in six", () => {
    const { problem, start } = stateResiduals("leastSquares", f, x0);
    expect(new Set(Object.values(problem.sources))).toEqual(new Set(["exact"]));
    for (const questions of [[all], all.map((kind) => [kind])]) {
      const answers = questions.map((wants) => ask(problem, start, wants).known);
      const known: Evaluation = Object.assign({}, ...answers);
      expectClose(known.value, F / 2, 1e-12, 1);
      expectClose(known.residuals, r, 1e-12, 1);
      expectClose(known.jacobian, J, 1e-12);
      expectClose(known.gradient, half(g), 1e-12);
      expectClose(known.hessian, half(hess.flat()), 1e-12);
      expectClose(known.hessianProduct, product, 1e-12, size);
      for (const t of [1, 2])
        ask(
          problem,
          x0.map((x) => x + t),
          ["value"],
        );
    }
  });

  test("called only, with and without a Jacobian", () => {
    const captured = (x: readonly number[]): number[] => f(x);
    const called = stateResiduals("leastSquares", captured, x0);
    expect(called.problem.sources).toMatchObject({ residuals: "given", jacobian: "differences" });
    const byDifferences = ask(called.problem, x0, all).known;
    expectClose(byDifferences.jacobian, J, 1e-8, Math.max(1, Math.hypot(...r)));
    expectClose(byDifferences.gradient, half(g), 1e-8, Math.max(1, F));
    expectClose(byDifferences.hessian, half(hess.flat()), 1e-5, Math.max(1, F));
    const given = { residuals: captured, jacobian: (): number[][] => J };
    const known = ask(stateResiduals("leastSquares", given, x0).problem, x0, ["gradient", "jacobian"]).known;
    expectClose(known.jacobian, J, 0);
    expectClose(known.gradient, half(g), 1e-12);
  });
});

type Pair = [number, number];
const residuals = ([x, y]: Pair): Pair => [10 * (y - x * x), 1 - x];
const slopes = ([x]: Pair): number[][] => [
  [-20 * x, 10],
  [-1, 0],
];

describe("what is counted", () => {
  test("a value costs residuals; residuals and Jacobian come together", () => {
    const { problem } = stateResiduals("leastSquares", residuals, [1, 2]);
    expect(ask(problem, [1, 2], ["value"]).spent).toEqual({ residuals: 1 });
    expect(ask(problem, [1, 2], ["residuals"]).spent).toEqual({});
    expect(ask(problem, [1, 2], ["jacobian"]).spent).toEqual({ jacobian: 1 });
    expect(ask(problem, [1, 2], ["gradient"]).spent).toEqual({});
    expect(ask(problem, [3, 4], ["residuals", "jacobian"]).spent).toEqual({ residuals: 1, jacobian: 1 });
    expect(ask(problem, [5, 6], ["value", "gradient"]).spent).toEqual({ residuals: 1, gradient: 1 });
    expect(ask(problem, [3, 4], ["value"]).spent).toEqual({});
  });

  test("calls of given functions are counted as they are made", () => {
    const calls = { residuals: 0, jacobian: 0 };
    const given = {
      residuals: (x: Pair) => {
        calls.residuals++;
        return residuals(x);
      },
      jacobian: (x: Pair) => {
        calls.jacobian++;
        return slopes(x);
      },
    };
    const { problem } = stateResiduals("leastSquares", given, [1, 2]);
    calls.residuals = 0;
    expect(ask(problem, [1, 2], ["residuals", "jacobian", "gradient"]).spent).toEqual({
      residuals: 1,
      jacobian: 1,
    });
    // A Hessian is differences of four gradients Jᵀr.
    expect(ask(problem, [1, 2], ["hessian"]).spent).toEqual({ residuals: 4, jacobian: 4 });
    expect(calls).toEqual({ residuals: 5, jacobian: 5 });
    // ∇²½‖r‖² of Rosenbrock's function at (1, 2), by hand.
    expectClose(ask(problem, [1, 2], ["hessian"]).known.hessian, [201, -200, -200, 100], 1e-8);
  });
});

test("trees of residuals and more variables than residuals", () => {
  const r = (w: Tensor, offset: number): object => ({
    sum: w.sum().sub(offset),
    parts: [w.at(0).square(), 3],
  });
  const { problem, start } = stateResiduals("leastSquares", r, tensor([1, 2, 3, 4]), { data: [7] });
  const { known } = ask(problem, start, ["residuals", "jacobian", "value"]);
  expect(Array.from(known.residuals ?? [])).toEqual([3, 1, 3]);
  expect(Array.from(known.jacobian ?? [])).toEqual([1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0]);
  expect(known.value).toBe(9.5);
});

test("a Jacobian given is by the parameters; transforms chain it", () => {
  const parameters = positive();
  const exact = stateResiduals("leastSquares", residuals, [2, 3], { parameters });
  const given = stateResiduals("leastSquares", { residuals, jacobian: slopes }, [2, 3], { parameters });
  expect(given.problem.sources).toMatchObject({ residuals: "exact", jacobian: "given", hessian: "exact" });
  for (const kind of ["jacobian", "gradient", "hessian"] as const)
    expectClose(
      ask(given.problem, given.start, [kind]).known[kind],
      ask(exact.problem, exact.start, [kind]).known[kind],
      1e-14,
    );
});

test("jacobian(f) gives what is taken as a Jacobian", () => {
  const given = { residuals, jacobian: (x: Pair) => jacobian(residuals)(x) };
  expectClose(
    ask(stateResiduals("leastSquares", given, [1, 2]).problem, [1, 2], ["jacobian"]).known.jacobian,
    slopes([1, 2]),
    1e-15,
  );
});

describe("misuse", () => {
  const k = 1;
  const evaluate = (r: unknown): unknown => {
    const stated = Reflect.apply(stateResiduals, undefined, ["leastSquares", r, [1, 2], {}]);
    return stated.problem.evaluate({ points: [stated.start], wants: ["residuals", "jacobian"] });
  };
  test.each([
    [() => {}, "returned nothing"],
    [() => [], "no residuals"],
    [([x]: Pair) => [k * x, "a"], "got string at [1]"],
    [async ([x]: Pair) => [k * x], "returned a promise"],
    [
      ([x]: Pair) => (x === 1 ? [k * x] : [k * x, x]),
      "the number of residuals must not depend on x; got 1 at first and now 2",
    ],
    [{ residuals, jacobian: () => [[1, 2]] }, "a matrix of 2 rows (one for each residual) and 2 columns"],
    [{ jacobian: slopes }, "the object of functions needs residuals"],
    [() => tensor([1, 2], "int32"), "residuals must be float numbers; got int32 [2]"],
  ])("%o", (r, message) => {
    expect(() => evaluate(r)).toThrow(message);
  });
});
