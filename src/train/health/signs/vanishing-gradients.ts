/**
 * Gradients that vanish on their way to the first layers, by a factor in every layer. Bengio, Simard & Frasconi (1994), Learning long-term dependencies with
 * gradient descent is difficult; Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, section 4.2.
 */
import { short } from "../measured.ts";
import { firstAndLast } from "./first-and-last.ts";
import type { StepSign } from "./sign.ts";

/** Steps in a row at which the first layers had next to no gradient. */
export interface VanishingGradients {
  readonly small: number;
}

/** So long it must last: a layer that starts from 0 has no gradient behind it at first. */
const patience = 100;

/** The sign that gradients vanish. A gradient of exactly 0 is none: units are dead there, or layers cut off. */
export const vanishingGradients: StepSign<VanishingGradients> = {
  init: { small: 0 },
  step: ({ small }, facts, { vanishing }) => {
    const ends = firstAndLast(facts);
    const isSmall = ends !== undefined && ends.first.norm > 0 && ends.first.norm < vanishing * ends.last.norm;
    const state = { small: isSmall ? small + 1 : 0 };
    if (ends === undefined || state.small < patience) return { state };
    return {
      state,
      message: `Gradients vanish on their way back: over ${patience} steps those of the first layers (${ends.first.path}: ${short(ends.first.norm)}) were below ${short(vanishing)} of those of the last (${ends.last.path}: ${short(ends.last.norm)}), which learn alone. Use ReLU instead of sigmoids, residual connections, batch or layer normalization, or fewer layers.`,
    };
  },
};
