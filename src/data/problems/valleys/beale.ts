import { cube, defineSquares, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A valley between steep corners; nearly flat around its minimum. */
export const beale: TestProblem = defineSquares<Pair>({
  name: "beale",
  title: "Beale's function",
  formula: "(1.5 - x*(1 - y))^2 + (2.25 - x*(1 - y^2))^2 + (2.625 - x*(1 - y^3))^2",
  equation: "f(x, y) = (1.5 - x(1 - y))^2 + (2.25 - x(1 - y^2))^2 + (2.625 - x(1 - y^3))^2",
  origin:
    "Beale, On an iterative method for finding a local minimum of a function of more than one variable, Princeton (1958); Moré, Garbow & Hillstrom (1981), no. 5",
  domain: cube(-4.5, 4.5, 2),
  start: [1, 1],
  minimizers: [[3, 0.5]],
  localMinimizers: [],
  stationary: [
    { x: [0, 1], kind: "saddle" },
    { x: [0.10053793732415836, -2.644513585023125], kind: "saddle" },
  ],
  minimum: 0,
  residuals: ([x, y]) => [1.5 - x * (1 - y), 2.25 - x * (1 - y ** 2), 2.625 - x * (1 - y ** 3)],
  jacobian: ([x, y]) => [
    [y - 1, x],
    [y ** 2 - 1, 2 * x * y],
    [y ** 3 - 1, 3 * x * y ** 2],
  ],
  curvature: ([x, y], [r1 = 0, r2 = 0, r3 = 0]) => {
    const mixed = r1 + 2 * y * r2 + 3 * y ** 2 * r3;
    return [
      [0, mixed],
      [mixed, 2 * x * r2 + 6 * x * y * r3],
    ];
  },
  note: "far out along x (1 − y) = 0.991… it levels off at 0.452…, where a run may end",
});
