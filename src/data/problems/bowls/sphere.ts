import { checkDimension, cube, define, diagonal, repeat, sumFormula } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** f = Σ xᵢ²: the easiest of all, which a Newton step solves. In `n` variables, 2 by default. @throws ArgumentError unless n ≥ 1. */
export function sphere(n = 2): TestProblem {
  checkDimension("sphere", n);
  return define<readonly number[]>({
    name: "sphere",
    title: "Sphere",
    formula: sumFormula(n, (x) => `${x}^2`),
    equation: "f(x) = \\sum_{i=1}^n x_i^2",
    origin: "De Jong, An analysis of the behavior of a class of genetic adaptive systems (1975), F1",
    domain: cube(-5.12, 5.12, n),
    start: repeat(3, n),
    minimizers: [repeat(0, n)],
    localMinimizers: [],
    stationary: [],
    minimum: 0,
    f: (x) => x.reduce((sum, xi) => sum + xi * xi, 0),
    gradient: (x) => x.map((xi) => 2 * xi),
    hessian: (x) => diagonal(repeat(2, x.length)),
  });
}
