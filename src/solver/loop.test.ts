/** The loop: how runs end, and that what they say is true. Numbers are worked out by hand on f(x) = ½ Σ xᵢ². */
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { type Descend, descend } from "../../test/tools/descend.ts";
import { at } from "../core/exactly.ts";
import { solve } from "./drive.ts";
import type { Method, State } from "./method.ts";
import type { SolveOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { Problem } from "./problem.ts";
import { told } from "./question.ts";

/** ½ Σ xᵢ², or another function of one or more variables with its gradient. */
function stated(
  value: (x: Float64Array) => number = (x) => x.reduce((sum, xi) => sum + (xi * xi) / 2, 0),
  gradient: (x: Float64Array) => Float64Array = (x) => x.slice(),
  dimension = 1,
): Problem<"value" | "gradient"> {
  return analytic(dimension, { value, gradient });
}

/** A run of `descend` from 1. */
function run(
  problem: Problem<"value" | "gradient">,
  method: Descend = {},
  options: SolveOptions = {},
): Outcome {
  return solve(problem, descend(method), new Float64Array(problem.dimension).fill(1), options);
}

const only = (value: number): Float64Array => Float64Array.of(value);

describe("a run ends", () => {
  test("converged, by the test that was met first", () => {
    const outcome = run(stated(), { rate: 0.5 }, { tolerance: { gradient: 0.3 } });
    // x: 1, ½, ¼, …; the gradient test divides by max(|f|, ½): 1/½ = 2, ½/½ = 1, ¼/½ = ½, ⅛/½ = ¼.
    expect(outcome).toMatchObject({ reason: "converged", converged: true, steps: 3, value: 1 / 128 });
    expect(outcome.criteria.gradient).toEqual({ measured: 0.25, limit: 0.3, met: true });
    expect(outcome.criteria.step).toMatchObject({ measured: 0.125, met: false });
    expect(outcome.detail).toBe("gradient 0.25 ≤ 0.3");
  });

  test("converged at the start, without a step", () => {
    const outcome = run(stated(), {}, { tolerance: { gradient: 2 } });
    expect(outcome).toMatchObject({ reason: "converged", steps: 0, evaluations: { value: 2, gradient: 2 } });
  });

  test("when all tests of a group are met, not some", () => {
    const method = { rate: 0.5, tests: [["step", "value"]], tolerance: { step: 0.2, value: 1e-3 } } as const;
    // Δf/f's scale: xₖ²(1 − ¼)/2 / ½ = ¾ 4^-(k-1) for the step to xₖ = 2^-k; below 1e-3 at k = 6, the step long before.
    expect(run(stated(), method)).toMatchObject({ reason: "converged", steps: 6 });
  });

  test("a test without a limit is not made", () => {
    const outcome = run(stated(), { tests: [["gradient"], ["step"]], tolerance: {} }, { maxSteps: 3 });
    expect(outcome).toMatchObject({ reason: "max-steps", criteria: {} });
  });

  test("at the step test that counts the step first intended", () => {
    const method = { rate: 0.5, mark: () => ({ cut: 1e-3 }) };
    const outcome = run(stated(), method, { tolerance: { gradient: 0, step: 0.2 }, maxSteps: 2 });
    expect(outcome.criteria.step).toMatchObject({ measured: 250, met: false });
  });

  test.each(["stalled", "completed"] as const)("%s, when the method says so", (reason) => {
    const mark = ({ steps }: State): Partial<State> =>
      steps === 2 ? { verdict: { reason, detail: "enough" } } : {};
    const outcome = run(stated(), { mark });
    expect(outcome).toMatchObject({ reason, detail: "enough", steps: 2, converged: false });
  });

  test("converged rather than stalled, where both are true", () => {
    const mark = (): Partial<State> => ({ verdict: { reason: "stalled", detail: "here" } });
    expect(run(stated(), { mark }, { tolerance: { gradient: 2 } }).reason).toBe("converged");
  });

  test("at its steps; none at all evaluates the start", () => {
    expect(run(stated(), {}, { maxSteps: 7 })).toMatchObject({ reason: "max-steps", steps: 7 });
    const none = run(stated(), {}, { maxSteps: 0 });
    expect(none).toMatchObject({ reason: "max-steps", steps: 0, value: 0.5, converged: false });
    expect(none.x).toEqual(only(1));
  });

  test("at its evaluations, together or by kind", () => {
    expect(run(stated(), {}, { maxEvaluations: 7 })).toMatchObject({
      reason: "max-evaluations",
      steps: 3,
      evaluations: { value: 4, gradient: 4 },
    });
    expect(run(stated(), {}, { maxEvaluations: { gradient: 3 } })).toMatchObject({
      reason: "max-evaluations",
      detail: "evaluated gradient 3 times",
      steps: 2,
    });
    expect(run(stated(), {}, { maxEvaluations: 0 })).toMatchObject({ reason: "max-evaluations", value: 0.5 });
  });

  test("at its time, the start evaluated even if there is none", () => {
    expect(run(stated(), {}, { timeLimit: 0 })).toMatchObject({ reason: "time-limit", steps: 0, value: 0.5 });
  });

  test("stopped, by what onStep returns", () => {
    const outcome = run(stated(), {}, { onStep: ({ steps }) => (steps === 4 ? "stop" : undefined) });
    expect(outcome).toMatchObject({ reason: "stopped", steps: 4 });
  });

  test("converged rather than stopped, where both are true", () => {
    expect(run(stated(), {}, { onStep: () => "stop", tolerance: { gradient: 1.9 } }).reason).toBe(
      "converged",
    );
  });

  test("aborted, before anything or from a callback", () => {
    const before = run(stated(), {}, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ reason: "aborted", value: Number.NaN, evaluations: { value: 0 } });
    const controller = new AbortController();
    const onStep = ({ steps }: { steps: number }): void => {
      if (steps === 2) controller.abort();
    };
    expect(run(stated(), {}, { signal: controller.signal, onStep })).toMatchObject({
      reason: "aborted",
      steps: 2,
    });
  });

  test("diverged, when value or point leave all bounds", () => {
    const falling = stated(
      (x) => -(at(x, 0) ** 3),
      (x) => only(-3 * at(x, 0) ** 2),
    );
    expect(run(falling)).toMatchObject({ reason: "diverged", converged: false });
    const rising = run(stated(), { rate: 3 });
    expect(rising).toMatchObject({ reason: "diverged", value: 0.5 });
    expect(rising.x).toEqual(only(1));
  });

  test.each([
    ["the value", Number.NaN, 1, "the value became NaN"],
    ["the value", Infinity, 1, "the value became Infinity"],
    ["the gradient", 0.4, Number.NaN, "the gradient holds NaN"],
    ["the gradient", 0.4, -Infinity, "the gradient holds an infinity"],
  ])("non-finite, when %s is %d, with the best point before", (_, value, slope, detail) => {
    const problem = stated(
      (x) => (at(x, 0) < 0.95 ? value : 0.3),
      (x) => only(at(x, 0) < 0.95 ? slope : 1),
    );
    const outcome = run(problem);
    expect(outcome).toMatchObject({ reason: "non-finite", detail, value: 0.3, steps: 1, converged: false });
    expect(outcome.x).toEqual(only(1));
  });

  test("diverged rather than converged at −∞", () => {
    const problem = stated(
      () => -Infinity,
      () => only(0),
    );
    expect(run(problem)).toMatchObject({ reason: "diverged", converged: false });
  });

  test("function-failed, with what was thrown and the best point before", () => {
    const error = new Error("the laboratory burnt down");
    const problem = stated((x) => {
      if (at(x, 0) < 0.8) throw error;
      return at(x, 0);
    });
    const outcome = run(problem);
    expect(outcome).toMatchObject({ reason: "function-failed", steps: 2, value: 0.81 });
    expect(outcome.error).toBe(error);
    expect(outcome.detail).toBe("the function threw: Error: the laboratory burnt down");
  });

  test("by the function's own error, unchanged, where it fails at the start", () => {
    const error = new TypeError("not a number");
    const problem = stated(() => {
      throw error;
    });
    expect(() => run(problem)).toThrow(error);
  });

  test("function-failed rather than converged, where it fails at the exit", () => {
    let calls = 0;
    const problem = stated(() => {
      if (++calls > 1) throw "no more";
      return 1;
    });
    const outcome = run(problem, {}, { tolerance: { gradient: 2 } });
    expect(outcome).toMatchObject({
      reason: "function-failed",
      error: "no more",
      converged: false,
      value: 1,
    });
  });
});

describe("a result", () => {
  test("holds the lowest point, where the method left it", () => {
    // The minimum at 0 is jumped over: 1, −0.5 (value 0.25 of its own), then ever further out.
    const jumping = stated(
      (x) => (at(x, 0) < 0 && at(x, 0) > -1 ? 0.1 : Math.abs(at(x, 0))),
      (x) => only(at(x, 0) > 0 ? 1.5 : 2),
    );
    const outcome = run(jumping, { rate: 1 }, { maxSteps: 4 });
    expect(outcome.x).toEqual(only(-0.5));
    expect(outcome.value).toBe(0.1);
    expect(outcome.gradient).toEqual(only(2));
    expect(outcome.evaluations.value).toBe(4 + 1 + 1);
  });

  test("that came to rest above its best point has not converged", () => {
    const resting = stated(
      (x) => (at(x, 0) === 1 ? 1 : 2),
      (x) => only(at(x, 0) === 1 ? 5 : 0),
    );
    const outcome = run(resting, { rate: 0.1 });
    expect(outcome).toMatchObject({ reason: "stalled", value: 1, converged: false });
    expect(outcome.x).toEqual(only(1));
    // What was measured of the step says nothing about another point.
    expect(Object.keys(outcome.criteria)).toEqual(["gradient"]);
    expect(outcome.criteria.gradient).toMatchObject({ measured: 5, met: false });
  });

  test("has converged where the best point meets the gradient test itself", () => {
    const flat = stated(
      (x) => (at(x, 0) === 1 ? 1 : 2),
      (x) => only(at(x, 0) === 1 ? 0.5 : 0),
    );
    const method = { tests: [["step"], ["gradient"]], tolerance: { gradient: 0.6, step: 1 } } as const;
    expect(run(flat, method)).toMatchObject({ reason: "converged", value: 1 });
  });

  test("is not converged where the function says otherwise when asked anew", () => {
    let calls = 0;
    const noisy = stated(
      () => 1,
      () => only(++calls === 1 ? 1e-9 : 1),
    );
    expect(run(noisy)).toMatchObject({ reason: "stalled", criteria: { gradient: { measured: 1 } } });
    calls = 0;
    const vanishing = stated(
      () => (++calls === 1 ? 1 : Number.NaN),
      () => only(0),
    );
    expect(run(vanishing)).toMatchObject({ reason: "non-finite", converged: false });
    calls = 0;
    expect(run(vanishing, {}, { maxSteps: 0 })).toMatchObject({ reason: "non-finite", steps: 0 });
  });

  test("is not asked for where no evaluation is left", () => {
    const lone = stated(
      () => 1,
      () => only(0),
    );
    const outcome = run(lone, {}, { maxEvaluations: 2 });
    expect(outcome).toMatchObject({ reason: "converged", evaluations: { value: 1, gradient: 1 } });
    expect(run(lone).evaluations).toMatchObject({ value: 2, gradient: 2 });
  });

  test("keeps its own point where a lower value is lower by rounding only", () => {
    const value = (x: Float64Array): number => (at(x, 0) === 1 ? 0.5 - 1e-16 : 0.5);
    const outcome = run(stated(value), {}, { maxSteps: 3 });
    expect(outcome.x).not.toEqual(only(1));
  });

  test("has no part that a later run writes into", () => {
    const outcome = run(stated(), {}, { maxSteps: 3, recordPath: true });
    const copy = structuredClone({ x: outcome.x, history: outcome.history, path: outcome.path });
    solve(stated(), descend(), only(1), { resume: outcome.save() });
    expect({ x: outcome.x, history: outcome.history, path: outcome.path }).toEqual(copy);
  });

  test("tells every figure of its way", () => {
    const { history, path } = run(stated(), { rate: 0.5 }, { maxSteps: 2, recordPath: true });
    expect(history).toEqual({
      value: [0.5, 0.125, 0.03125],
      gradientNorm: [1, 0.5, 0.25],
      stepNorm: [0, 0.5, 0.25],
    });
    expect(path).toEqual([only(1), only(0.5), only(0.25)]);
  });

  test("leaves start and options untouched", () => {
    const start = only(1);
    const options = Object.freeze({
      tolerance: Object.freeze({ gradient: 1e-3 }),
      observers: Object.freeze([]),
    });
    solve(stated(), descend(), start, options);
    expect(start).toEqual(only(1));
  });
});

/** Halves an interval about 0 and asks for values only, several at once; a trial that is no lower is rejected. */
const shrinking: Method<State & { width: number }, "value"> = {
  card: {
    ...descend().card,
    name: "shrinking",
    asks: ["value"],
    tests: [["residual"]],
    tolerance: { residual: 0.1 },
  },
  settings: {},
  init: ({ x }) => ({ x, value: undefined, steps: 0, width: 1 }),
  ask: ({ x, value, width }) => ({
    points: value === undefined ? [x] : [x.map((xi) => xi - width), x.map((xi) => xi + width)],
    wants: ["value"],
  }),
  tell: ({ x, value, width, steps }, answer) => {
    const first = told(answer, 0, "value");
    if (value === undefined) return { x, value: first, width, steps };
    const second = told(answer, 1, "value");
    const side = first < second ? -width : width;
    if (!(Math.min(first, second) < value)) return { x, value, steps, width: width / 2 };
    return { x: x.map((xi) => xi + side), value: Math.min(first, second), steps: steps + 1, width };
  },
  measure: ({ width }) => ({ residual: width }),
};

describe("the loop", () => {
  test("counts each point of a question, steps only where they are taken, and measures as the method says", () => {
    const problem = analytic(1, { value: (x) => Math.abs(at(x, 0) - 0.25) });
    const outcome = solve(problem, shrinking, only(2), { maxEvaluations: 40 });
    // 2 → 1 → 0, rejected, ½ → ½ or … → ¼, where nothing is lower any more.
    expect(outcome.x).toEqual(only(0.25));
    expect(outcome).toMatchObject({
      steps: outcome.history.value.length - 1,
      value: 0,
      reason: "max-evaluations",
    });
    expect(outcome.evaluations).toMatchObject({ value: 41, gradient: 0 });
    expect(outcome.criteria).toEqual({ residual: { measured: 0.25, limit: 0.1, met: false } });
  });

  test("reports steps that may be kept", () => {
    const steps: { steps: number; x: Float64Array; value: number; stepNorm: number }[] = [];
    run(stated(), { rate: 0.5 }, { maxSteps: 2, onStep: (step) => steps.push(step) });
    expect(steps).toMatchObject([
      { steps: 1, x: only(0.5), value: 0.125, gradientNorm: 0.5, stepNorm: 0.5, evaluations: { value: 2 } },
      {
        steps: 2,
        x: only(0.25),
        value: 0.03125,
        gradientNorm: 0.25,
        stepNorm: 0.25,
        evaluations: { value: 3 },
      },
    ]);
  });

  test("refuses to save a step that is over", () => {
    const saves: (() => unknown)[] = [];
    run(stated(), {}, { maxSteps: 2, onStep: ({ save }) => saves.push(save) });
    expect(() => at(saves, 0)()).toThrow(
      "save() of step 1: the run has gone on since; call it while the step is being looked at",
    );
  });
});
