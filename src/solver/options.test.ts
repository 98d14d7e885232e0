/** Options are checked once, at the edge. */
import { expect, test } from "vitest";
import { descend } from "../../test/tools/descend.ts";
import { type Limits, readLimits, type SolveOptions } from "./options.ts";

const read = (options: unknown): Limits => readLimits(descend().card, options as SolveOptions, "solve");

test("budgets have defaults, and hold in total or by kind", () => {
  expect(read({})).toEqual({
    tolerance: { gradient: 1e-8, step: 1e-12 },
    maxSteps: 10_000,
    maxEvaluations: {},
    maxTotal: Infinity,
    timeLimit: Infinity,
  });
  expect(read({ maxEvaluations: 5 })).toMatchObject({ maxEvaluations: {}, maxTotal: 5 });
  expect(read({ maxEvaluations: { value: 5 } })).toMatchObject({
    maxEvaluations: { value: 5 },
    maxTotal: Infinity,
  });
  expect(read({ maxSteps: Infinity, timeLimit: 0 })).toMatchObject({ maxSteps: Infinity, timeLimit: 0 });
});

test.each([
  [{ maxSteps: -1 }, "solve({ maxSteps }): must be a whole number of steps; got -1"],
  [{ maxSteps: 1.5 }, "got 1.5"],
  [{ maxSteps: "3" }, 'got "3"'],
  [{ maxSteps: Number.NaN }, "got NaN"],
  [{ timeLimit: -1 }, "solve({ timeLimit }): must be a number of milliseconds ≥ 0; got -1"],
  [{ timeLimit: null }, "got null"],
  [{ maxEvaluations: -1 }, "solve({ maxEvaluations }): must be a number ≥ 0, or numbers by kind; got -1"],
  [{ maxEvaluations: null }, "got null"],
  [{ maxEvaluations: [3] }, "got [3]"],
  [{ maxEvaluations: { value: undefined } }, "must be a number ≥ 0, or numbers by kind"],
  [{ maxEvaluations: { calls: 3 } }, 'unknown option "calls"; the options are { value, gradient, hessian'],
  [{ recordPath: 1 }, "solve({ recordPath }): must be true or false; got 1"],
  [{ onStep: [] }, "solve({ onStep }): needs a function; got []"],
  [{ signal: {} }, "solve({ signal }): must be an AbortSignal"],
  [{ observers: {} }, "solve({ observers }): needs a list of observers"],
  [{ observers: [null] }, "must be a list of { begin, step, end }, functions all; got null"],
  [{ observers: [{ step: 3 }] }, "functions all; got an object with the keys { step }"],
  [{ observers: [() => 3] }, "functions all; got a function"],
  [{ tolerance: { gradient: -1 } }, "solve({ tolerance: { gradient } }): must be a finite number ≥ 0"],
])("%o is refused", (options, sentence) => {
  expect(() => read(options)).toThrow(sentence);
});
