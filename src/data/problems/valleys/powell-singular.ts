import { cube, defineSquares, type Quadruple } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** The Hessian at the minimizer has rank 2: methods of second order converge no faster than linearly. */
export const powellSingular: TestProblem = defineSquares<Quadruple>({
  name: "powell-singular",
  title: "Powell's singular function",
  formula: "(x1 + 10*x2)^2 + 5*(x3 - x4)^2 + (x2 - 2*x3)^4 + 10*(x1 - x4)^4",
  equation: "f(x) = (x_1 + 10 x_2)^2 + 5 (x_3 - x_4)^2 + (x_2 - 2 x_3)^4 + 10 (x_1 - x_4)^4",
  origin:
    "Powell, An iterative method for finding stationary values of a function of several variables, Computer J. 5 (1962) 147-151; Moré, Garbow & Hillstrom (1981), no. 13",
  domain: cube(-4, 5, 4),
  start: [3, -1, 0, 1],
  minimizers: [[0, 0, 0, 0]],
  localMinimizers: [],
  stationary: [],
  minimum: 0,
  residuals: ([x1, x2, x3, x4]) => [
    x1 + 10 * x2,
    Math.sqrt(5) * (x3 - x4),
    (x2 - 2 * x3) ** 2,
    Math.sqrt(10) * (x1 - x4) ** 2,
  ],
  jacobian: ([x1, x2, x3, x4]) => {
    const [a, b] = [2 * (x2 - 2 * x3), 2 * Math.sqrt(10) * (x1 - x4)];
    return [
      [1, 10, 0, 0],
      [0, 0, Math.sqrt(5), -Math.sqrt(5)],
      [0, a, -2 * a, 0],
      [b, 0, 0, -b],
    ];
  },
  curvature: (_, [, , r3 = 0, r4 = 0]) => {
    const b = 2 * Math.sqrt(10) * r4;
    return [
      [b, 0, 0, -b],
      [0, 2 * r3, -4 * r3, 0],
      [0, -4 * r3, 8 * r3, 0],
      [-b, 0, 0, b],
    ];
  },
});
