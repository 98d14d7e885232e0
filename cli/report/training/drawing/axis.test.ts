import { expect, test } from "vitest";
import { accuracyAxis } from "./accuracy-axis.ts";
import { logTicks, valueAxis } from "./axis.ts";

test("ticks of a logarithmic axis are round, and as many as there is room for", () => {
  expect(logTicks(0.02, 3)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
  expect(logTicks(0.0168, 0.04)).toEqual([0.02, 0.025, 0.03, 0.04]);
  expect(logTicks(1e-9, 1)).toEqual([1e-9, 1e-7, 1e-5, 1e-3, 0.1]);
});

test("an axis is logarithmic where values span much, and then has no place for 0", () => {
  const wide = valueAxis([0, 0.01, 1, Number.NaN, Number.POSITIVE_INFINITY], "loss");
  expect(wide.options.label).toBe("loss, logarithmic");
  expect([0, 0.01, Number.NaN, Infinity].map(wide.isShown)).toEqual([false, true, false, false]);
  expect(wide.place(0.01)).toBe(-2);
  const narrow = valueAxis([1, 2], "loss");
  expect(narrow.options.label).toBe("loss");
  expect([0, 1, Number.NaN].map(narrow.isShown)).toEqual([true, true, false]);
  expect(valueAxis([], "loss").options.domain).toEqual([0, 1]);
});

test("accuracies near 1 stand by what is missing; with a whole 1 among them as they are", () => {
  const near = accuracyAxis([0.9, 0.98, 0.99], "accuracy");
  const [low, middle, high] = [0.9, 0.98, 0.99].map(near.place);
  // Halving the errors is as far as 80 % is from 90 %.
  expect((high ?? 0) - (middle ?? 0)).toBeCloseTo(Math.log10(2), 12);
  expect(low).toBeCloseTo(1, 12);
  expect(accuracyAxis([0.5, 1], "accuracy").place(0.5)).toBe(0.5);
});
