import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** The saddle of textbooks: a minimum along one axis, a maximum along the other. */
export const saddle: TestProblem = define<Pair>({
  name: "saddle",
  title: "Saddle",
  formula: "x^2 - y^2",
  equation: "f(x, y) = x^2 - y^2",
  origin: "every textbook",
  domain: cube(-2, 2, 2),
  start: [1, 0.1],
  minimizers: [],
  localMinimizers: [],
  stationary: [{ x: [0, 0], kind: "saddle" }],
  minimum: -Infinity,
  f: ([x, y]) => x * x - y * y,
  gradient: ([x, y]) => [2 * x, -2 * y],
  hessian: () => [
    [2, 0],
    [0, -2],
  ],
  note: "unbounded below; gradient descent from any point with y = 0 comes to rest in the saddle",
});
