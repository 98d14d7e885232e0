/** Where linear models have their minimum: what gradient descent is on its way to. On standardized inputs, where the systems are well conditioned. */
import { at } from "../../../core/exactly.ts";
import { addScaled, dot, entry } from "../../../core/vector.ts";
import { symmetricEigen } from "../curvature/symmetric-eigen.ts";
import { linear, logisticLoss, residuals } from "./descent-steps.ts";
import { type Curvatures, type Design, type FeatureScaling, momentsWith } from "./design.ts";

/** θ* = (X̃ᵀX̃)⁺ X̃ᵀy, the solution of least length. */
export function leastSquaresMinimizer(
  design: Design,
  y: Float64Array,
  { values, vectors }: Curvatures,
): Float64Array {
  const moments = momentsWith(design, y);
  return vectors.reduce(
    (sum, vector, i) => addScaled(sum, dot(vector, moments) / at(values, i), vector),
    new Float64Array(moments.length),
  );
}

/** Weights for (x − shift) / scale, the bias last, as weights for x. */
export function asGiven(weights: Float64Array, scaling: readonly FeatureScaling[]): Float64Array {
  const given = weights.slice();
  const last = weights.length - 1;
  for (const [j, { shift, scale }] of scaling.entries()) {
    given[j] = entry(weights, j) / scale;
    given[last] = entry(given, last) - (entry(weights, j) * shift) / scale;
  }
  return given;
}

/** Newton steps at most. On data that a plane separates each one gains about a factor of e. */
const mostSteps = 100;

/**
 * The lowest value of the logistic loss, by Newton's method with step halving: Boyd & Vandenberghe (2004), Algorithm 9.5. It is 0 where a plane
 * separates the labels, which is taken for granted below 10⁻⁹.
 */
export function lowestLogisticLoss(design: Design, labels: Float64Array): number {
  let weights: Float64Array = new Float64Array(design.columns.length);
  let loss = Math.LN2;
  for (let step = 0; step < mostSteps && loss > 1e-9; step++) {
    const z = linear(design, weights);
    const direction = newtonStep(design, z, labels);
    let next = loss;
    let t = 1;
    for (; t > 1e-8; t /= 2) {
      next = logisticLoss(linear(design, addScaled(weights, t, direction)), labels);
      if (next < loss) break;
    }
    if (!(next < loss)) break;
    weights = addScaled(weights, t, direction);
    loss = next;
  }
  return loss > 1e-9 ? loss : 0;
}

/** −H⁺g for H = X̃ᵀ diag(p(1 − p)) X̃ / n. */
function newtonStep(design: Design, z: Float64Array, labels: Float64Array): Float64Array {
  const { columns } = design;
  const gradient = momentsWith(design, residuals(z, labels));
  const n = columns.length;
  const weighted = columns.map((column) => column.map((x, i) => x * slope(entry(z, i))));
  const hessian = Float64Array.from(weighted.flatMap((column) => [...momentsWith(design, column)]));
  const { values, vectors } = symmetricEigen(hessian, n);
  const least = 32 * n * Number.EPSILON * at(values, n - 1);
  return vectors.reduce((sum, vector, i) => {
    const value = at(values, i);
    return value > least ? addScaled(sum, -dot(vector, gradient) / value, vector) : sum;
  }, new Float64Array(n));
}

/** p(1 − p) for p = 1/(1 + e⁻ᶻ), which does not round to 0 before it underflows. */
const slope = (z: number): number => {
  const e = Math.exp(-Math.abs(z));
  return e / (1 + e) ** 2;
};
