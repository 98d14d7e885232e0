/**
 * The last m pairs (s, y), from which products with BFGS's H are made without H.
 * Nocedal (1980); Nocedal & Wright (2006), section 7.2. Pairs without positive curvature are not kept.
 */
import { norm, subtract } from "../core/vector.ts";
import { read } from "../solver/question.ts";
import { curvature } from "./curvature.ts";
import type { Belief, Model } from "./model.ts";

/** The newest pairs, in rings: pair k stands in row k mod m. */
export interface LbfgsBelief extends Belief {
  /** Steps, `[m, n]`. */
  readonly S: Float64Array;
  /** Changes of the gradient, `[m, n]`. */
  readonly Y: Float64Array;
  /** 1/sᵀy, `[m]`. */
  readonly rho: Float64Array;
  /** γ = sᵀy/yᵀy of the newest pair, the size of H before the pairs correct it. Equation 7.20. */
  readonly scale: number;
  /** How many pairs were taken, those overwritten included. */
  readonly updates: number;
}

/** A memory of the last `memory` steps. */
export function lbfgsModel({ memory }: { readonly memory: number }): Model<LbfgsBelief, "gradient"> {
  return {
    name: "lbfgs",
    asks: ["gradient"],
    begin: (told) => {
      const gradient = read<"gradient", "gradient">(told, "gradient");
      const size = memory * gradient.length;
      const [S, Y, rho] = [new Float64Array(size), new Float64Array(size), new Float64Array(memory)];
      return { gradient, S, Y, rho, scale: 1, updates: 0 };
    },
    update: (belief, s, told) => {
      const gradient = read<"gradient", "gradient">(told, "gradient");
      const y = subtract(gradient, belief.gradient);
      const sy = curvature(s, y);
      if (sy === undefined) return { ...belief, gradient };
      const { S, Y, rho, updates } = belief;
      const row = updates % memory;
      S.set(s, row * s.length);
      Y.set(y, row * s.length);
      rho[row] = 1 / sy;
      return { gradient, S, Y, rho, scale: sy / norm(y) / norm(y), updates: updates + 1 };
    },
    forget: (belief) => (belief.updates === 0 ? undefined : { ...belief, scale: 1, updates: 0 }),
  };
}
