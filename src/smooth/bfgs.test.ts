import { describe, expect, test } from "vitest";
import {
  beale,
  himmelblau,
  quadratic,
  rescaled,
  rosenbrock,
  type Smooth,
  smoothProblem,
} from "../../test/tools/smooth-problems.ts";
import { at } from "../core/exactly.ts";
import { solve } from "../solver/drive.ts";
import { anyMethod } from "../solver/method.ts";
import type { Outcome } from "../solver/outcome.ts";
import { bfgs } from "./bfgs.ts";
import { dfp } from "./dfp.ts";
import { lbfgs } from "./lbfgs.ts";

const far = Float64Array.of(-1.2, 1);
const run = (f: Smooth, start: Float64Array, method = anyMethod(bfgs()), tolerance = {}): Outcome =>
  solve(smoothProblem(start.length, f), method, start, { maxSteps: 1000, tolerance });

describe("bfgs", () => {
  test("Rosenbrock from (−1.2, 1)", () => {
    const { x, converged, steps, evaluations } = run(rosenbrock, far);
    expect(converged).toBe(true);
    expect(Math.abs(at(x, 0) - 1)).toBeLessThan(1e-8);
    expect(Math.abs(at(x, 1) - 1)).toBeLessThan(1e-8);
    // SciPy 1.10: 34 steps, 41 evaluations with gtol 1e-8.
    expect(steps).toBeLessThanOrEqual(40);
    expect(evaluations.value).toBeLessThanOrEqual(1.5 * 41);
  });

  test("Rosenbrock in 20 variables, Beale, Himmelblau", () => {
    const many = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1.2 - i / 50 : 1));
    expect(run(rosenbrock, many)).toMatchObject({ reason: "converged" });
    expect(run(beale, Float64Array.of(1, 1)).x[0]).toBeCloseTo(3, 7);
    expect(run(himmelblau, Float64Array.of(1, 1)).x[1]).toBeCloseTo(2, 7);
  });

  test.each([1, 1e2, 1e4, 1e8])("a quadratic of condition %f", (condition) => {
    const { x, reason, steps } = run(quadratic(10, condition), new Float64Array(10).fill(3));
    expect(reason).toBe("converged");
    expect(steps).toBeLessThanOrEqual(150);
    for (const xi of x) expect(xi).toBeCloseTo(1, 6);
  });

  test.each([
    [1e10, 1],
    [1e-10, 1],
    [1, 1e10],
    [1, 1e-10],
    [1e-10, 1e10],
  ])("Rosenbrock times %f, with x times %f: the same steps but for the last", (c, s) => {
    const start = far.map((xi) => s * xi);
    const { x, reason, steps } = run(rescaled(rosenbrock, c, s), start, anyMethod(bfgs()), { step: 1e-12 });
    expect(reason).toBe("converged");
    expect(Math.abs(steps - 35)).toBeLessThanOrEqual(3);
    for (const xi of x) expect(Math.abs(xi / s - 1)).toBeLessThan(1e-7);
  });

  test.each([1000, -1000, 1e6])("Rosenbrock + %f: to a relative gradient of 1e-8", (offset) => {
    const { reason, criteria } = run(rescaled(rosenbrock, 1, 1, offset), far);
    expect(reason).toBe("converged");
    expect(criteria.gradient?.met).toBe(true);
  });

  test("short steps along a curved valley, from Beale's (100, 100), are no end", () => {
    const { x, reason } = run(beale, Float64Array.of(100, 100));
    expect(reason).toBe("converged");
    expect(at(x, 0)).toBeCloseTo(3, 6);
  });

  test("a gradient whose square is no number", () => {
    const cosh: Smooth = {
      value: ([t = 0]) => Math.cosh(t),
      gradient: ([t = 0]) => Float64Array.of(Math.sinh(t)),
    };
    expect(run(cosh, Float64Array.of(400))).toMatchObject({ reason: "converged", value: 1 });
  });

  test("a start at the minimum takes no step", () => {
    expect(run(rosenbrock, Float64Array.of(1, 1))).toMatchObject({ steps: 0, reason: "converged" });
  });

  test("refuses an option it does not know", () => {
    // @ts-expect-error bfgs has no memory
    expect(() => bfgs({ memory: 3 })).toThrow("memory");
  });
});

describe("lbfgs and dfp", () => {
  test("with more memory than steps, L-BFGS does what BFGS does from the newest scale", () => {
    const { converged, x } = run(rosenbrock, far, anyMethod(lbfgs({ memory: 100 })));
    expect(converged).toBe(true);
    expect(Math.abs(at(x, 0) - 1)).toBeLessThan(1e-8);
  });

  test("L-BFGS on Rosenbrock in 1000 variables", () => {
    const start = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    expect(run(rosenbrock, start, anyMethod(lbfgs())).reason).toBe("converged");
  });

  test("DFP on Rosenbrock", () => {
    const { converged, steps } = run(rosenbrock, far, anyMethod(dfp()));
    expect(converged).toBe(true);
    expect(steps).toBeLessThan(60);
  });

  test("memory is a whole number from 1 on", () => {
    expect(() => lbfgs({ memory: 0 })).toThrow("lbfgs({ memory }): must be an integer in [1, ∞); got 0");
  });
});
