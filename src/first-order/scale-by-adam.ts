/**
 * Adam's moments: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², u = m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). Kingma & Ba (2015), Algorithm 1. Moments begin at 0, so that the first ones are too small; the divisors
 * correct this bias. We keep the sums M = m / (1 − β₁) and V = v / (1 − β₂) and put everything that is the same for all
 * parameters into two numbers: u = r M / (√V + ε′), which takes three passes over the parameters less.
 */
import { type NumberSetting, readSettings } from "../solver/card.ts";
import { each, zerosFor } from "./each.ts";
import type { GradientTransformation, Tensors } from "./transformation.ts";

/** Options of `scaleByAdam`. */
export interface ScaleByAdamOptions {
  /** How much of the mean of gradients is kept. Default 0.9 (Kingma & Ba). */
  readonly beta1?: number;
  /** How much of the mean of their squares is kept. Default 0.999 (Kingma & Ba). */
  readonly beta2?: number;
  /** Keeps the divisor from 0. Default 1e-8 (Kingma & Ba). */
  readonly epsilon?: number;
}

/** The sums of gradients and of their squares, older ones weighing less. */
export interface Moments {
  readonly m: Tensors;
  readonly v: Tensors;
}

/** What makes means of the sums, free of bias. */
export interface BiasCorrections {
  /** r = (1 − β₁) / (1 − β₁ᵗ) / s with s² = (1 − β₂) / (1 − β₂ᵗ). */
  readonly ratio: number;
  /** ε′ = ε / s. */
  readonly floor: number;
}

/** The options as cards list them. */
export const adamSettings: readonly NumberSetting[] = [
  {
    kind: "number",
    name: "beta1",
    symbol: "\\beta_1",
    meaning: "how much of the mean of gradients is kept at each step",
    default: 0.9,
    source: "Kingma & Ba (2015), section 2",
    range: "[0, 1)",
  },
  {
    kind: "number",
    name: "beta2",
    symbol: "\\beta_2",
    meaning: "how much of the mean of squared gradients is kept at each step",
    default: 0.999,
    source: "Kingma & Ba (2015), section 2",
    range: "[0, 1)",
  },
  {
    kind: "number",
    name: "epsilon",
    symbol: "\\epsilon",
    meaning: "keeps the divisor from 0; larger values make steps shorter where gradients are small",
    default: 1e-8,
    source: "Kingma & Ba (2015), section 2",
    range: "(0, ∞)",
  },
];

/**
 * Divides the mean of gradients by the root of the mean of their squares, element by element, so that steps are about as long
 * in every direction whatever the scale of the gradient.
 *
 * ```ts
 * import { scaleByAdam, tensor } from "nabla";
 * const { init, update } = scaleByAdam({ beta1: 0.5, beta2: 0.5 });
 * const gradient = [tensor([3, -0.01])];
 * const first = { ratio: tensor(1), floor: tensor(1e-8) };
 * update(gradient, init(gradient), [], first).updates[0]?.round(); // → Tensor(float64 [2]) [1, -1]
 * ```
 *
 * @throws ArgumentError for options out of range.
 */
export function scaleByAdam(
  options: ScaleByAdamOptions = {},
): GradientTransformation<Moments, BiasCorrections> {
  const card = { name: "scaleByAdam", settings: adamSettings };
  const settings = readSettings<keyof ScaleByAdamOptions>(card, options);
  const { beta1, beta2, epsilon } = settings;
  return {
    name: "scale-by-adam",
    settings,
    init: (parameters) => ({ m: zerosFor(parameters), v: zerosFor(parameters) }),
    hyperparameters: (t) => {
      const s = Math.sqrt((1 - beta2) / (1 - beta2 ** t));
      return { ratio: (1 - beta1) / (1 - beta1 ** t) / s, floor: epsilon / s };
    },
    update: (gradient, moments, _, { ratio, floor }) => {
      const m = each((m, g) => m.mul(beta1).add(g), moments.m, gradient);
      const v = each((v, g) => v.mul(beta2).add(g.square()), moments.v, gradient);
      const updates = each((m, v) => m.div(v.sqrt().add(floor)).mul(ratio), m, v);
      return { updates, state: { m, v } };
    },
  };
}
