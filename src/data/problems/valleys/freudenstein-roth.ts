import { cube, defineSquares, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Two valleys: from the standard start most methods find the local minimum. */
export const freudensteinRoth: TestProblem = defineSquares<Pair>({
  name: "freudenstein-roth",
  title: "Freudenstein and Roth's function",
  formula: "(x - 13 + ((5 - y)*y - 2)*y)^2 + (x - 29 + ((y + 1)*y - 14)*y)^2",
  equation:
    "f(x, y) = \\left(x - 13 + ((5 - y)y - 2)y\\right)^2 + \\left(x - 29 + ((y + 1)y - 14)y\\right)^2",
  origin:
    "Freudenstein & Roth, Numerical solutions of systems of nonlinear equations, J. ACM 10 (1963) 550-556; Moré, Garbow & Hillstrom (1981), no. 2",
  domain: cube(-30, 30, 2),
  start: [0.5, -2],
  minimizers: [[5, 4]],
  // ((53 ∓ 4√22)/3, (2 ∓ √22)/3).
  localMinimizers: [[11.412778986902094, -0.8968052532744765]],
  stationary: [{ x: [23.92055434643124, 2.23013858660781], kind: "saddle" }],
  minimum: 0,
  residuals: ([x, y]) => [x - 13 + ((5 - y) * y - 2) * y, x - 29 + ((y + 1) * y - 14) * y],
  jacobian: ([, y]) => [
    [1, 10 * y - 3 * y * y - 2],
    [1, 3 * y * y + 2 * y - 14],
  ],
  curvature: ([, y], [r1 = 0, r2 = 0]) => [
    [0, 0],
    [0, r1 * (10 - 6 * y) + r2 * (6 * y + 2)],
  ],
  note: "the local minimum is 48.98425…",
});
