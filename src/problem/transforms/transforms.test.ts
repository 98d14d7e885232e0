/**
 * Transforms by their properties: start and domain kept, derivatives equal to those of the composed function by differences and
 * by the chain rule. Tolerances: rounding for what is exact, ε^⅔ and ε^½ (times a hundred) for what is compared with differences.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { grad, hessian, hvp, type Tensor, tensor } from "../../index.ts";
import type { Problem } from "../../solver/problem.ts";
import type { Evaluation, Want } from "../../solver/question.ts";
import { stateObjective } from "../objective.ts";
import type { Objective, ObjectiveWant } from "../types.ts";
import { fixed, interval, positive, simplex, type Transforms, tied } from "./index.ts";

const all: readonly ObjectiveWant[] = ["value", "gradient", "hessian", "hessianProduct"];

function ask<W extends Want>(problem: Problem<W>, x: Float64Array, wants: readonly W[]): Evaluation {
  const directions = [x.map((_, i) => Math.cos(i + 1))];
  return problem.evaluate({ points: [x], wants, directions }).evaluations[0] ?? {};
}

interface Model {
  rate: number;
  mix: [number, number, number];
  share: number;
  left: number;
  right: number;
  base: number;
  free: [number, number];
}

const model = ({ rate, mix: [p, q, r], share, left, right, base, free: [a, b] }: Model): number =>
  Math.exp(-rate) * a +
  rate * rate * p +
  Math.sin(q * b) +
  r ** 3 * share +
  left * right +
  base * share * a * b;

const parameters: Transforms<Model> = {
  rate: positive(),
  mix: simplex(),
  share: interval(-1, 2),
  left: tied("side"),
  right: tied("side"),
  base: fixed(),
};

const models: fc.Arbitrary<Model> = fc
  .record({
    rate: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    weights: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.01, max: 1, noNaN: true }))),
    share: fc.double({ min: -0.99, max: 1.99, noNaN: true }),
    side: fc.double({ min: -3, max: 3, noNaN: true }),
    base: fc.double({ min: -3, max: 3, noNaN: true }),
    free: fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })),
  })
  .map(({ rate, weights: [p = 1, q = 1, r = 1], share, side, base, free }) => {
    const sum = p + q + r;
    return { rate, mix: [p / sum, q / sum, r / sum], share, left: side, right: side, base, free };
  });

describe("a model with every transform", () => {
  test("start to variables and back", () => {
    fc.assert(
      fc.property(models, (start) => {
        const { problem, start: u, restore } = stateObjective("minimize", model, start, { parameters });
        expect(problem.dimension).toBe(7);
        const back = restore(u);
        expectClose(back, start, 1e-14);
        expect(back.base).toBe(start.base);
        expect(back.free).toEqual(start.free);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  test("any variables lie inside the domain", () => {
    const start: Model = {
      rate: 1,
      mix: [0.2, 0.3, 0.5],
      share: 0,
      left: 1,
      right: 1,
      base: 2,
      free: [0, 0],
    };
    const { restore } = stateObjective("minimize", model, start, { parameters });
    const wild = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(wild, fc.double({ min: -50, max: 50, noNaN: true })), {
          minLength: 7,
          maxLength: 7,
        }),
        (u) => {
          const { rate, mix, share, left, right, base } = restore(Float64Array.from(u));
          expect(rate > 0 && rate < Infinity).toBe(true);
          expect(share >= -1 && share <= 2).toBe(true);
          expect(left).toBe(right);
          expect(base).toBe(2);
          if (u.every((value) => Math.abs(value) <= 50)) {
            expect(Math.min(...mix)).toBeGreaterThanOrEqual(0);
            expect(Math.abs(mix[0] + mix[1] + mix[2] - 1)).toBeLessThan(1e-15 * 4);
          }
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });

  test("traced, given and by differences agree", () => {
    const one = 1;
    const called = (x: Model): number => one * model(x);
    const [g, h, p] = [grad(model), hessian(model), hvp(model)];
    fc.assert(
      fc.property(models, (start) => {
        const by = (f: Objective<Model>) => {
          const { problem, start: u } = stateObjective("minimize", f, start, { parameters });
          return { sources: problem.sources, known: ask(problem, u, all) };
        };
        const exact = by(model);
        expect(new Set(Object.values(exact.sources))).toEqual(new Set(["exact"]));
        const given = by({ value: called, gradient: g, hessian: h, hessianProduct: p });
        expect(new Set(Object.values(given.sources))).toEqual(new Set(["given"]));
        const size = Math.hypot(1, ...(exact.known.hessian ?? []));
        for (const kind of all) expectClose(given.known[kind], exact.known[kind], 1e-12, size);
        const byMatrix = by({ value: called, gradient: g, hessian: h }).known;
        const byProduct = by({ value: called, gradient: g, hessianProduct: p }).known;
        for (const kind of all) {
          expectClose(byMatrix[kind], exact.known[kind], 1e-12, size);
          expectClose(byProduct[kind], exact.known[kind], 1e-12, size);
        }
        const slopes = by({ value: called, gradient: g });
        expect(slopes.sources).toMatchObject({ gradient: "given", hessian: "differences" });
        expectClose(slopes.known.hessian, exact.known.hessian, 1e-8, size);
        expectClose(slopes.known.hessianProduct, exact.known.hessianProduct, 1e-8, size);
        const values = by(called);
        const scale = Math.max(size, Math.abs(exact.known.value ?? 0));
        expectClose(values.known.gradient, exact.known.gradient, 1e-8, scale);
        expectClose(values.known.hessian, exact.known.hessian, 1e-5, scale);
      }),
      { seed: 1, numRuns: 15 },
    );
  });
});

describe("tensors and arrays", () => {
  test("a transform at an inner node holds for all leaves below", () => {
    const start = { scales: { a: 2, b: tensor([1, 4]) }, shift: -1 };
    const f = ({ scales, shift }: typeof start): Tensor => scales.b.mul(scales.a).sum().add(shift);
    const { start: u, restore } = stateObjective("minimize", f, start, {
      parameters: { scales: positive() },
    });
    expectClose(Array.from(u), [Math.log(2), 0, Math.log(4), -1], 1e-15);
    expectClose(restore(u), start, 1e-15);
  });

  test.each([
    ["a tensor", tensor([0.1, 0.2, 0.7])],
    [
      "a matrix",
      tensor([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
    ],
    ["a typed array", Float64Array.of(0.1, 0.9)],
    ["an array", [0.25, 0.25, 0.5]],
    ["an object", { a: 0.25, b: 0.75 }],
    ["a tensor of singles", tensor([0.1, 0.2, 0.7], "float32")],
  ])("a simplex of %s", (_, start) => {
    const {
      problem,
      start: u,
      restore,
    } = stateObjective<unknown>("minimize", () => 1, start, { parameters: simplex() });
    const back = restore(u);
    expect(problem.dimension).toBe(u.length);
    expectClose(back, start, 3e-7);
    expect(JSON.stringify(back).replace(/[\d.e-]+/g, "0")).toBe(
      JSON.stringify(start).replace(/[\d.e-]+/g, "0"),
    );
  });

  test("an isometric log-ratio: distances of variables are Aitchison's", () => {
    // Egozcue et al. (2003), equation 6: d² = Σ_{i<j} (ln xᵢ/xⱼ − ln yᵢ/yⱼ)²/n.
    const [x, y] = [
      [0.1, 0.2, 0.7],
      [0.3, 0.5, 0.2],
    ] as const;
    const variables = (start: readonly number[]): Float64Array =>
      stateObjective("minimize", (p: readonly number[]) => p[0] ?? 0, start, { parameters: simplex() }).start;
    const [u, v] = [variables(x), variables(y)];
    const ratio = (i: number, j: number): number =>
      Math.log((x[i] ?? 0) / (x[j] ?? 0)) - Math.log((y[i] ?? 0) / (y[j] ?? 0));
    const distance = Math.sqrt((ratio(0, 1) ** 2 + ratio(0, 2) ** 2 + ratio(1, 2) ** 2) / 3);
    expectClose(Math.hypot(...u.map((value, i) => value - (v[i] ?? 0))), distance, 1e-14);
  });

  test("a single-precision array is seen as it will be returned", () => {
    const { problem, start, restore } = stateObjective(
      "minimize",
      ([x = 0]: Float32Array) => x,
      Float32Array.of(0.1),
      {
        parameters: positive(),
      },
    );
    const u = start.map((value) => value + 1e-3);
    expect(ask(problem, u, ["value"]).value).toBe(restore(u)[0]);
  });
});

describe("misuse", () => {
  const state = (start: unknown, parameters: unknown): unknown =>
    Reflect.apply(stateObjective, undefined, ["minimize", () => 1, start, { parameters }]);

  test.each([
    [{ a: 0 }, { a: positive() }, "under positive() must lie above 0; a starts at 0; start strictly inside"],
    [
      { a: [1, 2] },
      { a: [interval(0, 2), interval(0, 2)] },
      "under interval(0, 2) must lie between 0 and 2; a[1] starts at 2",
    ],
    [[0.5, 0.6], simplex(), "must sum to 1; the components of [0] sum to 1.1"],
    [[1, 0], simplex(), "must lie above 0 in each component"],
    [{ a: 1, b: [1] }, { a: simplex() }, "simplex() needs several components that sum to 1; a holds 1"],
    [
      { a: 1, b: 2 },
      { a: tied("k"), b: tied("k") },
      'under tied("k") must start with one value; a starts at 1, b at 2',
    ],
    [
      { a: 1, b: tensor([1]) },
      { a: tied("k"), b: tied("k") },
      "must have one shape and dtype; a is float64 [], b float64 [1]",
    ],
    [{ a: 1 }, fixed(), "holds no variables"],
    [{ a: 1 }, { b: positive() }, 'names "b", which the start does not have; it has a'],
    [{ a: 1 }, { a: "positive" }, 'got "positive" at a'],
    [{ a: [1] }, { a: positive }, "got a function at a"],
  ])("%o", (start, parameters, message) => {
    expect(() => state(start, parameters)).toThrow(message);
  });

  test("bounds that are none", () => {
    expect(() => interval(1, 1)).toThrow("needs finite bounds with low < high; got 1 and 1");
    expect(() => interval(0, Infinity)).toThrow("use positive()");
    expect(() => tied("")).toThrow('needs the name that the parameters share; got ""');
  });
});
