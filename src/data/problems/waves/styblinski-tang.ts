import { checkDimension, cube, define, diagonal, repeat, sumFormula } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** The roots of the slope 4x³ − 32x + 5 of each term, and the term's lowest value; to 40 digits by mpmath, rounded. */
const [low, top, high] = [-2.903534027771177, 0.1567312567803401, 2.746802770990837];
const lowest = -39.16616570377141;

/**
 * f = ½ Σ (xᵢ⁴ − 16xᵢ² + 5xᵢ): in each variable a global and a local minimum. In `n` variables, 2 by default.
 *
 * @throws ArgumentError unless n ≥ 1.
 */
export function styblinskiTang(n = 2): TestProblem {
  checkDimension("styblinskiTang", n);
  return define<readonly number[]>({
    name: "styblinski-tang",
    title: "Styblinski and Tang's function",
    formula: `(${sumFormula(n, (x) => `${x}^4 - 16*${x}^2 + 5*${x}`)})/2`,
    equation: "f(x) = \\tfrac12 \\sum_{i=1}^n \\left(x_i^4 - 16 x_i^2 + 5 x_i\\right)",
    origin:
      "Styblinski & Tang, Experiments in nonconvex optimization: stochastic approximation with function smoothing and simulated annealing, Neural Networks 3 (1990) 467-483",
    domain: cube(-5, 5, n),
    start: repeat(0, n),
    minimizers: [repeat(low, n)],
    ...(n === 2 ? inThePlane : {}),
    minimum: lowest * n,
    f: (x) => x.reduce((sum, xi) => sum + (xi ** 4 - 16 * xi ** 2 + 5 * xi), 0) / 2,
    gradient: (x) => x.map((xi) => 2 * xi ** 3 - 16 * xi + 2.5),
    hessian: (x) => diagonal(x.map((xi) => 6 * xi ** 2 - 16)),
    note: "a local minimum wherever each coordinate is −2.9035… or 2.7468…, 2ⁿ − 1 besides the global one",
  });
}

const inThePlane: Pick<TestProblem, "localMinimizers" | "stationary"> = {
  localMinimizers: [
    [low, high],
    [high, low],
    [high, high],
  ],
  stationary: [
    { x: [low, top], kind: "saddle" },
    { x: [top, low], kind: "saddle" },
    { x: [high, top], kind: "saddle" },
    { x: [top, high], kind: "saddle" },
    { x: [top, top], kind: "maximum" },
  ],
};
