import { at } from "../../../core/exactly.ts";
import { checkDimension, cube, defineSquares, repeat, square, variables } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/**
 * The curved valley of all textbooks; in more than two variables every neighbouring pair has one.
 *
 * @param n The number of variables, 2 by default.
 * @throws ArgumentError unless n ≥ 2.
 *
 * ```ts
 * import { grad } from "nabla";
 * import { rosenbrock } from "nabla/problems";
 *
 * const { f, start } = rosenbrock();
 * grad(f)(start); // → [ -215.59999999999997, -87.99999999999999 ]
 * ```
 */
export function rosenbrock(n = 2): TestProblem {
  checkDimension("rosenbrock", n, 2);
  const x = variables(n);
  const terms = x.slice(1).map((next, i) => `100*(${next} - ${at(x, i)}^2)^2 + (1 - ${at(x, i)})^2`);
  return defineSquares<readonly number[]>({
    name: "rosenbrock",
    title: "Rosenbrock's valley",
    formula: terms.join(" + "),
    equation: "f(x) = \\sum_{i=1}^{n-1} \\left(100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2\\right)",
    origin:
      "Rosenbrock, An automatic method for finding the greatest or least value of a function, Computer J. 3 (1960) 175-184",
    domain: cube(-5, 10, n),
    start: Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1)),
    minimizers: [repeat(1, n)],
    ...(n === 2 ? { localMinimizers: [], stationary: [] } : {}),
    minimum: 0,
    residuals: (x) => {
      const r: number[] = [];
      for (let i = 0; i + 1 < x.length; i++) {
        const [a = 0, b = 0] = [x[i], x[i + 1]];
        r.push(10 * (b - a * a), 1 - a);
      }
      return r;
    },
    jacobian: (x) =>
      x
        .slice(1)
        .flatMap((_, i) => [
          x.map((a, j) => (j === i ? -20 * a : j === i + 1 ? 10 : 0)),
          x.map((_, j) => (j === i ? -1 : 0)),
        ]),
    curvature: (_, r) => square(n, (i, j) => (i === j && i < n - 1 ? -20 * at(r, 2 * i) : 0)),
    ...(n > 3 ? { note: "from four variables on there is a local minimum near (−1, 1, …, 1)" } : {}),
  });
}
