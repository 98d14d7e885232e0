/**
 * Steps that are too short: never more than a millionth of the parameters, and together too short for the loss to change, which to first order is at most Σ ‖g‖ ‖Δx‖.
 * Karpathy, CS231n, Neural Networks Part 3, for the ratio.
 */

import type { HealthEpoch } from "../facts.ts";
import { short } from "../measured.ts";
import type { HealthLimits } from "../settings.ts";
import type { StepSign } from "./sign.ts";

/** What is remembered of the whole run. */
export interface RateTooLow {
  readonly steps: number;
  /** Steps that were measured. */
  readonly measured: number;
  /** Σ ‖g‖ ‖Δx‖ of them: what the loss can have changed by. */
  readonly reach: number;
  /** Σ ‖g‖ ‖x‖ of them: what parameters that move by their own size can change it by. */
  readonly gain: number;
  /** The largest ‖Δx‖/‖x‖. */
  readonly largest: number;
  /** Parameters that are all 0 at the start have no size to compare with. */
  readonly fromZero: boolean;
}

/** Below these shares of the loss, what was within reach is nothing, and what is to be gained is nothing either: it has converged. */
const nothing = { reach: 1e-3, gain: 1e-2 };

/** A change of the loss from one epoch to the next that is no change. */
const still = 0.01;

/** Adds up what steps may have done. */
export const rateTooLow: StepSign<RateTooLow> = {
  init: { steps: 0, measured: 0, reach: 0, gain: 0, largest: 0, fromZero: false },
  step: (before, { gradient, move }) => {
    const steps = before.steps + 1;
    if (move === undefined) return { state: { ...before, steps } };
    const { update, parameters } = move;
    const state: RateTooLow = {
      steps,
      measured: before.measured + 1,
      reach: before.reach + gradient * update,
      gain: before.gain + gradient * parameters,
      largest: parameters === 0 ? before.largest : Math.max(before.largest, update / parameters),
      fromZero: before.fromZero || (before.measured === 0 && parameters === 0),
    };
    return { state };
  },
};

/** Judges them at the end of an epoch: that the rate is too low, or undefined. */
export function crawling(
  seen: RateTooLow,
  { loss, previousLosses }: HealthEpoch,
  { lowRatio }: HealthLimits,
): string | undefined {
  const before = previousLosses.at(-1) ?? loss;
  const isStill = Math.abs(loss - before) <= still * Math.abs(loss);
  if (!isStill || !isShort(seen, Math.abs(loss), lowRatio)) return undefined;
  const ratio = seen.fromZero
    ? ""
    : ` No step moved the parameters by more than ${short(seen.largest)} of their size, where about 0.001 is usual.`;
  return `The loss has hardly moved from ${short(loss)} in ${seen.steps} steps: the rate is too low.${ratio} Raise it, tenfold at a time, or find it by a range test.`;
}

/** Whether no step could change the loss, though there is something to be gained. */
function isShort(
  { steps, measured, reach, gain, largest, fromZero }: RateTooLow,
  loss: number,
  lowRatio: number,
): boolean {
  const isNothing = reach > 0 && (reach / measured) * steps < nothing.reach * loss;
  return isNothing && (fromZero || (largest < lowRatio && gain / measured > nothing.gain * loss));
}
