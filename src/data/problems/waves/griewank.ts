import { at } from "../../../core/exactly.ts";
import { checkDimension, cube, define, repeat, square, sumFormula, variables } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A wide bowl under a product of waves. In `n` variables, 2 by default. @throws ArgumentError unless n ≥ 1. */
export function griewank(n = 2): TestProblem {
  checkDimension("griewank", n);
  const waves = variables(n).map((x, i) => (i === 0 ? `cos(${x})` : `cos(${x}/sqrt(${i + 1}))`));
  return define<readonly number[]>({
    name: "griewank",
    title: "Griewank's function",
    formula: `1 + (${sumFormula(n, (x) => `${x}^2`)})/4000 - ${waves.join("*")}`,
    equation: "f(x) = 1 + \\tfrac{1}{4000} \\sum_{i=1}^n x_i^2 - \\prod_{i=1}^n \\cos \\tfrac{x_i}{\\sqrt i}",
    origin: "Griewank, Generalized descent for global optimization, J. Optim. Theory Appl. 34 (1981) 11-39",
    domain: cube(-600, 600, n),
    start: repeat(100, n),
    minimizers: [repeat(0, n)],
    minimum: 0,
    f: (x) => {
      const bowl = x.reduce((sum, xi) => sum + xi * xi, 0) / 4000;
      return bowl + (1 - x.reduce((product, xi, i) => product * Math.cos(xi / Math.sqrt(i + 1)), 1));
    },
    gradient: (x) => x.map((xi, i) => xi / 2000 + sine(x, i) * others(x, i)),
    hessian: (x) =>
      square(n, (i, j) =>
        i === j
          ? 1 / 2000 + (others(x, i) * Math.cos(at(x, i) / Math.sqrt(i + 1))) / (i + 1)
          : -sine(x, i) * sine(x, j) * others(x, i, j),
      ),
    note: "with thousands of local minima in the box",
  });
}

/** −∂ cos(xᵢ/√i) / ∂xᵢ. */
const sine = (x: readonly number[], i: number): number =>
  Math.sin(at(x, i) / Math.sqrt(i + 1)) / Math.sqrt(i + 1);

/** The product of the waves but for those named. */
const others = (x: readonly number[], ...but: readonly number[]): number =>
  x.reduce((product, xi, k) => (but.includes(k) ? product : product * Math.cos(xi / Math.sqrt(k + 1))), 1);
