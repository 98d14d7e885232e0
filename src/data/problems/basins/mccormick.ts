import { define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Where the gradient is 0, x − y = 1 and cos(x + y) = −½: minima where the sine is negative, saddles where it is positive. */
export const mccormick: TestProblem = define<Pair>({
  name: "mccormick",
  title: "McCormick's function",
  formula: "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
  equation: "f(x, y) = \\sin(x + y) + (x - y)^2 - 1.5\\, x + 2.5\\, y + 1",
  origin:
    "McCormick, Computability of global solutions to factorable nonconvex programs: part I, Math. Programming 10 (1976) 147-175",
  domain: { lower: [-1.5, -3], upper: [4, 4] },
  start: [0, 0],
  minimizers: [[0.5 - Math.PI / 3, -0.5 - Math.PI / 3]],
  localMinimizers: [[0.5 + (2 * Math.PI) / 3, -0.5 + (2 * Math.PI) / 3]],
  stationary: [{ x: [0.5 + Math.PI / 3, -0.5 + Math.PI / 3], kind: "saddle" }],
  minimum: -Math.sqrt(3) / 2 - Math.PI / 3,
  f: ([x, y]) => Math.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
  gradient: ([x, y]) => [Math.cos(x + y) + 2 * (x - y) - 1.5, Math.cos(x + y) - 2 * (x - y) + 2.5],
  hessian: ([x, y]) => {
    const wave = Math.sin(x + y);
    return [
      [2 - wave, -2 - wave],
      [-2 - wave, 2 - wave],
    ];
  },
  note: "unbounded below outside the box, along x = y + 1",
});
