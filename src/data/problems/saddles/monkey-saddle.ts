import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Three ways down, two for legs and one for a tail; the Hessian in the saddle is 0 and tells nothing. */
export const monkeySaddle: TestProblem = define<Pair>({
  name: "monkey-saddle",
  title: "Monkey saddle",
  formula: "x^3 - 3*x*y^2",
  equation: "f(x, y) = x^3 - 3 x y^2",
  origin: "Hilbert & Cohn-Vossen, Anschauliche Geometrie (1932)",
  domain: cube(-2, 2, 2),
  start: [1, 0.1],
  minimizers: [],
  localMinimizers: [],
  stationary: [{ x: [0, 0], kind: "saddle" }],
  minimum: -Infinity,
  f: ([x, y]) => x ** 3 - 3 * x * y * y,
  gradient: ([x, y]) => [3 * x * x - 3 * y * y, -6 * x * y],
  hessian: ([x, y]) => [
    [6 * x, -6 * y],
    [-6 * y, -6 * x],
  ],
  note: "unbounded below",
});
