import { expect, test } from "vitest";
import { fixedStep } from "./fixed.ts";
import type { Trial } from "./search.ts";

const opening = { value: 1, slope: -1, isNatural: true, promise: Number.NaN, guess: 7 };
const trial = (value: number): Trial => ({ value, slope: Number.NaN, predicted: -1, norm: 1 });

test("takes the same length whatever comes of it, as long as f is finite", () => {
  const search = fixedStep(0.1);
  const state = search.open(search.begin(), opening);
  expect(state).toEqual({ control: 0.1, status: "trying" });
  expect(search.judge(state, trial(1e300)).status).toBe("accepted");
  expect(search.judge(state, trial(Infinity))).toMatchObject({ status: "failed" });
});

test.each([0, -1, Number.NaN, Infinity])("refuses %s", (length) => {
  expect(() => fixedStep(length)).toThrow(`fixedStep(length): must be a number in (0, ∞); got ${length}`);
});
