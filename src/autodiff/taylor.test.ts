import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { exp, greater, less, lgamma, log1p, matmul, pow, sin, type Tensor, tensor } from "../tensor/index.ts";
import { cond, scan, whileLoop } from "./control.ts";
import { customJvp } from "./custom.ts";
import { grad } from "./gradient.ts";
import { directionalDerivative } from "./products.ts";
import { taylor } from "./taylor.ts";

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const upTo = (order: number): number[] => Array.from({ length: order + 1 }, (_, k) => k);

describe("series known from textbooks (Abramowitz and Stegun, chapters 3, 4, 6 and 7)", () => {
  const oddEven = (odd: (k: number) => number, even: (k: number) => number) => (k: number) =>
    k % 2 === 1 ? odd(k) : even(k);
  const sign = (k: number): number => (Math.floor(k / 2) % 2 === 0 ? 1 : -1);
  const zero = (): number => 0;
  const tangents = [0, 1, 0, 1 / 3, 0, 2 / 15, 0, 17 / 315, 0, 62 / 2835, 0, 1382 / 155925];
  const zetas = [0, 0, Math.PI ** 2 / 6, 1.2020569031595942, Math.PI ** 4 / 90, 1.03692775514337];
  const euler = 0.5772156649015329;

  test.each<[string, (x: number) => number, (k: number) => number, number]>([
    ["exp", (x) => Math.exp(x), (k) => 1 / factorial(k), 18],
    ["log1p", (x) => Math.log1p(x), (k) => (k === 0 ? 0 : (k % 2 === 1 ? 1 : -1) / k), 18],
    ["sin", (x) => Math.sin(x), oddEven((k) => sign(k) / factorial(k), zero), 18],
    ["cos", (x) => Math.cos(x), oddEven(zero, (k) => sign(k) / factorial(k)), 18],
    ["tan", (x) => Math.tan(x), (k) => tangents[k] ?? Number.NaN, 11],
    ["atan", (x) => Math.atan(x), oddEven((k) => sign(k) / k, zero), 18],
    ["atanh", (x) => Math.atanh(x), oddEven((k) => 1 / k, zero), 18],
    ["sinh", (x) => Math.sinh(x), oddEven((k) => 1 / factorial(k), zero), 18],
    ["geometric", (x) => 1 / (1 - x), () => 1, 18],
    ["square", (x) => (1 + x) ** 2, (k) => [1, 2, 1][k] ?? 0, 6],
    ["cube at 0", (x) => x ** 3, (k) => (k === 3 ? 1 : 0), 6],
  ])("%s", (_, f, coefficient, order) => {
    // Some twenty roundings each.
    expectClose(taylor(f, 0, order), upTo(order).map(coefficient), 1e-14);
  });

  test.each([0.5, -0.5, 2.5, -2, 1 / 3])("(1 + x)^%f, the binomial series", (power) => {
    const coefficients = [1];
    for (let k = 1; k <= 12; k++) coefficients.push(((coefficients[k - 1] ?? 0) * (power - k + 1)) / k);
    expectClose(
      taylor((x: Tensor) => pow(x, power), tensor(1), 12),
      coefficients,
      1e-13,
    );
    if (power === 0.5)
      expectClose(
        taylor((x: number) => Math.sqrt(1 + x), 0, 12),
        coefficients,
        1e-14,
      );
  });

  test("erf: 2/√π Σ (−1)ⁿ x²ⁿ⁺¹/(n! (2n + 1))", () => {
    const expected = upTo(13).map((k) =>
      k % 2 === 0 ? 0 : ((2 / Math.sqrt(Math.PI)) * sign(k)) / (factorial((k - 1) / 2) * k),
    );
    expectClose(
      taylor((x: Tensor) => x.erf(), tensor(0), 13),
      expected,
      1e-14,
    );
  });

  test("lgamma(1 + x) = −γ x + Σ ζ(k) (−x)ᵏ/k", () => {
    const expected = upTo(5).map((k) => (k === 1 ? -euler : ((zetas[k] ?? 0) * (-1) ** k) / Math.max(k, 1)));
    expectClose(
      taylor((x: Tensor) => lgamma(x), tensor(1), 5),
      expected,
      1e-13,
    );
  });

  test("exp(sin x), OEIS A002017", () => {
    const numbers = [1, 1, 1, 0, -3, -8, -3, 56, 217, 64, -2951, -12672, 5973];
    expectClose(
      taylor((x: number) => Math.exp(Math.sin(x)), 0, 12),
      numbers.map((n, k) => n / factorial(k)),
      1e-13,
    );
  });
});

describe("agrees with nested directional derivatives up to order 6", () => {
  const nested = (f: (x: Tensor) => Tensor, x: Tensor, v: Tensor, order: number): number[] => {
    const values: number[] = [];
    let derivative = f;
    for (let k = 0; k <= order; k++) {
      values.push(derivative(x).item() / factorial(k));
      const previous = derivative;
      derivative = (y) => directionalDerivative(previous)(y, v);
    }
    return values;
  };
  const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    composite: (x) => exp(sin(x).mul(x.sum()).sum()).div(log1p(x.mul(x)).sum().add(1)),
    matrix: (x) =>
      matmul(x.reshape([3, 1]), x.reshape([1, 3]))
        .tanh()
        .sum(),
    sorts: (x) => x.max().mul(x.softplus().sum()).add(x.abs().sqrt().sum()),
    scan: (x) => scan((c: Tensor, row: Tensor) => [c.mul(row).sin().add(row), []], tensor(0.5), x)[0],
    loop: (x) =>
      whileLoop(
        (c) => less(c, 20),
        (c) => c.mul(c).add(x.mul(x).sum()),
        x.exp().sum(),
      ),
    branch: (x) =>
      cond(
        greater(x.sum(), 0),
        (y) => y.exp().sum(),
        (y) => y.mul(y).sum(),
        x,
      ),
    norm: (x) => x.mul(x).sum().sqrt().log(),
    erf: (x) => x.erf().mul(x.sigmoid()).sum(),
    gamma: (x) => x.mul(x).add(1).lgamma().sum(),
  };
  const entries = Object.entries(functions);
  const vector = fc.array(
    fc.double({ min: -1, max: 1, noNaN: true }).filter((v) => Math.abs(v) > 0.05),
    {
      minLength: 3,
      maxLength: 3,
    },
  );

  test.each(entries)("%s", (_, f) => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const [x, v] = [tensor(a), tensor(b)];
        const expected = nested(f, x, v, 6);
        // Nested derivatives cancel large terms; both sides then carry their rounding.
        expectClose(taylor(f, x, 6, { direction: v }), expected, 1e-9, 1);
      }),
      { seed: 11, numRuns: 4 },
    );
  });
});

test("order 0 is the value, and orders are whole", () => {
  expect(taylor((x: number) => x * x, 3, 0)).toEqual([9]);
  expect(() => taylor((x: number) => x, 1, -1)).toThrow("must be a whole number ≥ 0; got -1");
  expect(() => taylor((x: number) => x, 1, 1.5)).toThrow("got 1.5");
});

test("constants, trees and directions", () => {
  expect(taylor((_: number) => 3, 1, 2)).toEqual([3, 0, 0]);
  expect(taylor(([x, y]: [number, number]) => x * y, [2, 3], 2, { direction: [1, -1] })).toEqual([6, 1, -1]);
  expect(taylor(({ a }: { a: number }) => ({ b: [a * a, a] }), { a: 2 }, 2)).toEqual([
    { b: [4, 2] },
    { b: [4, 1] },
    { b: [1, 0] },
  ]);
});

test("float32 stays float32", () => {
  const coefficients = taylor((x: Tensor) => x.exp(), tensor(0, "float32"), 4);
  expect(coefficients.map((c) => c.dtype)).toEqual(["float32", "float32", "float32", "float32", "float32"]);
});

test("through custom rules, and inside grad", () => {
  const custom = customJvp(
    (x: Tensor) => x.exp(),
    (x, v) => x.exp().mul(v),
  );
  expectClose(
    taylor(custom, tensor(0), 5),
    upTo(5).map((k) => 1 / factorial(k)),
    1e-15,
  );
  const third = (x: Tensor) => taylor((y: Tensor) => y.pow(5), x, 3)[3] ?? x;
  expect(grad(third)(tensor(2)).item()).toBe(10 * 2 * 2);
});

test("order 20 costs a polynomial, not 2²⁰", () => {
  let steps = 0;
  const f = (x: Tensor): Tensor => {
    steps += 1;
    return exp(sin(x).mul(x)).div(x.mul(x).add(1)).log1p();
  };
  const coefficients = taylor(f, tensor(0.1), 20);
  expect(coefficients).toHaveLength(21);
  expect(coefficients.every((c) => Number.isFinite(c.item()))).toBe(true);
  expect(steps).toBe(1);
});
