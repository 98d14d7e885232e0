import { cube, defineSquares, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Four minima of equal depth around a maximum, with a saddle between each two. */
export const himmelblau: TestProblem = defineSquares<Pair>({
  name: "himmelblau",
  title: "Himmelblau's function",
  formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
  equation: "f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
  origin: "Himmelblau, Applied Nonlinear Programming (1972)",
  domain: cube(-5, 5, 2),
  start: [0, 0],
  minimizers: [
    [3, 2],
    [-2.805118086952745, 3.131312518250573],
    [3.5844283403304917, -1.8481265269644036],
    [-3.779310253377747, -3.2831859912861696],
  ],
  localMinimizers: [],
  stationary: [
    { x: [3.385154183607021, 0.07385187983774928], kind: "saddle" },
    { x: [0.08667750455539636, 2.884254701174776], kind: "saddle" },
    { x: [-3.0730257507643897, -0.08135304428796751], kind: "saddle" },
    { x: [-0.12796134673068008, -1.9537149802445763], kind: "saddle" },
    { x: [-0.2708445906673476, -0.9230385564799815], kind: "maximum" },
  ],
  minimum: 0,
  residuals: ([x, y]) => [x * x + y - 11, x + y * y - 7],
  jacobian: ([x, y]) => [
    [2 * x, 1],
    [1, 2 * y],
  ],
  curvature: (_, [r1 = 0, r2 = 0]) => [
    [2 * r1, 0],
    [0, 2 * r2],
  ],
});
