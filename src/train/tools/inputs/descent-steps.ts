/** How many steps gradient descent with a fixed rate needs, from weights of 0. */
import { at } from "../../../core/exactly.ts";
import { dot, entry } from "../../../core/vector.ts";
import { type Curvatures, type Design, momentsWith } from "./design.ts";

/** Steps, and the rate they were taken with. */
export interface DescentSteps {
  readonly rate: number;
  /** Steps until the loss had come within the tolerance; where it had not, the steps that were allowed. */
  readonly steps: number;
  readonly isReached: boolean;
}

/**
 * Least squares, f = ½ mean (Xθ − y)². In the directions of the eigenvectors the distance from the minimum shrinks by (1 − ελᵢ) a step, so that f(θₜ)
 * − f* = ½ Σ λᵢ (1 − ελᵢ)²ᵗ dᵢ² needs no run: Goh (2017), Why Momentum Really Works; Goodfellow et al. (2016), section 4.3.1. The rate is the best
 * fixed one, 2 / (λ₁ + λₙ): Nesterov (2004), Theorem 2.1.15.
 */
export function leastSquaresSteps(
  { values, vectors }: Curvatures,
  minimizer: Float64Array,
  tolerance: number,
): DescentSteps {
  const [smallest, largest] = [at(values, 0), at(values, values.length - 1)];
  const rate = 2 / (smallest + largest);
  const excess = values.map((value, i) => (value * dot(at(vectors, i), minimizer) ** 2) / 2);
  const shrinkage = values.map((value) => logDistance(rate * value));
  const at0 = excess.reduce((sum, one) => sum + one, 0);
  const isNear = (t: number): boolean => {
    let left = 0;
    for (let i = 0; i < excess.length; i++)
      left += entry(excess, i) * (t === 0 ? 1 : Math.exp(2 * t * entry(shrinkage, i)));
    return left <= tolerance * at0;
  };
  const steps = firstWhere(isNear);
  return { rate, steps, isReached: Number.isFinite(steps) };
}

/** log |1 − ελ|. */
const logDistance = (share: number): number =>
  share < 0.5 ? Math.log1p(-share) : Math.log(Math.abs(1 - share));

/** The first whole number for which something holds that goes on to hold; Infinity beyond 2⁵³. */
function firstWhere(holds: (t: number) => boolean): number {
  if (holds(0)) return 0;
  let high = 1;
  while (!holds(high)) {
    high *= 2;
    if (high > Number.MAX_SAFE_INTEGER) return Number.POSITIVE_INFINITY;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Logistic regression, f = mean log(1 + eᶻ) − yz for z = X̃θ, run step by step. The rate is 1 over the bound ¼λ₁ of its curvature, with which every step
 * descends: Nesterov (2004), Theorem 2.1.14.
 */
export function logisticSteps(
  design: Design,
  labels: Float64Array,
  { values }: Curvatures,
  {
    lowest,
    tolerance,
    maxSteps,
  }: { readonly lowest: number; readonly tolerance: number; readonly maxSteps: number },
): DescentSteps {
  const rate = 4 / at(values, values.length - 1);
  const weights = new Float64Array(design.columns.length);
  const enough = lowest + tolerance * (Math.LN2 - lowest);
  for (let step = 0; ; step++) {
    const z = linear(design, weights);
    if (logisticLoss(z, labels) <= enough) return { rate, steps: step, isReached: true };
    if (step >= maxSteps) return { rate, steps: maxSteps, isReached: false };
    const gradient = momentsWith(design, residuals(z, labels));
    for (let j = 0; j < weights.length; j++) weights[j] = entry(weights, j) - rate * entry(gradient, j);
  }
}

/** X̃θ. */
export function linear({ columns, rows }: Design, weights: Float64Array): Float64Array {
  const z = new Float64Array(rows);
  for (const [j, column] of columns.entries()) {
    const weight = entry(weights, j);
    for (let i = 0; i < rows; i++) z[i] = entry(z, i) + weight * entry(column, i);
  }
  return z;
}

/** Mean of log(1 + eᶻ) − yz, without overflow. */
export function logisticLoss(z: Float64Array, labels: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const zi = entry(z, i);
    sum += Math.max(zi, 0) + Math.log1p(Math.exp(-Math.abs(zi))) - entry(labels, i) * zi;
  }
  return sum / z.length;
}

/** 1/(1 + e⁻ᶻ) − y. */
export const residuals = (z: Float64Array, labels: Float64Array): Float64Array =>
  z.map((zi, i) => 1 / (1 + Math.exp(-zi)) - entry(labels, i));
