/**
 * Values: Moré, Garbow & Hillstrom's problems at their starts (test/reference/mgh.json says from where). Counts and sharing follow
 * from the definition of `spent`. What differences can reach: ε^⅔ for first, ε^½ for second derivatives from values, times a
 * hundred for the third and fourth derivatives of these functions.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problems, type Residuals } from "../../test/reference/mgh-problems.ts";
import { expectClose } from "../../test/tools/close.ts";
import {
  customVjp,
  DtypeError,
  differentiable,
  grad,
  hessian,
  hvp,
  parseFormula,
  ShapeError,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../index.ts";
import type { Problem } from "../solver/problem.ts";
import type { Counts, Evaluation, Want } from "../solver/question.ts";
import { stateObjective } from "./objective.ts";
import type { ObjectiveWant, Stated } from "./types.ts";

interface Reference {
  readonly id: string;
  readonly name: string;
  readonly x0: number[];
  readonly F: number;
  readonly grad: number[];
  readonly hess: number[][];
}

const file = readFileSync(join(import.meta.dirname, "../../test/reference/mgh.json"), "utf8");
const { problems: references } = JSON.parse(file) as { readonly problems: readonly Reference[] };

const sumOfSquares = (x: readonly number[], f: Residuals): number =>
  f(x).reduce((sum, value) => sum + value * value, 0);

type Pair = [number, number];
const rosenbrock = ([x, y]: Pair): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const start: Pair = [-1.2, 1];

const all: readonly ObjectiveWant[] = ["value", "gradient", "hessian", "hessianProduct"];

function ask<W extends Want>(
  problem: Problem<W>,
  x: ArrayLike<number>,
  wants: readonly W[],
  v?: readonly number[],
): { readonly known: Evaluation; readonly spent: Partial<Counts> } {
  const { evaluations, spent } = problem.evaluate({
    points: [Float64Array.from(x)],
    wants,
    ...(v === undefined ? {} : { directions: [Float64Array.from(v)] }),
  });
  return { known: evaluations[0] ?? {}, spent };
}

describe.each(references)("problem $id, $name", ({ id, x0, F, grad: g, hess }) => {
  const f: Residuals = problems[id] ?? (() => []);
  const v = x0.map((_, i) => Math.cos(i + 1));
  const product = hess.map((row) => row.reduce((sum, h, j) => sum + h * (v[j] ?? 0), 0));
  const size = Math.hypot(...hess.flat());

  test("traced: everything exact, in one question or in four", () => {
    const { problem, start } = stateObjective("minimize", sumOfSquares, x0, { data: [f] });
    expect(new Set(Object.values(problem.sources))).toEqual(new Set(["exact"]));
    for (const questions of [[all], all.map((kind) => [kind])]) {
      const answers = questions.map((wants) => ask(problem, start, wants, v).known);
      const known: Evaluation = Object.assign({}, ...answers);
      expectClose(known.value, F, 1e-12, 1);
      expectClose(known.gradient, g, 1e-12);
      expectClose(known.hessian, hess, 1e-12);
      expectClose(known.hessianProduct, product, 1e-12, size);
      // Two other points, so that nothing of this one is remembered.
      for (const t of [1, 2])
        ask(
          problem,
          x0.map((x) => x + t),
          ["value"],
        );
    }
  });

  test("called only: differences come as near as they can", () => {
    const captured = (x: readonly number[]): number => sumOfSquares(x, f);
    const { problem, start } = stateObjective("minimize", captured, x0);
    expect(problem.sources).toEqual({
      value: "given",
      gradient: "differences",
      hessian: "differences",
      hessianProduct: "differences",
    });
    const { known } = ask(problem, start, all, v);
    expectClose(known.value, F, 1e-12, 1);
    expectClose(known.gradient, g, 1e-8, Math.max(1, Math.abs(F)));
    expectClose(known.hessian, hess, 1e-5, Math.max(1, Math.abs(F)));
    expectClose(known.hessianProduct, product, 1e-5, Math.max(size, Math.abs(F)));
  });

  test("a gradient given: second derivatives are its differences", () => {
    const gradient = (x: number[]): number[] => grad(sumOfSquares)(x, f).slice();
    const given = { value: (x: number[]) => sumOfSquares(x, f), gradient };
    const { problem, start } = stateObjective("minimize", given, x0);
    expect(problem.sources).toMatchObject({ gradient: "given", hessian: "differences" });
    const { known } = ask(problem, start, all, v);
    expectClose(known.gradient, g, 1e-12);
    expectClose(known.hessian, hess, 1e-7);
    expectClose(known.hessianProduct, product, 1e-7, size);
  });
});

describe("forms of functions", () => {
  const x: Pair = [0.3, -0.7];
  const expected = { g: grad(rosenbrock)(x), h: hessian(rosenbrock)(x), p: hvp(rosenbrock)(x, [1, 2]) };

  test.each([
    ["an array", rosenbrock, x],
    ["an object", ({ a, b }: { a: number; b: number }) => rosenbrock([a, b]), { a: 0.3, b: -0.7 }],
    [
      "a typed array",
      ([a = 0, b = 0]: Float64Array) => (1 - a) ** 2 + 100 * (b - a ** 2) ** 2,
      Float64Array.from(x),
    ],
    [
      "a tensor",
      (p: Tensor) =>
        p
          .at(0)
          .sub(1)
          .square()
          .add(p.at(1).sub(p.at(0).square()).square().mul(100)),
      tensor(x),
    ],
    [
      "a tree",
      ({ a, b: [b] }: { a: Tensor; b: [number] }) =>
        a.sub(1).square().sum().add(tensor(1).mul(b).sub(a.square().sum()).square().mul(100)),
      { a: tensor([x[0]]), b: [x[1]] },
    ],
  ])("%s", (name, f, at) => {
    const { problem, start, restore } = stateObjective<unknown>("minimize", f as (x: unknown) => number, at);
    const { known } = ask(problem, start, all, [1, 2]);
    expectClose(restore(start), at, 0);
    // The object's function captures rosenbrock, which no graph sees.
    const isExact = name !== "an object";
    expect(problem.sources.gradient).toBe(isExact ? "exact" : "differences");
    expectClose(known.gradient, expected.g, isExact ? 1e-14 : 1e-9);
    expectClose(known.hessian, expected.h, isExact ? 1e-14 : 1e-6);
    expectClose(known.hessianProduct, expected.p, isExact ? 1e-14 : 1e-6);
  });

  test("a formula, and a function whose closure the build plugin recorded", () => {
    const formula = stateObjective("minimize", parseFormula("(1-a)^2 + 100*(b-a^2)^2").f, {
      a: 0.3,
      b: -0.7,
    });
    const c = 100;
    const f = differentiable(([a, b]: Pair) => (1 - a) ** 2 + c * (b - a ** 2) ** 2, {
      source: "([a, b]) => (1 - a) ** 2 + c * (b - a ** 2) ** 2",
      scope: () => ({ c }),
    });
    const recorded = stateObjective("minimize", f, x);
    for (const { problem, start } of [formula, recorded]) {
      expect(problem.sources.hessian).toBe("exact");
      expectClose(ask(problem, start, ["hessian"]).known.hessian, expected.h, 1e-14);
    }
  });

  test("a custom derivative is no difference between two calls", () => {
    const square = customVjp(
      (p: Tensor) => p.square(),
      (p) => ({ value: p.square(), pullback: (g: Tensor) => g.mul(p).mul(2) }),
    );
    const { problem, start } = stateObjective("minimize", (p: Tensor) => square(p).sum(), tensor(x));
    expect(problem.sources.gradient).toBe("exact");
    expectClose(ask(problem, start, ["gradient"]).known.gradient, [0.6, -1.4], 1e-15);
  });

  test("methods of an object are called on it", () => {
    class Valley {
      readonly depth = 100;
      value([a, b]: Pair): number {
        return (1 - a) ** 2 + this.depth * (b - a * a) ** 2;
      }
      gradient([a, b]: Pair): Pair {
        const slope = 2 * this.depth * (b - a * a);
        return [-2 * (1 - a) - 2 * a * slope, slope];
      }
    }
    const { problem, start } = stateObjective("minimize", new Valley(), x);
    expect(problem.sources).toMatchObject({ value: "given", gradient: "given", hessian: "differences" });
    expectClose(ask(problem, start, ["gradient"]).known.gradient, expected.g, 1e-14);
    expectClose(ask(problem, start, ["hessian"]).known.hessian, expected.h, 1e-8);
  });

  test("inside a function that is being traced there is nothing to solve", () => {
    const outer = (k: Tensor): Tensor => {
      stateObjective("minimize", (p: Tensor) => p.square().sum().mul(k), tensor(x));
      return k;
    };
    expect(() => grad(outer)(tensor(1))).toThrow("depends on a value that is being traced around this call");
  });

  test("a function that uses derivatives itself is traced", () => {
    const slope = (p: Tensor): Tensor =>
      grad((q: Tensor) => q.pow(3).sum())(p)
        .square()
        .sum();
    const { problem, start } = stateObjective("minimize", slope, tensor([1, 2]));
    expect(problem.sources.hessian).toBe("exact");
    // Σ 9x⁴ has the derivative 36x³.
    expectClose(ask(problem, start, ["gradient"]).known.gradient, [36, 288], 1e-14);
  });

  test("single precision: the point is rounded, steps are wide enough", () => {
    const single = stateObjective("minimize", (p: Tensor) => p.square().sum(), tensor([0.1, 3], "float32"));
    expect(single.restore(single.start).dtype).toBe("float32");
    expect(Array.from(single.start)).toEqual([Math.fround(0.1), 3]);
    expectClose(ask(single.problem, single.start, ["gradient"]).known.gradient, [0.2, 6], 1e-7);
    const array = stateObjective("minimize", ([x = 0]: Float32Array) => x * x, Float32Array.of(0.5));
    expect(ask(array.problem, [0.1], ["value"]).known.value).toBe(Math.fround(0.1) ** 2);
    const scale = 2;
    const called = stateObjective(
      "minimize",
      ([a = 0]: Float32Array) => Math.fround(scale * Math.fround(a * a)),
      Float32Array.of(0.1),
    );
    expect(called.problem.sources.gradient).toBe("differences");
    expectClose(ask(called.problem, called.start, ["gradient"]).known.gradient, [0.4], 1e-4);
  });
});

describe("what is shared and what is counted", () => {
  test("a graph run counts what it newly tells; the last two points are remembered", () => {
    const { problem } = stateObjective("minimize", rosenbrock, start);
    expect(ask(problem, [1, 2], ["value"]).spent).toEqual({ value: 1 });
    expect(ask(problem, [1, 2], ["value"]).spent).toEqual({});
    expect(ask(problem, [1, 2], ["value", "gradient"]).spent).toEqual({ gradient: 1 });
    expect(ask(problem, [3, 4], ["gradient"]).spent).toEqual({ value: 1, gradient: 1 });
    expect(ask(problem, [3, 4], ["value"]).spent).toEqual({});
    expect(ask(problem, [1, 2], ["value", "gradient"]).spent).toEqual({});
    expect(ask(problem, [5, 6], ["value", "gradient", "hessian"]).spent).toEqual({
      value: 1,
      gradient: 1,
      hessian: 1,
    });
    expect(ask(problem, [1, 2], ["value"]).spent).toEqual({});
    expect(ask(problem, [3, 4], ["value"]).spent).toEqual({ value: 1 });
    expect(ask(problem, [3, 4], ["hessianProduct"], [1, 0]).spent).toEqual({
      gradient: 1,
      hessianProduct: 1,
    });
    expect(ask(problem, [3, 4], ["hessianProduct"], [1, 0]).spent).toEqual({});
    expect(ask(problem, [3, 4], ["hessianProduct"], [0, 1]).spent).toEqual({ hessianProduct: 1 });
  });

  test("calls of given functions are counted as they are made", () => {
    const calls = { value: 0, gradient: 0 };
    const given = {
      value: (x: Pair) => {
        calls.value++;
        return rosenbrock(x);
      },
      gradient: (x: Pair) => {
        calls.gradient++;
        return grad(rosenbrock)(x);
      },
    };
    const { problem } = stateObjective("minimize", given, start);
    const before = { ...calls };
    const total = { value: 0, gradient: 0 };
    for (const wants of [["value"], ["gradient"], all, ["hessianProduct"]] as const) {
      for (const x of [start, [3, 4], start]) {
        const { spent } = ask(problem, x, wants, [1, 1]);
        total.value += spent.value ?? 0;
        total.gradient += spent.gradient ?? 0;
      }
    }
    expect({ value: calls.value - before.value, gradient: calls.gradient - before.gradient }).toEqual(total);
    // At each of two points one value, one gradient, a Hessian of four gradients and a product of two.
    expect(total).toEqual({ value: 2, gradient: 14 });
  });

  test("differences of values cost values", () => {
    const factor = 2;
    const { problem } = stateObjective("minimize", ([x, y]: Pair) => factor * x * y, start);
    expect(ask(problem, [1, 2], ["value"]).spent).toEqual({ value: 1 });
    expect(ask(problem, [1, 2], ["gradient"]).spent).toEqual({ value: 4 });
    expect(ask(problem, [1, 2], ["hessian"]).spent).toEqual({ value: 8 });
  });

  test("value and gradient from one call", () => {
    const both = valueAndGrad(rosenbrock);
    const { problem } = stateObjective(
      "minimize",
      {
        value: rosenbrock,
        valueAndGradient: (x: Pair) => ({ value: both(x).value, gradient: both(x).grad }),
      },
      start,
    );
    expect(ask(problem, start, ["value", "gradient"]).spent).toEqual({ value: 1, gradient: 1 });
    expect(ask(problem, start, ["hessian"]).spent).toEqual({ hessian: 1 });
    expect(ask(problem, [3, 4], ["value"]).spent).toEqual({ value: 1 });
  });

  test("what is handed out belongs to the asker", () => {
    const { problem } = stateObjective("minimize", rosenbrock, start);
    const { known } = ask(problem, start, ["gradient"]);
    known.gradient?.fill(0);
    expectClose(ask(problem, start, ["gradient"]).known.gradient, grad(rosenbrock)(start), 1e-15);
  });
});

describe("members given", () => {
  const [h, p] = [hessian(rosenbrock), hvp(rosenbrock)];
  const g = grad(rosenbrock);
  test.each([
    ["a matrix", (x: Pair) => h(x)],
    ["a tensor", (x: Pair) => tensor(h(x))],
  ])("a Hessian as %s", (_, second) => {
    const given = { value: rosenbrock, gradient: g, hessian: second };
    const { problem } = stateObjective("minimize", given, start);
    expect(problem.sources).toEqual({
      value: "given",
      gradient: "given",
      hessian: "given",
      hessianProduct: "exact",
    });
    expectClose(ask(problem, [2, 3], ["hessian"]).known.hessian, h([2, 3]), 1e-15);
  });

  test("a Hessian as hessian(f) returns it for a tree", () => {
    const f = ({ a, w }: { a: number; w: Tensor }): Tensor => w.square().sum().mul(a).add(w.sum());
    const at = { a: 2, w: tensor([1, 2]) };
    const given = { value: f, gradient: grad(f), hessian: hessian(f) };
    const { problem, start } = stateObjective("minimize", given, at);
    expect(problem.sources.hessian).toBe("given");
    const expected = [0, 2, 4, 2, 4, 0, 4, 0, 4];
    expect(Array.from(ask(problem, start, ["hessian"]).known.hessian ?? [])).toEqual(expected);
  });

  test("products from the Hessian and the Hessian from products, where nothing can be traced", () => {
    const one = 1;
    const value = (x: Pair): number => one * rosenbrock(x);
    const byMatrix = stateObjective("minimize", { value, gradient: g, hessian: h }, start).problem;
    expect(byMatrix.sources.hessianProduct).toBe("given");
    expectClose(
      ask(byMatrix, [2, 3], ["hessianProduct"], [1, 2]).known.hessianProduct,
      p([2, 3], [1, 2]),
      1e-14,
    );
    const byProduct = stateObjective("minimize", { value, gradient: g, hessianProduct: p }, start).problem;
    expect(byProduct.sources.hessian).toBe("given");
    const { known, spent } = ask(byProduct, [2, 3], ["hessian"]);
    expectClose(known.hessian, h([2, 3]), 1e-14);
    expect(spent).toEqual({ hessianProduct: 2 });
  });
});

describe("functions that are not the same at every call are not frozen", () => {
  let count = 0;
  test.each([
    ["random numbers alone", () => Math.random()],
    ["a counter alone", () => count++],
    ["random numbers in plain arithmetic", ([x]: Pair) => x * Math.random()],
    ["a counter in plain arithmetic", ([x]: Pair) => x + 10 * count++],
    ["a captured function that draws", ([x]: Pair, noise: () => number) => x + noise()],
    ["a clock", () => performance.now()],
    ["a clock in plain arithmetic", ([x]: Pair) => x * 1e3 + performance.now()],
  ])("%s", (_, f: (x: Pair, noise: () => number) => number) => {
    const { problem, notes } = stateObjective("minimize", f, start, { data: [Math.random] });
    expect(problem.sources).toMatchObject({ value: "given", gradient: "differences" });
    expect(notes).toHaveLength(1);
    const values = [1, 2, 3, 4].map((x) => ask(problem, [x, 2], ["value"]).known.value ?? 0);
    expect(new Set([...values, ask(problem, [1, 2], ["value"]).known.value]).size).toBe(5);
  });

  test("tensor form, also where the noise cannot be seen at the start", () => {
    const f = (w: Tensor): Tensor => w.mul(Math.random()).sum();
    const { problem, notes } = stateObjective("minimize", f, tensor([0, 0]));
    expect(problem.sources.value).toBe("given");
    expect(notes[0]).toContain("draws random numbers");
  });

  test("captured tensors are data", () => {
    const data = tensor([1, 2]);
    const { problem, notes } = stateObjective("minimize", (w: Tensor) => w.mul(data).sum(), tensor([0, 0]));
    expect(problem.sources.value).toBe("exact");
    expect(notes).toEqual([]);
  });
});

test("a note says why derivatives are by differences, and what to do", () => {
  const k = 3;
  const { notes } = stateObjective("minimize", ([x, y]: Pair) => k * x * y, start);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /^derivatives are by finite differences, because the function cannot be traced: `k` is not visible/,
  );
  expect(notes[0]).toContain("`data`");
  const given = { value: ([x, y]: Pair) => k * x * y, gradient: ([x, y]: Pair): Pair => [k * y, k * x] };
  expect(stateObjective("minimize", given, start).notes[0]).toMatch(/^second derivatives are by/);
});

describe("differences at the edge", () => {
  const one = 1;
  test("a function that is finite on one side only", () => {
    const f = ([x]: [number]): number => (x < 1 ? Number.NaN : one * x ** 3);
    const { problem } = stateObjective("minimize", f, [1]);
    expectClose(ask(problem, [1], ["gradient"]).known.gradient, [3], 1e-9);
    const mirrored = ([x]: [number]): number => (x > 1 ? Infinity : one * x ** 3);
    expectClose(
      ask(stateObjective("minimize", mirrored, [1]).problem, [1], ["gradient"]).known.gradient,
      [3],
      1e-9,
    );
  });

  test("variables of any size", () => {
    for (const scale of [1e-12, 1e-6, 1, 1e6, 1e12]) {
      const f = ([x]: [number]): number => one * Math.cos(x / scale);
      const { problem } = stateObjective("minimize", f, [0.7 * scale]);
      expectClose(ask(problem, [0.7 * scale], ["gradient"]).known.gradient, [-Math.sin(0.7) / scale], 1e-8);
    }
  });

  test("a variable that starts at dust and matters on the scale of 1", () => {
    const { problem } = stateObjective("minimize", ([x]: [number]) => one * (x - 1) ** 2, [1e-30]);
    expectClose(ask(problem, [1e-30], ["gradient"]).known.gradient, [-2], 1e-9);
  });

  test("values that are not finite stay what they are", () => {
    const { problem } = stateObjective("minimize", ([x]: [number]) => one * Math.log(x), [1]);
    const { known } = ask(problem, [-1], ["value", "gradient", "hessian", "hessianProduct"], [1]);
    expect(known.value).toBeNaN();
    expect(known.gradient?.[0]).toBeNaN();
  });
});

describe("misuse", () => {
  // Callers in JavaScript may pass anything.
  const state = (f: unknown, x: unknown, options: unknown = {}): Stated<unknown, ObjectiveWant> =>
    Reflect.apply(stateObjective, undefined, ["minimize", f, x, options]);
  const evaluate = (f: unknown, x: unknown): unknown => {
    const { problem, start } = state(f, x);
    return problem.evaluate({ points: [start], wants: ["value"] });
  };
  const k = 2;

  test.each([
    [3, "needs a function, or an object with the function value; got 3"],
    [null, "got null"],
    [{}, "the object of functions needs value"],
    [
      { value: rosenbrock, grad: 1 },
      'may hold { value, gradient, valueAndGradient, hessian, hessianProduct }; got "grad"',
    ],
    [{ value: rosenbrock, gradient: 1 }, "needs a function as gradient; got 1"],
  ])("no function: %o", (f, message) => {
    expect(() => state(f, start)).toThrow(message);
  });

  test.each([
    ["text", ["a"], "got string"],
    ["nothing", [], "holds no variables"],
    ["an empty tree", {}, "holds no variables"],
    ["NaN", [1, Number.NaN], "the start must be finite; element 1 of 2 is NaN"],
    ["no point at all", undefined, "got undefined"],
  ])("a start of %s", (_, x, message) => {
    expect(() => state(rosenbrock, x)).toThrow(message);
  });

  test("a start of integers", () => {
    expect(() => state((x: Tensor) => x.sum(), tensor([1, 2], "int32"))).toThrow(DtypeError);
    expect(() => state((x: Tensor) => x.sum(), Int32Array.of(1))).toThrow(DtypeError);
  });

  test.each([
    ["nothing", () => {}, "returned nothing"],
    ["nothing, on a path that cannot be traced", ([x]: Pair) => void (k * x), "returned nothing"],
    ["text", () => "3", 'got "3"'],
    ["a truth value", ([x]: Pair) => k * x > 3, "got false"],
    ["an array", ([x]: Pair) => [k * x], "must return one number; got [-2.4]; sum"],
    ["a promise", async ([x]: Pair) => k * x, "use the asynchronous form (minimizeAsync)"],
  ])("a function that returns %s", (_, f, message) => {
    expect(() => evaluate(f, start)).toThrow(message);
  });

  test("a traced function that returns no scalar", () => {
    expect(() => state(([x, y]: Pair) => [x, y], start)).toThrow(ShapeError);
    expect(() => state((x: Tensor) => x.mul(2), tensor([1, 2]))).toThrow(ShapeError);
    expect(() => state(([x, y]: Pair) => [x, y], start)).toThrow(
      "minimize: the function must return one number; got [*, *]; sum or average it to a scalar, or use leastSquares",
    );
  });

  test("the function's own error passes", () => {
    const mistake = new RangeError("mine");
    const f = (): number => {
      throw mistake;
    };
    expect(() => evaluate(f, start)).toThrow(mistake);
  });

  test.each([
    [() => [1], "the gradient must be like the start, which has an array of 2; got an array of 1"],
    [() => [1, "2"], 'the gradient must be like the start, which has a number where it has "2"'],
    [() => undefined, "the gradient must be like the start"],
  ])("a gradient unlike the start", (gradient, message) => {
    const { problem } = state({ value: rosenbrock, gradient }, start);
    expect(() => ask(problem, start, ["gradient"])).toThrow(message);
  });

  test("a Hessian of another size", () => {
    const given = { value: rosenbrock, gradient: grad(rosenbrock), hessian: () => [[1]] };
    const { problem } = stateObjective("minimize", given, start);
    expect(() => ask(problem, start, ["hessian"])).toThrow("the Hessian must be like the start");
  });

  test("data that are no list of arguments", () => {
    expect(() => state(rosenbrock, start, { data: 3 })).toThrow(
      "needs an array of further arguments as data; got 3",
    );
  });
});
