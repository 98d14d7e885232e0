import { define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/**
 * Two basins with a pass between them: the one nearer to the start holds a local minimum, the other the global one. On the
 * line y = x/2 it is the quartic 3x⁴ − 4x³ − 12x², whose slope 12x (x + 1)(x − 2) gives all stationary points exactly.
 */
export const twoBasins: TestProblem = define<Pair>({
  name: "two-basins",
  title: "Two basins",
  formula: "3*x^4 - 4*x^3 - 12*x^2 + 3*(2*y - x)^2",
  equation: "f(x, y) = 3x^4 - 4x^3 - 12x^2 + 3(2y - x)^2",
  origin: "Nabla, after the quartic with roots of its slope at −1, 0 and 2 in calculus textbooks",
  domain: { lower: [-2.5, -2], upper: [3, 2] },
  start: [-2, 1.5],
  minimizers: [[2, 1]],
  localMinimizers: [[-1, -0.5]],
  stationary: [{ x: [0, 0], kind: "saddle" }],
  minimum: -32,
  f: ([x, y]) => 3 * x ** 4 - 4 * x ** 3 - 12 * x ** 2 + 3 * (2 * y - x) ** 2,
  gradient: ([x, y]) => [12 * x * (x + 1) * (x - 2) - 6 * (2 * y - x), 12 * (2 * y - x)],
  hessian: ([x]) => [
    [36 * x * x - 24 * x - 18, -12],
    [-12, 24],
  ],
  note: "the local minimum is −5",
});
