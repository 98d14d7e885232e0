import { checkOptions, showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { at } from "../../../core/exactly.ts";
import { fillNormal, seedKey } from "../../../core/random/index.ts";
import { dot, scaled, subtract } from "../../../core/vector.ts";
import { differentiable } from "../../../expression/differentiable.ts";
import { stack, type Tensor, tensor } from "../../../tensor/index.ts";
import { checkDimension, cube, define, repeat, square } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** What a quadratic bowl is made of. */
export interface QuadraticOptions {
  /** The number of variables. Default 2. */
  readonly dimension?: number;
  /** The largest eigenvalue over the smallest, which is 1. Default 10. */
  readonly condition?: number;
  /** Draws the axes. Default 0. */
  readonly seed?: number;
}

/**
 * f = ½ xᵀAx. A has eigenvalues spaced evenly in the logarithm from 1 to the condition number, along random axes.
 *
 * @throws ArgumentError for a dimension that is no integer ≥ 1, a condition below 1, or a seed that is not finite.
 *
 * ```ts
 * import { quadratic } from "nabla/problems";
 *
 * quadratic({ dimension: 5, condition: 1000 }).minimum; // → 0
 * ```
 */
export function quadratic(options: QuadraticOptions = {}): TestProblem {
  checkOptions("quadratic", options, ["dimension", "condition", "seed"]);
  const { dimension = 2, condition = 10, seed = 0 } = options;
  checkDimension("quadratic", dimension);
  if (!(condition >= 1 && condition < Infinity))
    throw new ArgumentError(`quadratic({ condition }): must lie in [1, ∞); got ${showValue(condition)}`);
  const A = matrix(dimension, condition, seed);
  const asTensor = tensor(A);
  const image = (x: readonly number[]): Float64Array =>
    Float64Array.from(A, (row) => row.reduce((sum, a, j) => sum + a * at(x, j), 0));
  const inTensors = (x: readonly number[] | Tensor): Tensor => {
    const v = Array.isArray(x) ? stack(x) : tensor(x);
    return v.mul(asTensor.matmul(v)).sum().mul(0.5);
  };
  return define<readonly number[]>({
    name: "quadratic",
    title: "Quadratic bowl",
    formula: undefined,
    equation: "f(x) = \\tfrac12 x^\\top A x",
    origin: "every textbook; Nocedal & Wright, Numerical Optimization (2006), section 3.3",
    domain: cube(-10, 10, dimension),
    start: repeat(5, dimension),
    minimizers: [repeat(0, dimension)],
    localMinimizers: [],
    stationary: [],
    minimum: 0,
    // The matrix is captured, which only a record of the closure can show to a trace; in tensors the graph stays small.
    f: differentiable((x) => 0.5 * dot(image(x), Float64Array.from(x)), {
      source: "(x) => inTensors(x)",
      scope: () => ({ inTensors }),
    }),
    gradient: (x) => Array.from(image(x)),
    hessian: () => A,
    note: `condition number ${condition}, axes of seed ${seed}`,
  });
}

/** Q Λ Qᵀ, as the products of the rows of Q Λ^½, so that it is symmetric to the bit. */
function matrix(n: number, condition: number, seed: number): number[][] {
  const roots = repeat(0, n).map((_, k) => (n === 1 ? 1 : condition ** (k / (n - 1) / 2)));
  const Q = orthonormal(n, seed);
  const rows = repeat(0, n).map((_, i) => Float64Array.from(roots, (root, k) => root * at(at(Q, k), i)));
  return square(n, (i, j) => dot(at(rows, i), at(rows, j)));
}

/** n random orthonormal vectors: Gram-Schmidt, twice for orthogonality to working precision. */
function orthonormal(n: number, seed: number): Float64Array[] {
  const drawn = fillNormal(seedKey(seed), new Float64Array(n * n));
  const Q: Float64Array[] = [];
  for (let k = 0; k < n; k++) {
    let q: Float64Array = drawn.slice(k * n, (k + 1) * n);
    for (let pass = 0; pass < 2; pass++)
      for (const earlier of Q) q = subtract(q, scaled(dot(earlier, q), earlier));
    Q.push(scaled(1 / Math.sqrt(dot(q, q)), q));
  }
  return Q;
}
