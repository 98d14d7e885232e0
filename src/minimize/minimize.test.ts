import { describe, expect, test } from "vitest";
import { ArgumentError } from "../core/errors.ts";
import {
  adam,
  bfgs,
  gradientDescent,
  iterate,
  leastSquares,
  levenbergMarquardt,
  minimize,
  minimizeAsync,
  nelderMead,
  newton,
  positive,
  square,
  sum,
  Tensor,
  tensor,
} from "../index.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../solver/checkpoint-file.ts";

const booth = ([x, y]: readonly [number, number]): number => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
const rosenbrock = ([x, y]: readonly [number, number]): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const start: [number, number] = [-1.2, 1];

describe("the bars of the lecture", () => {
  test("Booth by Newton: one step from [9, 8] to [1, 3]", () => {
    const { x, steps, converged } = minimize(booth, [9, 8], { method: newton() });
    expect(steps).toBe(1);
    expect(converged).toBe(true);
    expect(Math.abs(x[0] - 1)).toBeLessThanOrEqual(1e-14);
    expect(Math.abs(x[1] - 3)).toBeLessThanOrEqual(1e-14);
  });

  test.each([
    ["bfgs", () => minimize(rosenbrock, start, { method: bfgs() })],
    ["newton", () => minimize(rosenbrock, start, { method: newton() })],
    ["nelder-mead", () => minimize(rosenbrock, start, { method: nelderMead() })],
    [
      "levenberg-marquardt",
      () => leastSquares(([x, y]) => [10 * (y - x * x), 1 - x], start, { method: levenbergMarquardt() }),
    ],
  ])("Rosenbrock's valley by %s, to 1e-6", (_, run) => {
    const { x, converged } = run();
    expect(converged).toBe(true);
    expect(Math.abs(x[0] - 1)).toBeLessThan(1e-6);
    expect(Math.abs(x[1] - 1)).toBeLessThan(1e-6);
  });

  test("Rosenbrock's valley by gradient descent and Adam, which take their time", () => {
    const maxSteps = 200_000;
    const slow = [
      minimize(rosenbrock, start, { method: gradientDescent(), maxSteps }),
      minimize(rosenbrock, start, { method: adam({ rate: 0.02 }), maxSteps }),
    ];
    for (const { x, converged } of slow) {
      expect(converged).toBe(true);
      expect(Math.abs(x[0] - 1)).toBeLessThan(1e-5);
    }
  });
});

describe("structures in and out", () => {
  test("a number", () => {
    expect(minimize((x) => (x - 3) ** 2, 0).x).toBeCloseTo(3, 9);
  });

  test("a tree of numbers, arrays and tensors", () => {
    const { x } = minimize(
      ({ a, b, c }) =>
        sum(square(c.sub(1)))
          .add(square(tensor(2).sub(a)))
          .add(square(tensor(5).sub(b[0] ?? 0))),
      {
        a: 0,
        b: [1],
        c: tensor([[0, 0]]),
      },
    );
    expect(x.a).toBeCloseTo(2, 8);
    expect(x.b[0]).toBeCloseTo(5, 8);
    expect(x.c).toBeInstanceOf(Tensor);
    expect(x.c.shape).toEqual([1, 2]);
  });

  test("float32 tensors stay float32", () => {
    const { x } = minimize((w) => sum(square(w.sub(2))), tensor([0, 0], "float32"));
    expect(x.dtype).toBe("float32");
    expect(Array.from(x.toTypedArray())).toEqual([2, 2]);
  });

  test("path, steps and result agree", () => {
    const seen: (readonly number[])[] = [];
    const result = minimize(booth, [9, 8], {
      method: bfgs(),
      recordPath: true,
      onStep: ({ x, steps }) => {
        expect(steps).toBe(seen.length + 1);
        seen.push(x);
      },
    });
    expect(seen).toHaveLength(result.steps);
    expect(result.path).toHaveLength(result.steps + 1);
    expect(result.path?.[0]).toEqual([9, 8]);
    expect(result.path?.at(-1)).toEqual(seen.at(-1));
    expect(result.history.value).toHaveLength(result.steps + 1);
  });

  test("the start is left alone", () => {
    const given = Object.freeze({ w: Object.freeze([1, 2]) });
    minimize(({ w }) => w.reduce((total, v) => total + v * v, 0), given);
    expect(given).toEqual({ w: [1, 2] });
  });
});

describe("what a function may be", () => {
  test("one that captures: by differences, and the result says so and how to do better", () => {
    const shift = 4;
    const { x, derivatives, notes } = minimize(([v]) => (v - shift) ** 2, [1]);
    expect(x[0]).toBeCloseTo(4, 6);
    expect(derivatives.gradient).toBe("differences");
    expect(notes.join()).toMatch(/data|tensor|plugin/);
  });

  test("the same with its data as an argument: exact", () => {
    const { x, derivatives } = minimize(([v], shift) => (v - shift) ** 2, [1], { data: [4] });
    expect(x[0]).toBeCloseTo(4, 9);
    expect(derivatives.gradient).toBe("exact");
  });

  test("one with a gradient of its own", () => {
    let calls = 0;
    const gradient = ([x, y]: readonly [number, number]): [number, number] => {
      calls++;
      return [2 * x, 8 * y];
    };
    const { converged, evaluations, derivatives } = minimize(
      { value: ([x, y]) => x * x + 4 * y * y, gradient },
      [3, 2],
    );
    expect(converged).toBe(true);
    expect(derivatives.gradient).toBe("given");
    expect(evaluations.gradient).toBe(calls);
  });

  test("an asynchronous one", async () => {
    const slow = async ([x]: readonly [number]): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return (x - 2) ** 2;
    };
    const { x, converged } = await minimizeAsync(slow, [0]);
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(2, 6);
  });

  test("one that never answers: the signal ends it", async () => {
    const controller = new AbortController();
    let calls = 0;
    const stuck = ([x]: readonly [number]): Promise<number> | number => {
      if (++calls < 20) return (x - 2) ** 4;
      setTimeout(() => controller.abort(), 5);
      return new Promise(() => {});
    };
    const { reason, value } = await minimizeAsync(stuck, [0], { signal: controller.signal });
    expect(reason).toBe("aborted");
    expect(value).toBeLessThanOrEqual(16);
  });
});

describe("what a result says", () => {
  test("converged: how, where, at what cost", () => {
    const result = minimize(booth, [9, 8], { method: newton() });
    const text = String(result);
    expect(text).toMatch(/^converged after 1 step of newton: gradient .* ≤ 1e-8$/m);
    expect(text).toContain("[1, 3]");
    expect(text).toContain("hessian");
    expect(Object.keys(result)).not.toContain("toString");
  });

  test("not converged: why, and what to do", () => {
    const result = minimize(rosenbrock, start, { maxSteps: 3 });
    expect(result.converged).toBe(false);
    expect(result.reason).toBe("max-steps");
    expect(String(result)).toMatch(/not converged \(max-steps\).*[\s\S]*advice .*maxSteps/);
  });

  test("which method was chosen, and why", () => {
    expect(minimize(booth, [9, 8]).choice).toMatch(
      /^bfgs, chosen because a dense matrix for 2 variables is small/,
    );
    expect(minimize(booth, [9, 8], { method: bfgs() }).choice).toBeUndefined();
    expect(
      minimize((x) => x.reduce((total, v) => total + v * v, 0), new Array<number>(600).fill(1)).method,
    ).toBe("lbfgs");
    expect(leastSquares(([x]) => [x - 1], [0]).method).toBe("levenberg-marquardt");
  });

  test("that a single residual was probably meant as a function to be minimized", () => {
    const { notes } = leastSquares(([x, y]) => (x - 1) ** 2 + y * y + 1, [0, 1], { maxSteps: 5 });
    expect(notes.join()).toMatch(/a single residual.*use minimize/);
    expect(leastSquares(([x, y]) => [x - 1, y], [0, 1]).notes).toEqual([]);
  });

  test("its gradient belongs to its point", () => {
    const { x, gradient, gradientNorm } = minimize(rosenbrock, start, { method: nelderMead() });
    const [a, b] = x;
    const slope = [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)];
    expect(Array.from(gradient ?? [])).toEqual([
      expect.closeTo(slope[0] ?? 0, 10),
      expect.closeTo(slope[1] ?? 0, 10),
    ]);
    expect(gradientNorm).toBe(Math.max(...Array.from(gradient ?? [], Math.abs)));
  });

  test("the order of Newton's method is two", () => {
    expect(minimize(rosenbrock, [1.2, 1.2], { method: newton() }).order).toBeGreaterThan(1.5);
  });
});

describe("a step at a time", () => {
  test("iterate gives what minimize counts, and the same result", () => {
    const steps = iterate(rosenbrock, start, { method: bfgs() });
    let count = 0;
    let next = steps.next();
    for (; !next.done; next = steps.next()) expect(next.value.steps).toBe(++count);
    const whole = minimize(rosenbrock, start, { method: bfgs() });
    expect(next.value.x).toEqual(whole.x);
    expect(count).toBe(whole.steps);
  });

  test("a run saved half-way ends at the same bits", () => {
    let text = "";
    for (const step of iterate(rosenbrock, start, { method: bfgs() })) {
      if (step.steps < 10) continue;
      text = encodeCheckpoint(step.save());
      break;
    }
    const resumed = minimize(rosenbrock, start, { method: bfgs(), resume: decodeCheckpoint(text) });
    const whole = minimize(rosenbrock, start, { method: bfgs() });
    expect(resumed.x).toEqual(whole.x);
    expect(resumed.evaluations).toEqual(whole.evaluations);
    expect(() => minimize(rosenbrock, start, { method: newton(), resume: decodeCheckpoint(text) })).toThrow(
      /made by method "bfgs", this run is "newton"/,
    );
  });
});

describe("parameters", () => {
  test("kept positive", () => {
    const { x } = minimize(({ a }) => (Math.log(a) - 1) ** 2, { a: 1 }, { parameters: { a: positive() } });
    expect(x.a).toBeCloseTo(Math.E, 8);
  });
});

describe("misuse is refused in a sentence", () => {
  const untyped: (...args: unknown[]) => unknown = minimize as never;
  test.each([
    [() => untyped(booth, [9, 8], { methods: bfgs() }), /unknown option "methods"/],
    [
      () => untyped(booth, [9, 8], { method: "bfgs" }),
      /must be a method; got "bfgs"; give a value such as bfgs\(\)/,
    ],
    [() => untyped(booth, [9, 8], { method: bfgs }), /call the factory/],
    [() => untyped(booth, [9, 8], { method: levenbergMarquardt() }), /asks for residuals.*leastSquares/],
    [() => untyped(booth, [9, 8], { tolerance: { gradients: 1 } }), /gradients/],
    [() => untyped(booth, [9, 8], { tolerance: { gradient: -1 } }), /gradient/],
    [() => untyped(booth, [9, 8], { maxSteps: -1 }), /maxSteps/],
    [() => untyped(booth, [9, 8], { maxSteps: "10" }), /maxSteps/],
    [() => untyped(booth, [9, 8], { timeLimit: Number.NaN }), /timeLimit/],
    [() => untyped(booth, [9, 8], { onStep: 3 }), /onStep/],
    [() => untyped(booth, [Number.NaN, 8]), /finite/],
    [() => untyped(booth, []), /variable/],
    [() => untyped(booth), /needs a start as its second argument/],
    [() => untyped(booth, ["9", 8]), /string/],
    [() => untyped("x", [9, 8]), /function/],
    [() => untyped(() => "text", [9, 8]), /number|scalar|string/],
    [() => untyped(([x, y]: number[]) => [x, y], [9, 8]), /scalar/],
    [() => untyped(() => undefined, [9, 8]), /return/],
    [() => untyped(async () => 1, [9, 8]), /minimizeAsync/],
  ])("%s", (call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(Error);
  });

  test("with an error of ours", () => {
    expect(() => untyped(booth, [9, 8], { maxSteps: -1 })).toThrow(ArgumentError);
  });
});
