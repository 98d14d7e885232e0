import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A flat quadratic trough of condition number 25. */
export const matyas: TestProblem = define<Pair>({
  name: "matyas",
  title: "Matyas's function",
  formula: "0.26*(x^2 + y^2) - 0.48*x*y",
  equation: "f(x, y) = 0.26 (x^2 + y^2) - 0.48\\, x y",
  origin: "Jamil & Yang, A literature survey of benchmark functions, IJMMNO 4 (2013) 150-194, no. 71",
  domain: cube(-10, 10, 2),
  start: [8, -4],
  minimizers: [[0, 0]],
  localMinimizers: [],
  stationary: [],
  minimum: 0,
  f: ([x, y]) => 0.26 * (x * x + y * y) - 0.48 * x * y,
  gradient: ([x, y]) => [0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x],
  hessian: () => [
    [0.52, -0.48],
    [-0.48, 0.52],
  ],
});
