/** Tests of convergence: formulas worked out by hand, and limits as they are given. */
import { describe, expect, test } from "vitest";
import { descend } from "../../test/tools/descend.ts";
import {
  gradientMeasure,
  groupMet,
  judge,
  readTolerance,
  stepMeasure,
  type Tolerance,
  valueMeasure,
  valueScale,
} from "./criteria.ts";

const of = Float64Array.of.bind(Float64Array);

test("the scale of f is |f|, no less than |f(x₀)| or 1", () => {
  expect(valueScale(-20, 3)).toBe(20);
  expect(valueScale(0, 3)).toBe(1);
  expect(valueScale(0, -0.25)).toBe(0.25);
  expect(valueScale(0, 0)).toBe(0);
});

describe("gradient", () => {
  const measure = (
    x: Float64Array,
    gradient: Float64Array | undefined,
    value: number,
    start: number,
  ): unknown => gradientMeasure({ x, value, ...(gradient && { gradient }) }, { value: start });

  test("is max |gᵢ| max(|xᵢ|, 1) over the scale of f", () => {
    expect(measure(of(10, 0.1), of(-2, 7), 4, 100)).toBe(20 / 4);
    expect(measure(of(10, 0.1), of(-2, 30), 0, 100)).toBe(30);
  });

  test("is not blunted by a constant in f, nor by a start far out", () => {
    expect(measure(of(0, 0), of(-2, -4e-3), 1e6 + 1, 1e6 + 2)).toBe(2);
    expect(measure(of(0), of(-2e8), 2e16, 2e16)).toBe(2e8);
  });

  test("is not changed by the units of an f that is small from the start", () => {
    expect(measure(of(2), of(3), 0.5, 0.75)).toBe(8);
    expect(measure(of(2), of(3 / 1024), 0.5 / 1024, 0.75 / 1024)).toBe(8);
  });

  test("is 0 where the gradient is, even without a scale; unknown without a gradient; NaN with NaN", () => {
    expect(measure(of(1), of(0), 0, 0)).toBe(0);
    expect(measure(of(1), of(1), 0, 0)).toBe(Infinity);
    expect(measure(of(1), undefined, 1, 1)).toBeUndefined();
    expect(measure(of(1, 1), of(1, Number.NaN), 1, 1)).toBeNaN();
    expect(measure(of(1), of(1), Number.NaN, 1)).toBeNaN();
  });
});

describe("step", () => {
  test("is max |Δxᵢ| / max(|xᵢ|, min(1, |x₀ᵢ|))", () => {
    expect(stepMeasure(of(9, 1), { x: of(10, 2) }, { x: of(1, 4) })).toBe(0.5);
    expect(stepMeasure(of(0.25), { x: of(0) }, { x: of(0.5) })).toBe(0.5);
  });

  test("is not blunted by a start far out", () => {
    expect(stepMeasure(of(2), { x: of(1) }, { x: of(1e30) })).toBe(1);
  });

  test("has scale 1 where x and x₀ are 0", () => {
    expect(stepMeasure(of(0.5), { x: of(0) }, { x: of(0) })).toBe(0.5);
  });

  test("is that of the step first intended", () => {
    expect(stepMeasure(of(9), { x: of(10), cut: 0.25 }, { x: of(1) })).toBe(0.4);
  });

  test("is NaN where x is not finite, which meets no limit", () => {
    expect(stepMeasure(of(1, 1), { x: of(1, Number.NaN) }, { x: of(1, 1) })).toBeNaN();
    expect(stepMeasure(of(1, 1), { x: of(1, Infinity) }, { x: of(1, 1) })).toBeNaN();
  });
});

test("value is |Δf| over the scale of f", () => {
  expect(valueMeasure(10, 8, { value: 100 })).toBe(0.25);
  expect(valueMeasure(0.5, 0, { value: 100 })).toBe(0.5);
  expect(valueMeasure(0, 0, { value: 0 })).toBe(0);
  expect(valueMeasure(1, Number.NaN, { value: 1 })).toBeNaN();
});

test("a test is met at its limit, not by NaN, and made only where there is a limit", () => {
  expect(judge({ gradient: 1, step: Number.NaN, value: 3 }, { gradient: 1, step: 1, residual: 1 })).toEqual({
    gradient: { measured: 1, limit: 1, met: true },
    step: { measured: Number.NaN, limit: 1, met: false },
  });
});

test("a group is met when all of its tests are; the first such group is named", () => {
  const criteria = judge({ gradient: 2, step: 1, value: 1 }, { gradient: 1, step: 1, value: 1 });
  expect(groupMet([["gradient"], ["step", "value"], ["step"]], criteria)).toEqual(["step", "value"]);
  expect(groupMet([["gradient", "step"], []], criteria)).toBeUndefined();
  expect(groupMet([["step", "residual"]], criteria)).toBeUndefined();
});

describe("limits", () => {
  const { card } = descend();
  const read = (tolerance: unknown): Tolerance => readTolerance(card, tolerance as Tolerance, "solve");

  test("are the card's, with the caller's in their place", () => {
    expect(read({})).toEqual({ gradient: 1e-8, step: 1e-12 });
    expect(read({ step: 0 })).toEqual({ gradient: 1e-8, step: 0 });
  });

  test.each([
    [{ gradient: -1 }, "solve({ tolerance: { gradient } }): must be a finite number ≥ 0; got -1"],
    [{ gradient: Number.NaN }, "got NaN"],
    [{ gradient: Infinity }, "got Infinity"],
    [{ step: "1e-3" }, 'got "1e-3"'],
    [{ step: undefined }, "got undefined"],
    [
      { value: 1 },
      'solve({ tolerance }) with descend: unknown option "value"; the options are { gradient, step }',
    ],
    [1e-6, "options are an object { gradient, step }; got 0.000001"],
  ])("%o are refused", (tolerance, sentence) => {
    expect(() => read(tolerance)).toThrow(sentence);
  });

  test("of a method without tests are refused", () => {
    expect(() => readTolerance({ ...card, tests: [] }, { gradient: 1 }, "sample")).toThrow(
      "sample({ tolerance }): descend has no test of convergence; leave tolerance out",
    );
    expect(readTolerance({ ...card, tests: [], tolerance: {} }, {}, "sample")).toEqual({});
  });
});
