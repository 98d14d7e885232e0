import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A quadratic bowl of condition number 9. */
export const booth: TestProblem = define<Pair>({
  name: "booth",
  title: "Booth's function",
  formula: "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
  equation: "f(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2",
  origin: "Jamil & Yang, A literature survey of benchmark functions, IJMMNO 4 (2013) 150-194, no. 17",
  domain: cube(-10, 10, 2),
  start: [9, 8],
  minimizers: [[1, 3]],
  localMinimizers: [],
  stationary: [],
  minimum: 0,
  f: ([x, y]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
  gradient: ([x, y]) => [10 * x + 8 * y - 34, 8 * x + 10 * y - 38],
  hessian: () => [
    [10, 8],
    [8, 10],
  ],
});
