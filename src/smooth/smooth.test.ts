/** What every recipe owes: the contract of methods, on functions kind and hostile. */
import { describe, expect, test } from "vitest";
import {
  beale,
  himmelblau,
  hostile,
  quadratic,
  rosenbrock,
  type Smooth,
  smoothProblem,
} from "../../test/tools/smooth-problems.ts";
import { backtracking } from "../search/backtracking.ts";
import { strongWolfe } from "../search/strong-wolfe.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import { solve } from "../solver/drive.ts";
import { type AnyMethod, anyMethod } from "../solver/method.ts";
import { samePlain } from "../solver/plain-data.ts";
import { bfgs } from "./bfgs.ts";
import { dfp } from "./dfp.ts";
import { gradientDescent } from "./gradient-descent.ts";
import { lbfgs } from "./lbfgs.ts";

const methods: readonly { readonly name: string; readonly method: AnyMethod<"value" | "gradient"> }[] = [
  { name: "gradientDescent()", method: anyMethod(gradientDescent()) },
  {
    name: "gradientDescent({ search: strongWolfe({ curvature: 0.1 }) })",
    method: anyMethod(gradientDescent({ search: strongWolfe({ curvature: 0.1 }) })),
  },
  { name: "bfgs()", method: anyMethod(bfgs()) },
  { name: "bfgs({ search: backtracking() })", method: anyMethod(bfgs({ search: backtracking() })) },
  { name: "dfp()", method: anyMethod(dfp()) },
  { name: "lbfgs({ memory: 3 })", method: anyMethod(lbfgs({ memory: 3 })) },
];

/** Deep freezing would forbid typed arrays; this finds what is no plain data. */
function isPlain(value: unknown): boolean {
  if (value === null || value === undefined || ["number", "string", "boolean"].includes(typeof value))
    return true;
  if (typeof value !== "object") return false;
  if (ArrayBuffer.isView(value)) return true;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isPlain);
}

describe.each(methods)("$name", ({ method }) => {
  const kind: readonly { name: string; f: Smooth; start: number[]; minimum: number[] }[] = [
    { name: "a quadratic", f: quadratic(4, 20), start: [3, -1, 2, 0], minimum: [1, 1, 1, 1] },
    { name: "Beale", f: beale, start: [1, 1], minimum: [3, 0.5] },
    { name: "Himmelblau", f: himmelblau, start: [1, 1], minimum: [3, 2] },
  ];

  test.each(kind)("converges on $name", ({ f, start, minimum }) => {
    const tolerance = { gradient: 1e-8 };
    const { x, reason } = solve(smoothProblem(start.length, f), method, Float64Array.from(start), {
      tolerance,
    });
    expect(reason).toBe("converged");
    for (const [i, xi] of minimum.entries()) expect(x[i]).toBeCloseTo(xi, 6);
  });

  test("continues bit for bit from every step", () => {
    const problem = smoothProblem(2, rosenbrock);
    const start = Float64Array.of(-1.2, 1);
    const saved: Checkpoint[] = [];
    const onStep = ({ save }: { save: () => Checkpoint }): void => void saved.push(save());
    const whole = solve(problem, method, start, { maxSteps: 30, onStep });
    expect(saved.length).toBeGreaterThan(20);
    for (const resume of saved.slice(0, -1)) {
      expect(isPlain(resume.state)).toBe(true);
      const rest = solve(problem, method, start, { maxSteps: 30, resume });
      expect(samePlain(rest.state, whole.state)).toBe(true);
      expect(rest.evaluations).toEqual(whole.evaluations);
    }
  });

  test("leaves the start and what it is told as they are", () => {
    const start = Float64Array.of(-1.2, 1);
    const answers: (readonly [Float64Array, Float64Array])[] = [];
    const gradient = (x: Float64Array): Float64Array => {
      const g = rosenbrock.gradient(x);
      answers.push([g, g.slice()]);
      return g;
    };
    solve(smoothProblem(2, { ...rosenbrock, gradient }), method, start, { maxSteps: 10 });
    expect(start).toEqual(Float64Array.of(-1.2, 1));
    for (const [g, copy] of answers) expect(g).toEqual(copy);
  });

  test.each(Object.entries(hostile))("survives: %s", (_name, { start, ...f }) => {
    const { value, x } = solve(smoothProblem(start.length, f), method, Float64Array.from(start), {
      maxSteps: 500,
      maxEvaluations: 20_000,
    });
    expect(value).not.toBeNaN();
    expect(x.every((xi) => Number.isFinite(xi))).toBe(true);
    expect(value).toBeLessThanOrEqual(f.value(Float64Array.from(start)));
  });

  const reasonOn = (name: string): string => {
    const { start, ...f } = hostile[name] ?? { ...rosenbrock, start: [] };
    return solve(smoothProblem(start.length, f), method, Float64Array.from(start)).reason;
  };

  test("says what happened", () => {
    expect(reasonOn("unbounded below")).toBe("diverged");
    expect(reasonOn("falling ever faster")).toBe("diverged");
    expect(reasonOn("a gradient of the wrong sign")).toBe("stalled");
    expect(reasonOn("flat, whatever its gradient says")).toBe("stalled");
    expect(reasonOn("flat")).toBe("converged");
    expect(reasonOn("NaN beyond 2")).toBe("converged");
  });

  test("a start where f is not defined is no start", () => {
    const undefinedThere = { value: () => Number.NaN, gradient: () => Float64Array.of(Number.NaN) };
    expect(solve(smoothProblem(1, undefinedThere), method, Float64Array.of(1)).reason).toBe("non-finite");
  });
});
