/** Orders of convergence, on sequences whose order is known from theory. */
import { describe, expect, test } from "vitest";
import { at } from "../core/exactly.ts";
import { convergenceOrder } from "./order.ts";

/** The history of an iteration from x₀ that ends where x no longer changes. */
function stepsOf(next: (x: number) => number, x0: number, most = 200): { stepNorm: number[] } {
  const stepNorm = [0];
  let x = x0;
  for (let k = 0; k < most; k++) {
    const reached = next(x);
    stepNorm.push(Math.abs(reached - x));
    if (reached === x) break;
    x = reached;
  }
  return { stepNorm };
}

/** Newton's method on x² = 2: quadratic, since the root is simple. */
const newton = (x: number): number => x - (x * x - 2) / (2 * x);

/** The secant method on f, remembering the point before: order (1 + √5)/2. */
function secant(f: (x: number) => number, before: number): (x: number) => number {
  let last = before;
  return (x) => {
    const reached = f(x) === f(last) ? x : x - (f(x) * (x - last)) / (f(x) - f(last));
    last = x;
    return reached;
  };
}

describe("is", () => {
  test("1 for gradient descent with a fixed rate, with the rate at which errors shrink", () => {
    // On ½ h x² each step leaves 1 − t h of the error: 1 − 0.3 · 2 = 0.4.
    const { order, rate } = convergenceOrder(stepsOf((x) => x - 0.3 * 2 * x, 5)) ?? {};
    expect(order).toBeCloseTo(1, 12);
    expect(rate).toBeCloseTo(0.4, 12);
  });

  test("1 where the minimum is not at 0, so that the last steps are rounding", () => {
    const { order, rate } = convergenceOrder(stepsOf((x) => x - 0.3 * 2 * (x - 7), 5)) ?? {};
    expect(order).toBeCloseTo(1, 1);
    expect(rate).toBeCloseTo(0.4, 1);
  });

  test("2 for Newton's method", () => {
    const found = convergenceOrder(stepsOf(newton, 10));
    expect(Math.abs((found?.order ?? 0) - 2)).toBeLessThan(0.1);
    expect(found).not.toHaveProperty("rate");
  });

  test("the golden ratio for the secant method", () => {
    const found = convergenceOrder(
      stepsOf(
        secant((x) => Math.exp(x) - 2, 4),
        3,
      ),
    );
    expect(found?.order).toBeGreaterThan(1.5);
    expect(found?.order).toBeLessThan(1.75);
  });

  test("between 1 and 2 for BFGS on Rosenbrock's function", () => {
    // The last steps of SciPy 1.10's minimize(rosen, [-1.2, 1], jac=rosen_der, method="BFGS", options={"gtol": 1e-10}).
    const stepNorm = [
      0, 0.0213348, 0.0343605, 0.051535, 0.0035456, 0.0049179, 0.000374157, 5.70785e-6, 6.28695e-8,
      1.68208e-9,
    ];
    const found = convergenceOrder({ stepNorm });
    expect(found?.order).toBeGreaterThan(1.1);
    expect(found?.order).toBeLessThan(2);
  });

  test("between 1 and 2 for steps that shrink by factors that shrink themselves, as BFGS's do", () => {
    // sₖ₊₁ = sₖ / k: superlinear, order tending to 1 from above.
    const stepNorm = [0, 1];
    for (let k = 2; k < 14; k++) stepNorm.push(at(stepNorm, k - 1) / k);
    const found = convergenceOrder({ stepNorm });
    expect(found?.order).toBeGreaterThan(1);
    expect(found?.order).toBeLessThan(1.2);
  });

  test("that of the end, whatever the way there was", () => {
    const { stepNorm } = stepsOf(newton, 10);
    const detour = [0, 3, 9, 1, 40, 2];
    expect(convergenceOrder({ stepNorm: [...detour, ...stepNorm.slice(1)] })).toEqual(
      convergenceOrder({ stepNorm }),
    );
  });
});

describe("is not to be had", () => {
  test.each([
    ["no steps", [0]],
    ["three steps", [0, 1e-1, 1e-2, 1e-4]],
    ["steps that grow", [0, 1, 2, 4, 8, 16]],
    ["steps that stay", [0, 1, 1, 1, 1, 1]],
    ["steps that swing", [0, 1, 0.1, 0.5, 0.05, 0.2, 0.02]],
    ["steps that stop shrinking, as at the level of noise", [0, 1, 1e-2, 1e-5, 9e-6, 5e-6]],
    ["no lengths", [0, Number.NaN, Number.NaN, Number.NaN, Number.NaN]],
    ["endless lengths", [0, Infinity, Infinity, Infinity, Infinity]],
    ["steps of nothing", [0, 0, 0, 0, 0]],
  ])("from %s", (_, stepNorm) => {
    expect(convergenceOrder({ stepNorm })).toBeUndefined();
  });
});
