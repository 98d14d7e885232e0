import { cube, defineSquares, type Quadruple } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Two valleys of Rosenbrock's kind, coupled; near the way down from the start lies a saddle that holds methods up. */
export const wood: TestProblem = defineSquares<Quadruple>({
  name: "wood",
  title: "Wood's function",
  formula:
    "100*(x2 - x1^2)^2 + (1 - x1)^2 + 90*(x4 - x3^2)^2 + (1 - x3)^2 + 10*(x2 + x4 - 2)^2 + (x2 - x4)^2/10",
  equation:
    "f(x) = 100 (x_2 - x_1^2)^2 + (1 - x_1)^2 + 90 (x_4 - x_3^2)^2 + (1 - x_3)^2 + 10 (x_2 + x_4 - 2)^2 + \\tfrac{1}{10} (x_2 - x_4)^2",
  origin:
    "Colville, A comparative study of nonlinear programming codes, IBM report 320-2949 (1968); Moré, Garbow & Hillstrom (1981), no. 14",
  domain: cube(-10, 10, 4),
  start: [-3, -1, -3, -1],
  minimizers: [[1, 1, 1, 1]],
  localMinimizers: [],
  // To 40 digits by mpmath, rounded; the value there is 7.87696…
  stationary: [
    {
      x: [-0.9679740249375931, 0.9471391408178418, -0.9695163103315911, 0.9512476657923252],
      kind: "saddle",
    },
  ],
  minimum: 0,
  residuals: ([x1, x2, x3, x4]) => [
    10 * (x2 - x1 ** 2),
    1 - x1,
    Math.sqrt(90) * (x4 - x3 ** 2),
    1 - x3,
    Math.sqrt(10) * (x2 + x4 - 2),
    (x2 - x4) / Math.sqrt(10),
  ],
  jacobian: ([x1, , x3]) => [
    [-20 * x1, 10, 0, 0],
    [-1, 0, 0, 0],
    [0, 0, -2 * Math.sqrt(90) * x3, Math.sqrt(90)],
    [0, 0, -1, 0],
    [0, Math.sqrt(10), 0, Math.sqrt(10)],
    [0, 1 / Math.sqrt(10), 0, -1 / Math.sqrt(10)],
  ],
  curvature: (_, [r1 = 0, , r3 = 0]) => [
    [-20 * r1, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, -2 * Math.sqrt(90) * r3, 0],
    [0, 0, 0, 0],
  ],
});
