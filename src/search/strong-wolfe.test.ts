import { describe, expect, test } from "vitest";
import { firstLengths, type LineFunction, lineFunctions } from "../../test/tools/lines.ts";
import { type StrongWolfeOptions, type StrongWolfeState, strongWolfe } from "./strong-wolfe.ts";

/** Runs the search on a function of the length alone. */
function search(
  { value, slope }: LineFunction,
  guess: number,
  options: StrongWolfeOptions = {},
): { state: StrongWolfeState; trials: number[] } {
  const { begin, open, judge } = strongWolfe(options);
  const trials: number[] = [];
  let state = open(begin(), {
    value: value(0),
    slope: slope(0),
    isNatural: false,
    promise: Number.NaN,
    guess,
  });
  while (state.status === "trying") {
    const t = state.control;
    trials.push(t);
    const f = value(t);
    state = judge(state, { value: Number.isNaN(f) ? Infinity : f, slope: slope(t), predicted: -1, norm: t });
  }
  return { state, trials };
}

describe.each(lineFunctions)(
  "table $name of Moré & Thuente",
  ({ line, decrease, curvature, evaluations }) => {
    test.each(firstLengths.map((first, i) => ({ first, theirs: evaluations[i] ?? 0 })))(
      "from $first: both conditions, in about $theirs evaluations",
      ({ first, theirs }) => {
        const { state, trials } = search(line, first, { decrease, curvature });
        const { control: t } = state;
        expect(state.status).toBe("accepted");
        expect(line.value(t)).toBeLessThanOrEqual(line.value(0) + decrease * t * line.slope(0));
        expect(Math.abs(line.slope(t))).toBeLessThanOrEqual(curvature * Math.abs(line.slope(0)));
        expect(trials.length).toBeLessThanOrEqual(Math.ceil(1.5 * theirs));
      },
    );
  },
);

test("no more evaluations than theirs in all", () => {
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const ours = lineFunctions.map(({ line, decrease, curvature }) =>
    sum(firstLengths.map((first) => search(line, first, { decrease, curvature }).trials.length)),
  );
  expect(sum(ours)).toBeLessThanOrEqual(sum(lineFunctions.map(({ evaluations }) => sum(evaluations))));
});

test("the quadratic's minimum is the second trial", () => {
  const { state, trials } = search({ value: (t) => (t - 3) ** 2, slope: (t) => 2 * (t - 3) }, 10);
  expect(trials).toEqual([10, 3]);
  expect(state.status).toBe("accepted");
});

test("what is not a number is too long", () => {
  const line = {
    value: (t: number) => (t > 1 ? Number.NaN : (t - 0.9) ** 2),
    slope: (t: number) => 2 * (t - 0.9),
  };
  const { state } = search(line, 1e6);
  expect(state.status).toBe("accepted");
  expect(state.control).toBeLessThanOrEqual(1);
});

test("where f falls for ever, the last of the trials is taken", () => {
  const { state, trials } = search({ value: (t) => -t, slope: () => -1 }, 1, { maxTrials: 5 });
  expect(trials).toEqual([1, 10, 100, 1000, 10000]);
  expect(state).toMatchObject({ status: "accepted", control: 10000 });
});

test("when trials are used up, the lowest is asked for again and taken", () => {
  // Decreases at 0.1 alone, whatever the slopes say.
  const line = { value: (t: number) => (t === 0.1 ? -1 : t), slope: () => -1 };
  const { state, trials } = search(line, 0.1, { maxTrials: 6 });
  expect(trials).toHaveLength(7);
  expect(trials.at(-1)).toBe(0.1);
  expect(state).toMatchObject({ status: "accepted", control: 0.1 });
});

test("an ascent fails in a few trials", () => {
  const { state, trials } = search({ value: (t) => t, slope: () => -1 }, 1);
  expect(state).toMatchObject({ status: "failed", detail: expect.stringContaining("decreased f enough") });
  expect(trials.length).toBeLessThanOrEqual(30);
});

test("where f drowns in rounding, slopes decide: the approximate Wolfe conditions", () => {
  // f rises by two roundings, while its slope says that it fell.
  const line = { value: (t: number) => 1000 + (t > 0 ? 2e-13 : 0), slope: (t: number) => 1e-8 * (t - 1) };
  expect(search(line, 1.0625)).toMatchObject({ state: { status: "accepted" }, trials: [1.0625] });
});

test("settings", () => {
  expect(strongWolfe().settings).toEqual({ decrease: 1e-4, curvature: 0.9, maxTrials: 30 });
  expect(() => strongWolfe({ curvature: 1 })).toThrow(
    "strongWolfe({ curvature }): must be a number in (0, 1); got 1",
  );
  expect(() => strongWolfe({ maxTrials: 2.5 })).toThrow("an integer");
});
