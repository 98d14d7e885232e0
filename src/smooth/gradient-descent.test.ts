import { describe, expect, test } from "vitest";
import { rosenbrock, smoothProblem } from "../../test/tools/smooth-problems.ts";
import { levenberg } from "../descent/levenberg.ts";
import { damping } from "../search/damping.ts";
import { fixedStep } from "../search/fixed.ts";
import { strongWolfe } from "../search/strong-wolfe.ts";
import { solve } from "../solver/drive.ts";
import { gradientDescent } from "./gradient-descent.ts";

describe("gradientDescent", () => {
  test("with a fixed step on ½x² + 2y², by hand: x ← 0.75 x, y ← 0 y, to the bit", () => {
    const bowl = {
      value: ([x = 0, y = 0]: Float64Array) => x ** 2 / 2 + 2 * y ** 2,
      gradient: ([x = 0, y = 0]: Float64Array) => Float64Array.of(x, 4 * y),
    };
    const method = gradientDescent({ search: fixedStep(0.25) });
    const { path } = solve(smoothProblem(2, bowl), method, Float64Array.of(4, 1), {
      maxSteps: 3,
      recordPath: true,
    });
    expect(path?.map((x) => [...x])).toEqual([
      [4, 1],
      [3, 0],
      [2.25, 0],
      [1.6875, 0],
    ]);
  });

  test("with a fixed step on Rosenbrock, as NumPy", () => {
    const method = gradientDescent({ search: fixedStep(0.001) });
    const { x } = solve(smoothProblem(2, rosenbrock), method, Float64Array.of(-1.2, 1), { maxSteps: 3 });
    expect(x[0]).toBeCloseTo(-1.0268830682337082, 14);
    expect(x[1]).toBeCloseTo(1.0624243118951573, 14);
  });

  test("a rate that is too large diverges, and says so", () => {
    const parabola = {
      value: ([x = 0]: Float64Array) => x * x,
      gradient: ([x = 0]: Float64Array) => Float64Array.of(2 * x),
    };
    const method = gradientDescent({ search: fixedStep(1.5) });
    expect(solve(smoothProblem(1, parabola), method, Float64Array.of(1)).reason).toBe("diverged");
  });

  test("asks for gradients only where it goes", () => {
    const { evaluations, steps } = solve(
      smoothProblem(2, rosenbrock),
      gradientDescent(),
      Float64Array.of(-1.2, 1),
      {
        maxSteps: 50,
      },
    );
    // The start, every step, and the exit.
    expect(evaluations.gradient).toBe(steps + 2);
  });

  test("does not take short steps for convergence, unless told to", () => {
    const kink = {
      value: ([x = 0, y = 0]: Float64Array) => Math.abs(x) + 2 * Math.abs(y),
      gradient: ([x = 0, y = 0]: Float64Array) => Float64Array.of(Math.sign(x), 2 * Math.sign(y)),
    };
    const run = (tolerance: { step?: number }): string =>
      solve(smoothProblem(2, kink), gradientDescent(), Float64Array.of(1, 0.3), { tolerance }).reason;
    expect(run({})).not.toBe("converged");
    expect(run({ step: 1e-9 })).toBe("converged");
  });

  test("records its parts", () => {
    expect(gradientDescent().settings).toEqual({
      search: { name: "backtracking", shrink: 0.5, decrease: 1e-4 },
    });
    expect(gradientDescent({ search: strongWolfe() }).settings).toMatchObject({ search: { curvature: 0.9 } });
  });

  test("refuses what is no search along a line", () => {
    const other = damping({ damping: 0, increase: 2, decrease: 3, floor: 1e-3 });
    // @ts-expect-error a search by damping does not turn a length
    expect(() => gradientDescent({ search: other })).toThrow("such as backtracking(), strongWolfe()");
    // @ts-expect-error a descent is no search
    expect(() => gradientDescent({ search: levenberg() })).toThrow("must be a search by length");
    // @ts-expect-error searches are values, not names
    expect(() => gradientDescent({ search: "armijo" })).toThrow('got "armijo"');
    // @ts-expect-error there is no such option
    expect(() => gradientDescent({ rate: 0.1 })).toThrow("rate");
  });
});
