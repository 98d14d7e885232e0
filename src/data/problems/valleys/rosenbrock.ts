import { at } from "../../../core/exactly.ts";
import { checkDimension, cube, define, repeat, square, variables } from "../define.ts";
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
  return define<readonly number[]>({
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
    f: (x) => {
      let sum = 0;
      let a = x[0] ?? 0;
      for (const b of x.slice(1)) {
        sum += (1 - a) ** 2 + 100 * (b - a * a) ** 2;
        a = b;
      }
      return sum;
    },
    gradient: (x) =>
      x.map((xi, i) => {
        const fromNext = i < n - 1 ? -400 * xi * (at(x, i + 1) - xi * xi) - 2 * (1 - xi) : 0;
        return fromNext + (i > 0 ? 200 * (xi - at(x, i - 1) ** 2) : 0);
      }),
    hessian: (x) =>
      square(n, (i, j) => {
        if (Math.abs(i - j) === 1) return -400 * at(x, Math.min(i, j));
        if (i !== j) return 0;
        return (i < n - 1 ? 1200 * at(x, i) ** 2 - 400 * at(x, i + 1) + 2 : 0) + (i > 0 ? 200 : 0);
      }),
    ...(n > 3 ? { note: "from four variables on there is a local minimum near (−1, 1, …, 1)" } : {}),
  });
}
