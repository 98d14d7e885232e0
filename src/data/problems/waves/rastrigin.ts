import { checkDimension, cube, define, diagonal, repeat, sumFormula } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** f = 10n + Σ (xᵢ² − 10 cos 2πxᵢ): a bowl full of dents. In `n` variables, 2 by default. @throws ArgumentError unless n ≥ 1. */
export function rastrigin(n = 2): TestProblem {
  checkDimension("rastrigin", n);
  return define<readonly number[]>({
    name: "rastrigin",
    title: "Rastrigin's function",
    formula: `${10 * n} + ${sumFormula(n, (x) => `${x}^2 - 10*cos(2*pi*${x})`)}`,
    equation: "f(x) = 10 n + \\sum_{i=1}^n \\left(x_i^2 - 10 \\cos 2\\pi x_i\\right)",
    origin:
      "Rastrigin, Systems of Extremal Control (1974); in n variables: Mühlenbein, Schomisch & Born, Parallel Computing 17 (1991) 619-632",
    domain: cube(-5.12, 5.12, n),
    start: repeat(1.3, n),
    minimizers: [repeat(0, n)],
    minimum: 0,
    f: (x) => x.reduce((sum, xi) => sum + (xi * xi + 10 * (1 - Math.cos(2 * Math.PI * xi))), 0),
    gradient: (x) => x.map((xi) => 2 * xi + 20 * Math.PI * Math.sin(2 * Math.PI * xi)),
    hessian: (x) => diagonal(x.map((xi) => 2 + 40 * Math.PI ** 2 * Math.cos(2 * Math.PI * xi))),
    note: "a local minimum near every point with integer coordinates",
  });
}
