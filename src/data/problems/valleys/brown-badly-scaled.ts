import { defineSquares, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Curvatures from 2 to 2·10¹² and a minimizer with coordinates 10⁶ and 2·10⁻⁶. */
export const brownBadlyScaled: TestProblem = defineSquares<Pair>({
  name: "brown-badly-scaled",
  title: "Brown's badly scaled function",
  formula: "(x - 1e6)^2 + (y - 2e-6)^2 + (x*y - 2)^2",
  equation: "f(x, y) = (x - 10^6)^2 + (y - 2 \\cdot 10^{-6})^2 + (x y - 2)^2",
  origin:
    "Brown, in Moré, Garbow & Hillstrom, Testing unconstrained optimization software, ACM TOMS 7 (1981) 17-41, no. 4",
  domain: { lower: [0, 0], upper: [2e6, 2] },
  start: [1, 1],
  minimizers: [[1e6, 2e-6]],
  localMinimizers: [],
  minimum: 0,
  residuals: ([x, y]) => [x - 1e6, y - 2e-6, x * y - 2],
  jacobian: ([x, y]) => [
    [1, 0],
    [0, 1],
    [y, x],
  ],
  curvature: (_, [, , r3 = 0]) => [
    [0, r3],
    [r3, 0],
  ],
});
