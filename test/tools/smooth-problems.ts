/** Classic smooth functions with their gradients written by hand. */
import { at } from "../../src/core/exactly.ts";
import type { Problem } from "../../src/solver/problem.ts";
import { analytic } from "./analytic.ts";

/** A function and its gradient. */
export interface Smooth {
  readonly value: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => Float64Array;
}

/** Rosenbrock (1960), summed over pairs: Moré, Garbow, Hillstrom, problem 21. Minimum 0 at (1, …, 1). */
export const rosenbrock: Smooth = {
  value: (x) => {
    let f = 0;
    for (let i = 0; i < x.length; i += 2)
      f += 100 * (at(x, i + 1) - at(x, i) ** 2) ** 2 + (1 - at(x, i)) ** 2;
    return f;
  },
  gradient: (x) => {
    const g = new Float64Array(x.length);
    for (let i = 0; i < x.length; i += 2) {
      const bend = at(x, i + 1) - at(x, i) ** 2;
      g[i] = -400 * at(x, i) * bend - 2 * (1 - at(x, i));
      g[i + 1] = 200 * bend;
    }
    return g;
  },
};

/** Beale (1958): problem 5. Minimum 0 at (3, 0.5). */
export const beale: Smooth = {
  value: ([x = 0, y = 0]) =>
    [1.5, 2.25, 2.625].reduce((sum, c, i) => sum + (c - x * (1 - y ** (i + 1))) ** 2, 0),
  gradient: ([x = 0, y = 0]) => {
    const g = new Float64Array(2);
    for (const [i, c] of [1.5, 2.25, 2.625].entries()) {
      const r = c - x * (1 - y ** (i + 1));
      g[0] = at(g, 0) - 2 * r * (1 - y ** (i + 1));
      g[1] = at(g, 1) + 2 * r * x * (i + 1) * y ** i;
    }
    return g;
  },
};

/** Himmelblau (1972). Four minima of 0, one at (3, 2). */
export const himmelblau: Smooth = {
  value: ([x = 0, y = 0]) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
  gradient: ([x = 0, y = 0]) => {
    const [a, b] = [x * x + y - 11, x + y * y - 7];
    return Float64Array.of(4 * x * a + 2 * b, 2 * a + 4 * y * b);
  },
};

/** ½ Σ wᵢ (xᵢ − 1)² with weights from 1 to `condition`. */
export function quadratic(n: number, condition: number): Smooth {
  const weight = (i: number): number => condition ** (i / (n - 1));
  return {
    value: (x) => x.reduce((sum, xi, i) => sum + (weight(i) * (xi - 1) ** 2) / 2, 0),
    gradient: (x) => x.map((xi, i) => weight(i) * (xi - 1)),
  };
}

/** c f(x / s) + offset. */
export function rescaled({ value, gradient }: Smooth, c: number, s: number, offset = 0): Smooth {
  const inner = (x: Float64Array): Float64Array => x.map((xi) => xi / s);
  return {
    value: (x) => c * value(inner(x)) + offset,
    gradient: (x) => gradient(inner(x)).map((gi) => (c * gi) / s),
  };
}

/** Functions on which methods must not hang, throw or lie; each with a start. */
export const hostile: Readonly<Record<string, Smooth & { readonly start: readonly number[] }>> = {
  "NaN beyond 2": {
    value: ([x = 0]) => (x > 2 ? Number.NaN : (x - 1.9) ** 2),
    gradient: ([x = 0]) => Float64Array.of(x > 2 ? Number.NaN : 2 * (x - 1.9)),
    start: [-50],
  },
  "gradient NaN beyond 0": {
    value: ([x = 0]) => (x - 1.9) ** 2,
    gradient: ([x = 0]) => Float64Array.of(x > 0 ? Number.NaN : 2 * (x - 1.9)),
    start: [-50],
  },
  "+∞ beyond 0": {
    value: ([x = 0]) => (x > 0 ? x - Math.log(x) : Infinity),
    gradient: ([x = 0]) => Float64Array.of(1 - 1 / x),
    start: [1e-6],
  },
  "−∞ at 0": {
    value: ([x = 0]) => Math.log(Math.abs(x)),
    gradient: ([x = 0]) => Float64Array.of(1 / x),
    start: [1],
  },
  "unbounded below": { value: ([x = 0]) => -x, gradient: () => Float64Array.of(-1), start: [1] },
  "falling ever faster": {
    value: ([x = 0]) => -Math.exp(x),
    gradient: ([x = 0]) => Float64Array.of(-Math.exp(x)),
    start: [1],
  },
  flat: { value: () => 3, gradient: (x) => new Float64Array(x.length), start: [1, 2] },
  "flat, whatever its gradient says": {
    value: () => 3,
    gradient: () => Float64Array.of(1, 1),
    start: [1, 2],
  },
  stairs: {
    value: ([x = 0]) => Math.floor(10 * x * x) / 10,
    gradient: ([x = 0]) => Float64Array.of(2 * x),
    start: [5.03],
  },
  kinks: {
    value: ([x = 0, y = 0]) => Math.abs(x) + 2 * Math.abs(y),
    gradient: ([x = 0, y = 0]) => Float64Array.of(Math.sign(x), 2 * Math.sign(y)),
    start: [1, 0.3],
  },
  "a gradient of the wrong sign": {
    value: ([x = 0]) => x * x,
    gradient: ([x = 0]) => Float64Array.of(-2 * x),
    start: [1],
  },
  noise: {
    value: (x) => x.reduce((sum, xi) => sum + xi * xi, 1e-3 * hash(x)),
    gradient: (x) => x.map((xi) => 2 * xi + 1e-3 * hash(x)),
    start: [1, 2],
  },
  "a start far out": { ...rosenbrock, start: [1e30, -1e30] },
};

/** A number in [−½, ½) that jumps from point to point. */
function hash(x: Float64Array): number {
  const mixed = x.reduce((sum, xi, i) => sum + Math.sin(1e9 * xi + i), 0) * 43758.5453;
  return mixed - Math.floor(mixed) - 0.5;
}

/** The problem of a function in n variables. */
export function smoothProblem(n: number, { value, gradient }: Smooth): Problem<"value" | "gradient"> {
  return analytic(n, { value, gradient });
}
