/**
 * Adam's moments: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², u = m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). Kingma & Ba (2015), Algorithm 1. Moments begin at 0, so that the first ones are too small; the divisors
 * correct this bias.
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

/** The means of gradients and of their squares. */
export interface Moments {
  readonly m: Tensors;
  readonly v: Tensors;
}

/** 1 − β₁ᵗ and 1 − β₂ᵗ. */
export interface BiasCorrections {
  readonly correction1: number;
  readonly correction2: number;
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
 * const first = { correction1: tensor(0.5), correction2: tensor(0.5) };
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
    hyperparameters: (t) => ({ correction1: 1 - beta1 ** t, correction2: 1 - beta2 ** t }),
    update: (gradient, moments, _, { correction1, correction2 }) => {
      const m = each((m, g) => m.mul(beta1).add(g.mul(1 - beta1)), moments.m, gradient);
      const v = each((v, g) => v.mul(beta2).add(g.square().mul(1 - beta2)), moments.v, gradient);
      const updates = each((m, v) => m.div(correction1).div(v.div(correction2).sqrt().add(epsilon)), m, v);
      return { updates, state: { m, v } };
    },
  };
}
