/** A run that is taken up again is the run that was never interrupted, bit for bit: any tiny method, from any step. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { descend } from "../../test/tools/descend.ts";
import { at } from "../core/exactly.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { solve } from "./drive.ts";
import type { Method, State } from "./method.ts";
import type { Outcome } from "./outcome.ts";
import { samePlain } from "./plain-data.ts";
import { told } from "./question.ts";

/** What makes one tiny method different from another. */
interface Traits {
  readonly rate: number;
  readonly momentum: number;
  /** Whether a trial that does not lower the value is rejected and the rate halved. */
  readonly rejects: boolean;
  /** Points asked for beside the trial. */
  readonly company: number;
}

interface TinyState extends State {
  /** Written over by every `tell`. */
  readonly velocity: Float32Array;
  readonly rate: number;
  readonly odd: {
    readonly low: number;
    readonly zero: number;
    readonly none: undefined;
    readonly log: number[];
  };
}

/** Momentum with rejection and company, whose state holds all sorts of plain data. */
function tiny({ momentum, rejects, company, ...traits }: Traits): Method<TinyState, "value" | "gradient"> {
  const trial = ({ x, velocity }: TinyState): Float64Array => x.map((xi, i) => xi + at(velocity, i));
  return {
    card: {
      ...descend().card,
      name: "tiny",
      tests: [["gradient"], ["step", "value"]],
      tolerance: { gradient: 1e-6, step: 1e-6, value: 1e-6 },
    },
    settings: { rate: traits.rate, momentum, company, rejects },
    init: ({ x }) => ({
      x,
      value: undefined,
      steps: 0,
      velocity: new Float32Array(x.length),
      rate: traits.rate,
      odd: { low: -Infinity, zero: -0, none: undefined, log: [] },
    }),
    ask: (state) => ({
      points: [trial(state), ...Array.from({ length: company }, (_, k) => state.x.map((xi) => xi + k + 1))],
      wants: ["value", "gradient"],
    }),
    tell: (state, answer) => {
      const { velocity, odd } = state;
      const [value, gradient] = [told(answer, 0, "value"), told(answer, 0, "gradient")];
      odd.log.push(value);
      if (rejects && state.value !== undefined && !(value < state.value)) {
        for (let i = 0; i < velocity.length; i++) velocity[i] = at(velocity, i) / 2;
        const verdict = state.rate < 1e-9 ? { verdict: { reason: "stalled", detail: "tiny" } as const } : {};
        return { ...state, rate: state.rate / 2, ...verdict };
      }
      const x = trial(state);
      for (let i = 0; i < velocity.length; i++)
        velocity[i] = momentum * at(velocity, i) - state.rate * at(gradient, i);
      return { ...state, x, value, gradient, steps: state.value === undefined ? 0 : state.steps + 1 };
    },
  };
}

const traits = fc.record({
  rate: fc.double({ min: 1e-3, max: 1.5, noNaN: true }),
  momentum: fc.constantFrom(0, 0.5, 0.9),
  rejects: fc.boolean(),
  company: fc.integer({ min: 0, max: 2 }),
});
const start = fc.float64Array({ minLength: 1, maxLength: 3, min: -5, max: 5, noNaN: true });

/** Σ cosh-like bowl, steep and flat, not finite far out. */
const problemOf = (dimension: number): ReturnType<typeof analytic<"value" | "gradient">> =>
  analytic(dimension, {
    value: (x) => x.reduce((sum, xi, i) => sum + (i + 1) * (Math.exp(xi) - xi), 0),
    gradient: (x) => x.map((xi, i) => (i + 1) * (Math.exp(xi) - 1)),
  });

/** Everything of an outcome that must not depend on interruptions. */
function facts({
  x,
  value,
  gradient,
  reason,
  detail,
  criteria,
  steps,
  evaluations,
  history,
  path,
  state,
}: Outcome): unknown {
  return { x, value, gradient, reason, detail, criteria, steps, evaluations, history, path, state };
}

test("any tiny method, from any step, in memory and through text", () => {
  const property = fc.property(traits, start, fc.boolean(), (chosen, x, recordPath) => {
    const problem = problemOf(x.length);
    const options = { maxSteps: 12, maxEvaluations: 150, recordPath };
    const saved: Checkpoint[] = [];
    const whole = solve(problem, tiny(chosen), x, { ...options, onStep: ({ save }) => saved.push(save()) });
    for (const checkpoint of saved) {
      for (const resume of [checkpoint, decodeCheckpoint(encodeCheckpoint(checkpoint))]) {
        const resumed = solve(problem, tiny(chosen), x, { ...options, resume });
        expect(samePlain(facts(resumed), facts(whole))).toBe(true);
      }
    }
  });
  fc.assert(property, { numRuns: 60 });
});

describe("a run that ended", () => {
  const problem = problemOf(2);
  const x = Float64Array.of(1, -2);
  const method = descend({ rate: 0.3 });

  test("goes on with other limits to where it would have come", () => {
    const short = solve(problem, method, x, { maxSteps: 4, recordPath: true });
    const long = solve(problem, method, x, { maxSteps: 9, recordPath: true });
    const resumed = solve(problem, method, x, { maxSteps: 9, recordPath: true, resume: short.save() });
    expect(resumed).toMatchObject({
      x: long.x,
      value: long.value,
      steps: 9,
      history: long.history,
      path: long.path,
    });
    // Both parts were evaluated at their exit, and both are counted.
    expect(resumed.evaluations.value).toBe(long.evaluations.value + 1);
    expect(resumed.elapsed).toBeGreaterThanOrEqual(short.elapsed);
  });

  test("ends at once with the limits it ended with", () => {
    for (const options of [{ maxSteps: 4 }, {}, { maxEvaluations: 3 }]) {
      const ended = solve(problem, method, x, options);
      const again = solve(problem, method, x, { ...options, resume: ended.save() });
      expect(again).toMatchObject({
        reason: ended.reason,
        steps: ended.steps,
        x: ended.x,
        criteria: ended.criteria,
      });
    }
  });

  test("has its time anew", () => {
    const ended = solve(problem, method, x, { timeLimit: 0 });
    const { record, ...rest } = ended.save();
    const resume = { ...rest, record: { ...record, elapsedBefore: 5_000_000 } };
    const resumed = solve(problem, method, x, { timeLimit: 1_000_000, maxSteps: 3, resume });
    expect(resumed.reason).toBe("max-steps");
    expect(resumed.elapsed).toBeGreaterThan(5_000_000);
  });

  test("begins its path where it is taken up, if none was kept, and drops it if none is wanted", () => {
    const plain = solve(problem, method, x, { maxSteps: 2 });
    const { path } = solve(problem, method, x, { maxSteps: 3, recordPath: true, resume: plain.save() });
    expect(path?.length).toBe(2);
    expect(path?.[0]).toEqual(plain.x);
    const kept = solve(problem, method, x, { maxSteps: 2, recordPath: true });
    expect(solve(problem, method, x, { maxSteps: 3, resume: kept.save() }).path).toBeUndefined();
  });

  test("can be taken up from before its start was evaluated", () => {
    const aborted = solve(problem, method, x, { signal: AbortSignal.abort() });
    const resumed = solve(problem, method, x, {
      maxSteps: 3,
      resume: decodeCheckpoint(encodeCheckpoint(aborted.save())),
    });
    expect(facts(resumed)).toEqual(facts(solve(problem, method, x, { maxSteps: 3 })));
  });
});

describe("a checkpoint is refused", () => {
  const method = descend();
  const x = Float64Array.of(1, 2);
  const saved = solve(problemOf(2), method, x, { maxSteps: 2 }).save();
  const { state, record } = saved;

  test.each<[string, unknown]>([
    [
      "the checkpoint was made in version 2, this run is 1; continue it with the version of Nabla that wrote it",
      { ...saved, version: 2 },
    ],
    [
      'the checkpoint was made by method "other", this run is "descend"',
      { ...saved, method: { ...saved.method, name: "other" } },
    ],
    [
      "the checkpoint was made with the settings",
      { ...saved, method: { ...saved.method, settings: { rate: 1 } } },
    ],
    [
      "the checkpoint was made for variables numbering 3",
      {
        ...saved,
        dimension: 3,
        state: { ...state, x: new Float64Array(3), gradient: new Float64Array(3) },
        record: { ...record, scale: undefined, best: undefined },
      },
    ],
    ["the checkpoint was made with the kernels", { ...saved, kernels: "others" }],
    [
      "its state.x must be a Float64Array of 2 numbers; got [1, 2]",
      { ...saved, state: { ...state, x: [1, 2] } },
    ],
    ["its state.steps must be a whole number; got -1", { ...saved, state: { ...state, steps: -1 } }],
    [
      "its state.verdict must be",
      { ...saved, state: { ...state, verdict: { reason: "converged", detail: "" } } },
    ],
    [
      "its record.spent.value must be a number ≥ 0; got undefined",
      { ...saved, record: { ...record, spent: {} } },
    ],
    [
      "its record.history must be lists of numbers of one length",
      { ...saved, record: { ...record, history: { ...record.history, value: [1] } } },
    ],
    ["its record.best must be", { ...saved, record: { ...record, best: { x, value: "low" } } }],
    ["its record.path must be", { ...saved, record: { ...record, path: [x, 1] } }],
    ["needs a checkpoint of Nabla, or the path of one; got an object with the keys {  }", {}],
    ["needs a checkpoint of Nabla, or the path of one; got null", null],
  ])("%s", (sentence, resume) => {
    const take = (): unknown => solve(problemOf(2), method, x, { resume: resume as Checkpoint });
    expect(take).toThrow(sentence);
    expect(take).toThrow(expect.objectContaining({ code: "argument" }));
  });
});
