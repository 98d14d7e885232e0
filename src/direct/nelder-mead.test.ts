/**
 * Iterates are those of SciPy 1.10, `minimize(method="Nelder-Mead", options={"return_all": True})`. McKinnon's functions and
 * their simplex: McKinnon (1998), SIAM J. Optim. 9, 148-158; his simplex collapses at the origin, the minimum is −1/4 at (0, −1/2).
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { maxNorm } from "../core/vector.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import { iterateSteps, solve } from "../solver/drive.ts";
import { clonePlain, samePlain } from "../solver/plain-data.ts";
import { standardCoefficients } from "./coefficients.ts";
import { nelderMead } from "./nelder-mead.ts";

type Value = (x: Float64Array) => number;
const problem = (n: number, value: Value) => analytic(n, { value });
const point = (...x: number[]): Float64Array => Float64Array.from(x);
const pair =
  (f: (x: number, y: number) => number): Value =>
  (v) =>
    f(at(v, 0), at(v, 1));

const distance = (x: Float64Array, y: readonly number[]): number => maxNorm(x.map((xi, i) => xi - at(y, i)));

const rosenbrock = pair((x, y) => 100 * (y - x * x) ** 2 + (1 - x) ** 2);
const powell: Value = (v) => {
  const [a, b, c, d] = [at(v, 0), at(v, 1), at(v, 2), at(v, 3)];
  return (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4;
};

describe("nelderMead takes the steps of SciPy", () => {
  test("on Rosenbrock's function, with every kind of move", () => {
    const path = [...iterateSteps(problem(2, rosenbrock), nelderMead(), point(-1.2, 1), { maxSteps: 12 })];
    const expected = [
      [-1.0799999999999996, 1.0749999999999997],
      [-1.0799999999999994, 1.125],
      [-1.0799999999999994, 1.125],
      [-1.0649999999999995, 1.0999999999999999],
      [-1.0462499999999995, 1.11875],
      [-1.0312499999999998, 1.09375],
      [-1.0518749999999994, 1.103125],
      [-1.0321874999999996, 1.0578124999999998],
      [-1.0321874999999996, 1.0578124999999998],
      [-0.9994921874999996, 1.0111328124999996],
      [-0.9742382812499999, 0.9291992187499996],
      [-0.896220703125, 0.7948730468749989],
    ];
    // The two differ in the order of a few sums.
    path.forEach(({ x }, k) => {
      expect(distance(x, at(expected, k))).toBeLessThan(1e-13);
    });
    const phases = new Set<string>();
    solve(problem(2, rosenbrock), spied(phases), point(-1.2, 1));
    expect([...phases].sort()).toEqual(["contract-inside", "contract-outside", "expand", "reflect", "start"]);
  });

  test("on Powell's singular function, with the adaptive factors of four variables", () => {
    const steps = [...iterateSteps(problem(4, powell), nelderMead(), point(3, -1, 0, 1), { maxSteps: 59 })];
    expect(
      distance(
        at(steps, 19).x,
        [1.8617594560885244, -0.5513291312617334, 0.0019616783220737675, 1.2356322341381345],
      ),
    ).toBeLessThan(1e-12);
    expect(
      distance(
        at(steps, 39).x,
        [1.6210360134491335, -0.18279687753610976, 0.003278547800966889, 1.3252125973417903],
      ),
    ).toBeLessThan(1e-12);
    expect(
      distance(
        at(steps, 58).x,
        [0.26493699397355774, -0.005921461568138289, 0.00965712811450956, 0.08641191665695891],
      ),
    ).toBeLessThan(1e-12);
  });

  /** Notes the phase of every question. */
  function spied(phases: Set<string>): ReturnType<typeof nelderMead> {
    const method = nelderMead();
    const ask: typeof method.ask = (state) => {
      phases.add(state.phase);
      return method.ask(state);
    };
    return { ...method, ask };
  }
});

describe("nelderMead converges", () => {
  test("on Rosenbrock's function", () => {
    const { x, converged } = solve(problem(2, rosenbrock), nelderMead(), point(-1.2, 1));
    expect(converged).toBe(true);
    expect(Math.hypot(at(x, 0) - 1, at(x, 1) - 1)).toBeLessThan(1e-7);
  });

  test.each([1, 2, 3, 10, 20])("on an ellipsoid of %i variables", (n) => {
    const ellipsoid: Value = (x) => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - 1) ** 2, 0);
    const start = Float64Array.from({ length: n }, (_, i) => 3 + i);
    const { x, converged } = solve(problem(n, ellipsoid), nelderMead(), start);
    expect(converged).toBe(true);
    expect(maxNorm(x.map((xi) => xi - 1))).toBeLessThan(1e-6);
  });

  test("on kinks, where no derivative exists", () => {
    const { x, converged } = solve(
      problem(3, (v) => v.reduce((sum, xi, i) => sum + Math.abs(xi - i), 0)),
      nelderMead(),
      point(5, 1, 3),
    );
    expect(converged).toBe(true);
    expect(maxNorm(x.map((xi, i) => xi - i))).toBeLessThan(1e-7);
  });

  test("from zero, and along scales twelve orders apart", () => {
    const scales = pair((x, y) => (x / 1e6 - 1) ** 2 + (y * 1e6 - 1) ** 2);
    const { x, converged } = solve(problem(2, scales), nelderMead(), point(0, 1e-5));
    expect(converged).toBe(true);
    expect(at(x, 0) / 1e6).toBeCloseTo(1, 6);
    expect(at(x, 1) * 1e6).toBeCloseTo(1, 6);
  });

  test("moves with the function: shifting f by a constant changes no step", () => {
    // Values are multiples of 2⁻²⁰ below 2²⁰, so that adding 2²⁰ is exact and every comparison stays as it was.
    const coarse = pair((x, y) => Math.round(2 ** 20 * Math.min(rosenbrock(point(x, y)), 1000)) / 2 ** 20);
    const path = (shift: number) =>
      solve(
        problem(2, (x) => coarse(x) + shift),
        nelderMead({ restarts: 0 }),
        point(-1.2, 1),
        { maxSteps: 60, recordPath: true },
      ).path;
    expect(path(2 ** 20)).toEqual(path(0));
  });
});

describe("a simplex that collapses", () => {
  const simplex = [
    [1, 1],
    [(1 + Math.sqrt(33)) / 8, (1 - Math.sqrt(33)) / 8],
  ];
  const mckinnon = (tau: number, theta: number, phi: number) =>
    pair((x, y) => (x <= 0 ? theta * phi * Math.abs(x) ** tau : theta * x ** tau) + y + y * y);

  test.each([
    [1, 15, 10],
    [2, 6, 60],
    [3, 6, 400],
  ])("is turned downhill on McKinnon's function (τ, θ, φ) = (%d, %d, %d)", (tau, theta, phi) => {
    const f = problem(2, mckinnon(tau, theta, phi));
    const result = solve(f, nelderMead({ simplex }), point(0, 0));
    expect(result.converged).toBe(true);
    expect(result.value).toBeCloseTo(-0.25, 12);
    expect(result.state.restarts).toBeGreaterThan(0);
  });

  test("stays at a point that is no minimum without restarts, and does not claim to have converged", () => {
    const f = problem(2, mckinnon(2, 6, 60));
    const { reason, value } = solve(f, nelderMead({ simplex, restarts: 0 }), point(0, 0));
    expect(value).toBe(0);
    expect(reason).toBe("stalled");
  });

  test("may be flat from the beginning", () => {
    const f = problem(
      2,
      pair((x, y) => (x - 3) ** 2 + (y - 1) ** 2),
    );
    const flat = [
      [1, 0],
      [2, 0],
    ];
    const { x } = solve(f, nelderMead({ simplex: flat }), point(0, 0));
    expect(distance(x, [3, 1])).toBeLessThan(1e-6);
    expect(at(solve(f, nelderMead({ simplex: flat, restarts: 0 }), point(0, 0)).x, 1)).toBe(0);
  });
});

describe("nelderMead survives", () => {
  test("a constant: the simplex shrinks until its size is small", () => {
    const { reason, x } = solve(
      problem(2, () => 7),
      nelderMead(),
      point(1, 2),
    );
    expect(reason).toBe("converged");
    expect([...x]).toEqual([1, 2]);
  });

  test("a jump at the minimum: values do not come together", () => {
    const jump = pair((x, y) => (x >= 1 && y >= 1 ? x + y : 100));
    expect(solve(problem(2, jump), nelderMead(), point(1, 1)).reason).toBe("stalled");
  });

  test("a start that is alone in having a value: the rest shrinks towards it", () => {
    for (const outside of [Number.NaN, Infinity]) {
      const alone = pair((x, y) => (x === 5 && y === 1 ? 1 : outside));
      const { reason, x } = solve(problem(2, alone), nelderMead(), point(5, 1));
      expect(reason).toBe("stalled");
      expect([...x]).toEqual([5, 1]);
    }
  });

  test("a domain with an edge", () => {
    const logarithm = pair((x, y) => x - Math.log(x) + y - 2 * Math.log(y));
    const { x, converged } = solve(problem(2, logarithm), nelderMead({ size: 3 }), point(0.01, 0.01));
    expect(converged).toBe(true);
    expect(distance(x, [1, 2])).toBeLessThan(1e-6);
  });

  test("a start without a value", () => {
    for (const value of [Number.NaN, Infinity]) {
      const nowhere = problem(2, (x) => (at(x, 0) === 5 ? value : at(x, 0) ** 2));
      const { reason, steps } = solve(nowhere, nelderMead(), point(5, 1));
      expect([reason, steps]).toEqual(["non-finite", 0]);
    }
  });

  test("a function unbounded below", () => {
    const falling = (f: Value) => solve(problem(2, f), nelderMead(), point(1, 1)).reason;
    expect(falling((x) => at(x, 0) + at(x, 1))).toBe("diverged");
    expect(falling((x) => -Math.exp(at(x, 0)))).toBe("diverged");
  });

  test("noise: it ends, at a value no worse than the start's", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let state = seed >>> 0;
        const noise = (): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 32;
        };
        const noisy = problem(
          2,
          pair((x, y) => x * x + y * y + 0.1 * noise()),
        );
        const { reason, steps, history } = solve(noisy, nelderMead(), point(3, -2));
        expect(["converged", "stalled"]).toContain(reason);
        expect(steps).toBeLessThan(1000);
        expect(history.value.every((value, k) => k === 0 || value <= at(history.value, k - 1))).toBe(true);
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});

describe("nelderMead as a method", () => {
  test("asks for n + 1 points, then for one, or n when it shrinks, and only for values", () => {
    const sizes = new Set<number>();
    const method = nelderMead();
    const watched: typeof method = {
      ...method,
      ask: (state) => {
        const query = method.ask(state);
        sizes.add(query.points.length);
        expect(query.wants).toEqual(["value"]);
        return query;
      },
    };
    const wall: Value = (x) => (maxNorm(x) > 3 ? Number.NaN : Math.floor(8 * at(x, 0)) + at(x, 1) ** 2);
    solve(problem(3, wall), watched, point(3, 3, 3));
    expect([...sizes]).toEqual([4, 1, 3]);
  });

  test("resumes bit for bit from every step", () => {
    const run = (resume?: Checkpoint, saves?: Checkpoint[]) =>
      solve(problem(2, rosenbrock), nelderMead(), point(-1.2, 1), {
        onStep: (step) => void saves?.push(step.save()),
        ...(resume === undefined ? {} : { resume }),
      });
    const saves: Checkpoint[] = [];
    const { x, steps } = run(undefined, saves);
    expect(saves).toHaveLength(steps);
    for (const save of saves) {
      const again = run(save);
      expect([...again.x, again.steps]).toEqual([...x, steps]);
    }
  });

  test("keeps its state as plain data, the best vertex in front", () => {
    for (const { state, x, value } of iterateSteps(problem(2, rosenbrock), nelderMead(), point(-1.2, 1))) {
      expect(samePlain(structuredClone(state), clonePlain(state))).toBe(true);
      expect(value).toBe(Math.min(...state.simplex.map((vertex) => vertex.value)));
      expect(value).toBe(rosenbrock(x));
    }
  });

  test("leaves the start untouched", () => {
    const start = point(-1.2, 1);
    solve(problem(2, rosenbrock), nelderMead(), start);
    expect([...start]).toEqual([-1.2, 1]);
  });

  test("needs fewer evaluations with adaptive than with standard factors where there are many variables", () => {
    const ellipsoid: Value = (x) => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - 1) ** 2, 0);
    const start = new Float64Array(16).fill(3);
    const budget = { maxEvaluations: 2000 };
    const adaptive = solve(problem(16, ellipsoid), nelderMead(), start, budget);
    const coefficients = standardCoefficients();
    const standard = solve(problem(16, ellipsoid), nelderMead({ coefficients }), start, budget);
    expect(adaptive.value).toBeLessThan(standard.value);
  });

  test("refuses settings that cannot be meant", () => {
    expect(() => nelderMead({ size: 0 })).toThrow("nelder-mead({ size }): must be a number in (0, ∞); got 0");
    expect(() => nelderMead({ restarts: 0.5 })).toThrow(ArgumentError);
    // @ts-expect-error A name that is not on the card.
    expect(() => nelderMead({ adaptive: true })).toThrow(/unknown option "adaptive"/);
    // @ts-expect-error A name in place of a rule.
    expect(() => nelderMead({ coefficients: "standard" })).toThrow(/needs a rule such as/);
    // @ts-expect-error A number in place of points.
    expect(() => nelderMead({ simplex: 2 })).toThrow(/needs n points besides the start; got 2/);
    const wrong = nelderMead({ simplex: [[1, 1]] });
    expect(() => solve(problem(2, rosenbrock), wrong, point(0, 0))).toThrow(/needs 2 other points of 2/);
  });
});
