import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../core/errors.ts";
import type { Opening } from "../descent/descent.ts";
import { backtracking } from "./backtracking.ts";
import type { Trial } from "./search.ts";

const opening = (more: Partial<Opening> = {}): Opening => ({
  value: 1,
  slope: -4,
  isNatural: true,
  promise: Number.NaN,
  guess: 0.25,
  ...more,
});
const trial = (value: number): Trial => ({ value, slope: Number.NaN, predicted: -1, norm: 1 });

describe("backtracking", () => {
  const search = backtracking();
  const first = search.open(search.begin(), opening());

  test("tries 1 where that is natural, else the guess", () => {
    expect(first.control).toBe(1);
    expect(search.open(search.begin(), opening({ isNatural: false })).control).toBe(0.25);
  });

  // f(t) = (1 − 2t)²: f(1) = 1, and the quadratic through f(0), f'(0), f(1) is f itself.
  test("goes to the minimum of the quadratic", () => {
    const second = search.judge(first, trial(1));
    expect(second).toMatchObject({ status: "trying", control: 0.5 });
    expect(search.judge(second, trial(0)).status).toBe("accepted");
  });

  test("shortens by a tenth at most and by `shrink` at least", () => {
    expect(search.judge(first, trial(1e9)).control).toBe(0.1);
    expect(search.judge(first, trial(Infinity)).control).toBe(0.5);
    const gentle = backtracking({ shrink: 0.9 });
    expect(gentle.judge(gentle.open(gentle.begin(), opening()), trial(Infinity)).control).toBe(0.9);
  });

  test("lengths grow again: equation 3.60, at most tenfold", () => {
    const accepted = search.judge({ ...first, control: 0.01 }, trial(0.97));
    expect(accepted.status).toBe("accepted");
    // 2 (0.97 − 1) / −2 = 0.03.
    const next = search.open(accepted, opening({ value: 0.97, slope: -2, isNatural: false }));
    expect(next.control).toBeCloseTo(0.03, 15);
    expect(search.open(accepted, opening({ value: 0.97, slope: -1e-9, isNatural: false })).control).toBe(0.1);
  });

  test("accepts what fulfils Armijo's condition, and only that", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), (value) => {
        const isEnough = value <= 1 - 1e-4 * 4;
        expect(search.judge(first, trial(value)).status === "accepted").toBe(isEnough);
      }),
    );
  });

  test("gives up where shorter steps cannot change f", () => {
    let state = first;
    let trials = 0;
    for (; state.status === "trying"; trials++) state = search.judge(state, trial(2));
    expect(state).toMatchObject({ status: "failed", detail: expect.stringContaining("visibly") });
    expect(trials).toBeLessThan(60);
  });

  test("takes first choices that change nothing, but not for ever", () => {
    let state = search.begin();
    let steps = 0;
    do {
      state = search.judge(search.open(state, opening({ slope: -1e-17 })), trial(1));
      steps++;
    } while (state.status === "accepted");
    expect(steps).toBe(22);
  });

  test("refuses settings out of range", () => {
    expect(() => backtracking({ shrink: 2 })).toThrow(ArgumentError);
    expect(() => backtracking({ shrink: 2 })).toThrow("must be a number in (0, 1); got 2");
    // @ts-expect-error there is no such option
    expect(() => backtracking({ shrnk: 0.5 })).toThrow("shrnk");
  });
});
