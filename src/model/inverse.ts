/**
 * Models that keep H ≈ (∇²f)⁻¹ and correct it after every step so that H y = s, the secant equation. They differ in the
 * correction alone. Nocedal & Wright (2006), chapter 6.
 */
import { dot, entry, norm, subtract } from "../core/vector.ts";
import { type Evaluation, read } from "../solver/question.ts";
import { curvature } from "./curvature.ts";
import type { Belief, Model } from "./model.ts";

/** An inverse Hessian learned from steps. */
export interface InverseBelief extends Belief {
  /** `[n, n]`, symmetric. */
  readonly H: Float64Array;
  /** How many steps it was corrected by; H is the identity before the first. */
  readonly updates: number;
}

/** What a correction is made of. */
export interface Secant {
  /** The step, and the change of the gradient along it. */
  readonly s: Float64Array;
  readonly y: Float64Array;
  /** sᵀy > 0. */
  readonly sy: number;
  /** H y. */
  readonly Hy: Float64Array;
  /** yᵀH y. */
  readonly yHy: number;
}

/** The model whose H is corrected in place by `correct`. */
export function inverseModel(
  name: string,
  correct: (H: Float64Array, secant: Secant) => void,
): Model<InverseBelief, "gradient"> {
  return {
    name,
    asks: ["gradient"],
    begin: (told) => {
      const gradient = gradientOf(told);
      return {
        gradient,
        H: setIdentity(new Float64Array(gradient.length ** 2), gradient.length, 1),
        updates: 0,
      };
    },
    update: (belief, s, told) => {
      const gradient = gradientOf(told);
      const { H, updates } = belief;
      const y = subtract(gradient, belief.gradient);
      const sy = curvature(s, y);
      if (sy === undefined) return { gradient, H, updates };
      // Before its first correction H is given the size of the inverse Hessian along y. Equation 6.20.
      if (updates === 0) setIdentity(H, s.length, sy / norm(y) / norm(y));
      const Hy = multiply(H, y);
      correct(H, { s, y, sy, Hy, yHy: dot(y, Hy) });
      return { gradient, H, updates: updates + 1 };
    },
    forget: ({ gradient, H, updates }) =>
      updates === 0 ? undefined : { gradient, H: setIdentity(H, gradient.length, 1), updates: 0 },
  };
}

/** H v for a square H, fresh. */
export function multiply(H: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  const product = new Float64Array(n);
  for (let i = 0, k = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++, k++) sum += entry(H, k) * entry(v, j);
    product[i] = sum;
  }
  return product;
}

function setIdentity(H: Float64Array, n: number, scale: number): Float64Array {
  H.fill(0);
  for (let i = 0; i < n; i++) H[i * (n + 1)] = scale;
  return H;
}

const gradientOf = (told: Evaluation<"gradient">): Float64Array =>
  read<"gradient", "gradient">(told, "gradient");
