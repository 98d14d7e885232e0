/**
 * Newton's step with a damped matrix: (B + δD) p = −g, for a diagonal D > 0. Nocedal & Wright (2006), §3.4; with D = I it is
 * the trust region's own equation (Theorem 4.1) with the multiplier δ as the control. The gain follows without cancellation:
 * −(gᵀp + ½pᵀBp) = ½(δ pᵀDp − gᵀp).
 */
import { at } from "../core/exactly.ts";
import { dot, norm, scaled } from "../core/vector.ts";
import { cholesky, solveCholesky } from "../linalg/cholesky.ts";
import type { SecondOrderBelief } from "../model/exact-hessian.ts";
import type { Descent } from "./descent.ts";

/** What is computed once for all δ. */
export interface DampedNewtonPlan {
  /** The diagonal of D, `[n]`. */
  readonly weights: Float64Array;
  /** No step is longer: where the Hessian is all but singular, Newton's may go to the end of the world. */
  readonly reach: number;
}

/** The longest step for |x| or 1: Dennis & Schnabel (1983), algorithm A6.3.1, give a thousand as well. */
const longest = 1e3;

/** The descent for one choice of D. */
export function dampedNewton(
  name: string,
  weigh: (hessian: Float64Array, n: number) => Float64Array,
): Descent<SecondOrderBelief, "damping", DampedNewtonPlan> {
  return {
    name,
    control: "damping",
    prepare: ({ hessian }, x) => ({
      weights: weigh(hessian, x.length),
      reach: longest * Math.max(norm(x), 1),
    }),
    opening: ({ gradient, hessian }, { weights, reach }) => ({
      slope: -norm(gradient),
      isNatural: true,
      promise: Number.NaN,
      // Where all but nothing is curved, a damping that makes the step as long as it may be.
      guess: Math.max(largestEigenvalueBound(hessian, weights), norm(gradient) / reach) || 1,
    }),
    propose: ({ gradient, hessian }, { weights, reach }, damping) => {
      const n = gradient.length;
      const damped = hessian.slice();
      for (let i = 0; i < n; i++) damped[i * n + i] = at(damped, i * n + i) + damping * at(weights, i);
      if (!cholesky(damped, n)) return undefined;
      const p = scaled(-1, gradient);
      solveCholesky(damped, n, p);
      if (!(norm(p) <= reach)) return undefined;
      let size = 0;
      for (let i = 0; i < n; i++) size += at(weights, i) * at(p, i) ** 2;
      return { p, predicted: (dot(gradient, p) - damping * size) / 2 };
    },
  };
}

/**
 * A bound on the eigenvalues of D^(−½) B D^(−½) in size, after Gershgorin (Golub & Van Loan 2013, Theorem 7.2.1): with a
 * damping of this size B + δD is positive definite.
 */
function largestEigenvalueBound(hessian: Float64Array, weights: Float64Array): number {
  const n = weights.length;
  let bound = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const bij = j <= i ? at(hessian, i * n + j) : at(hessian, j * n + i);
      sum += Math.abs(bij) / Math.sqrt(at(weights, i) * at(weights, j));
    }
    bound = Math.max(bound, sum);
  }
  return bound;
}
