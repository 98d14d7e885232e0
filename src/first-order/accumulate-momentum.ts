/** A heavy ball: v ← μ v + g, u = v. Polyak (1964), in PyTorch's form, which leaves the rate outside of the velocity. */
import { type NumberSetting, readSettings } from "../solver/card.ts";
import { each, zerosFor } from "./each.ts";
import type { GradientTransformation, Tensors } from "./transformation.ts";

/** Options of `accumulateMomentum`. */
export interface AccumulateMomentumOptions {
  /** μ, the share of the velocity that is kept. Default 0.9 (Sutskever et al., 2013, and custom since). */
  readonly decay?: number;
}

/** The sum of earlier gradients, each the weaker the older it is. */
export interface Velocity {
  readonly velocity: Tensors;
}

/** The options as cards list them. */
export const momentumSettings: readonly NumberSetting[] = [
  {
    kind: "number",
    name: "decay",
    symbol: "\\mu",
    meaning: "the share of the velocity that is kept at each step; steps grow up to 1/(1 − μ) times as long",
    default: 0.9,
    source: "Sutskever et al. (2013), and custom since",
    range: "[0, 1)",
  },
];

/**
 * Adds up gradients: faster along a valley, where they agree, and calmer across, where they alternate.
 *
 * ```ts
 * import { accumulateMomentum, tensor } from "nabla";
 * const { init, update } = accumulateMomentum({ decay: 0.5 });
 * const gradient = [tensor([2])];
 * const { state } = update(gradient, init(gradient), [], {});
 * update(gradient, state, [], {}).updates[0]; // → Tensor(float64 [1]) [3]
 * ```
 *
 * @throws ArgumentError for options out of range.
 */
export function accumulateMomentum(
  options: AccumulateMomentumOptions = {},
): GradientTransformation<Velocity, object> {
  const card = { name: "accumulateMomentum", settings: momentumSettings };
  const settings = readSettings<keyof AccumulateMomentumOptions>(card, options);
  return {
    name: "accumulate-momentum",
    settings,
    init: (parameters) => ({ velocity: zerosFor(parameters) }),
    hyperparameters: () => ({}),
    update: (gradient, state) => {
      const velocity = each((v, g) => v.mul(settings.decay).add(g), state.velocity, gradient);
      return { updates: velocity, state: { velocity } };
    },
  };
}
