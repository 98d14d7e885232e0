/**
 * min ‖Jp + r‖² + δ‖Dp‖², the step of Levenberg and Marquardt. JD⁻¹ is factored by QR once a step, and each δ costs rotations
 * of its triangle alone: Moré (1978), §3, in the scaled variables z = Dp, where the damping is a multiple of the identity.
 */
import { at } from "../core/exactly.ts";
import { dot, norm } from "../core/vector.ts";
import { solveDampedTriangular } from "../linalg/damped-triangular.ts";
import { applyQTransposed, qr, rank } from "../linalg/qr.ts";
import type { ResidualsBelief } from "../model/gauss-newton.ts";
import type { Descent } from "./descent.ts";

/** How steps are measured where they are damped: D. */
export interface Scaling {
  readonly name: string;
  /** The diagonal of D, `[n]`, all positive. */
  readonly weights: (belief: ResidualsBelief) => Float64Array;
}

/** D = I, as Levenberg (1944) has it: damping depends on the units of the variables. */
export function identityScaling(): Scaling {
  return { name: "identity", weights: ({ columnNorms }) => new Float64Array(columnNorms.length).fill(1) };
}

/** D = the largest norm that each column of J has had so far: steps do not depend on units. Moré (1978), eq. 6.3. */
export function columnScaling(): Scaling {
  return { name: "columns", weights: ({ columnNorms }) => columnNorms.map((size) => (size > 0 ? size : 1)) };
}

/** JD⁻¹ in factors. */
export interface DampedLeastSquaresPlan {
  readonly weights: Float64Array;
  /** R, `[n, n]` row-major, rows of zeros below where there are fewer residuals than variables. */
  readonly triangle: Float64Array;
  /** −Qᵀr, `[n]`. */
  readonly right: Float64Array;
  /** The variable that became column j. */
  readonly columns: Int32Array;
}

/** The descent for one scaling. */
export function dampedLeastSquares(
  scaling: Scaling,
): Descent<ResidualsBelief, "damping", DampedLeastSquaresPlan> {
  return {
    name: `damped least squares, scaled by ${scaling.name}`,
    control: "damping",
    prepare: (belief) => factor(belief, scaling.weights(belief)),
    opening: ({ gradient }, plan, x) => ({
      slope: -norm(gradient),
      isNatural: false,
      promise: dot(reachable(plan), reachable(plan)) / 2,
      guess: Math.max(largestOfDiagonal(plan), dampingForLength(plan, gradient, x)),
    }),
    propose: (_belief, { triangle, right, weights, columns }, damping) => {
      const n = columns.length;
      const z = solveDampedTriangular(triangle, n, Math.sqrt(damping), right);
      if (z === undefined) return undefined;
      const p = new Float64Array(n);
      for (let j = 0; j < n; j++) p[at(columns, j)] = at(z, j) / at(weights, at(columns, j));
      // Moré (1978), eq. 4.4: ‖r‖² − ‖Jp + r‖² without cancellation.
      const predicted = -(squaredProduct(triangle, z) / 2 + damping * dot(z, z));
      return { p, predicted };
    },
  };
}

/** The part of −Qᵀr that steps can change: as many elements as J has independent columns. */
export function reachable({ triangle, right }: DampedLeastSquaresPlan): Float64Array {
  const n = right.length;
  return right.subarray(0, rank({ m: n, n, factors: triangle }));
}

function factor({ residuals, jacobian }: ResidualsBelief, weights: Float64Array): DampedLeastSquaresPlan {
  const m = residuals.length;
  const n = weights.length;
  const factored = qr(
    jacobian.map((value, i) => value / at(weights, i % n)),
    m,
    n,
  );
  const rotated = residuals.slice();
  applyQTransposed(factored, rotated);
  const triangle = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < Math.min(m, n); i++) {
    right[i] = -at(rotated, i);
    for (let j = i; j < n; j++) triangle[i * n + j] = at(factored.factors, i * n + j);
  }
  return { weights, triangle, right, columns: factored.columns };
}

/** The largest column of JD⁻¹ comes first in R, so that its norm squared, the largest of diag (JD⁻¹)ᵀJD⁻¹, is r₁₁². */
function largestOfDiagonal({ triangle, right }: DampedLeastSquaresPlan): number {
  return right.length === 0 ? 0 : at(triangle, 0) ** 2;
}

/**
 * A damping of which Nielsen's share, 10⁻³, keeps ‖Dp‖ ≤ ‖D⁻¹g‖/δ below 10‖Dx‖, so that a start far from the solution is not
 * left for a plateau at once; Moré (1978), §5, bounds the first step by ‖Dx‖ for the same reason. 0 where x is 0.
 */
function dampingForLength(
  { weights }: DampedLeastSquaresPlan,
  gradient: Float64Array,
  x: Float64Array,
): number {
  const length = norm(x.map((xi, i) => xi * at(weights, i)));
  return length > 0 ? (100 * norm(gradient.map((gi, i) => gi / at(weights, i)))) / length : 0;
}

/** ‖Rz‖². */
function squaredProduct(r: Float64Array, z: Float64Array): number {
  const n = z.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = i; j < n; j++) row += at(r, i * n + j) * at(z, j);
    sum += row * row;
  }
  return sum;
}
