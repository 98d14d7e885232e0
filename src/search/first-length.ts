/** The first length to try along a line. Nocedal & Wright (2006), section 3.5, "Initial step length". */
import type { Opening } from "../descent/descent.ts";

/** What a search along lines remembers of the step before. */
export interface LastStep {
  /** The length accepted. */
  readonly control: number;
  /** f where it began; NaN before the first step. */
  readonly value: number;
}

/** A length changes at most so much from a step to the next. */
const most = 10;

/**
 * 1 where that is the model's own step. Else the length from which the quadratic through f, its slope and the last decrease
 * has its minimum, 2 Δf / gᵀd (equation 3.60), so that lengths grow again after short steps; at the start the guess.
 */
export function firstLength(last: LastStep, { isNatural, guess, value, slope }: Opening): number {
  if (isNatural) return 1;
  if (Number.isNaN(last.value)) return guess;
  const length = (2 * (value - last.value)) / slope;
  if (!(length > 0)) return last.control;
  return Math.min(most * last.control, Math.max(last.control / most, length));
}
