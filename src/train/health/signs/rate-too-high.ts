/**
 * Steps that are too long. A step is longer than the loss can explain where the slope times its length is many times the loss itself: even on a straight
 * line to 0 it would end far behind it. LeCun, Bottou, Orr & Müller (1998), Efficient BackProp, section 4.6, for where descent diverges; Karpathy, CS231n, Neural Networks
 * Part 3, for the ratio of updates to parameters.
 */
import { above, type Course, type Measured, median, short } from "../measured.ts";
import type { HealthLimits } from "../settings.ts";
import type { StepSign } from "./sign.ts";

/** What is remembered. */
export interface RateTooHigh {
  /** Whether one of the first steps was too long. */
  readonly long: boolean;
  /** The last losses. */
  readonly recent: readonly number[];
  /** Steps in a row whose loss was far above the largest of the first five. */
  readonly over: number;
  /** Measured steps in a row that moved the parameters by a large share. */
  readonly large: number;
}

/**
 * The slope times the step, for the loss: on a parabola descent diverges from 4 on. Of parameters that are 0 nothing else is known, and a batch whose loss is small by
 * chance makes any step long; so it must be more there.
 */
const longest = { usual: 4, fromZero: 100 };

/** A step that is too long moves the parameters by more than this share of their size; 0.001 is usual. */
const longShare = 0.1;

/** Only the first steps are judged so: the loss of a batch that has been learned is so small that any step is long. */
const firstSteps = 10;

/** Where one was too long, the median of so many losses tells whether the loss stays above its start. */
const remembered = 15;

/** Without that knowledge so many losses in a row must, or a few that are far above all bounds. */
const patience = { far: 300, beyond: 5 };

/** So many large steps in a row are no beginning from weights near 0. */
const manyLarge = 100;

const advice =
  "Lower the rate, tenfold at first, or find it by a range test; a warm-up, clipping, and standardized inputs help.";

/** Whether a step is far longer than the loss can explain. */
export function isLong({ loss, gradient, move }: Measured): boolean {
  if (move === undefined || loss <= 0) return false;
  const { update, parameters } = move;
  const slope = (update * gradient) / loss;
  return parameters === 0
    ? slope > longest.fromZero
    : slope > longest.usual && update > longShare * parameters;
}

/** The sign that the rate is far too high. */
export const rateTooHigh: StepSign<RateTooHigh> = {
  init: { long: false, recent: [], over: 0, large: 0 },
  step: (before, facts, limits) => {
    const { loss, course, step } = facts;
    const state: RateTooHigh = {
      long: before.long || (course.steps < firstSteps && isLong(facts)),
      recent: [...before.recent, loss].slice(-remembered),
      over: course.steps >= 5 && loss > above(course.earlyLargest, limits.rise) ? before.over + 1 : 0,
      large: largeSteps(before.large, facts, limits),
    };
    if (staysHigh(state, loss, course, limits))
      return {
        state,
        message: `The loss was ${short(course.first)} at the start and has been far above it since, by the median of the last steps ${short(median(state.recent))} at step ${step}: the rate is too high. ${advice}`,
      };
    if (state.large >= manyLarge)
      return {
        state,
        message: `Each of the last ${manyLarge} steps moved the parameters by more than ${short(100 * limits.highRatio)} % of their size: the rate is too high. ${advice}`,
      };
    return { state };
  },
};

function staysHigh(
  { long, recent, over }: RateTooHigh,
  loss: number,
  { first, earlyLargest }: Course,
  { rise, explosion }: HealthLimits,
): boolean {
  if (first === 0) return false;
  if (long && recent.length === remembered && median(recent) > above(first, rise)) return true;
  const isBeyond = loss > above(earlyLargest, explosion);
  return over >= (isBeyond ? patience.beyond : patience.far);
}

function largeSteps(before: number, { move }: Measured, { highRatio }: HealthLimits): number {
  if (move === undefined) return before;
  const isLarge = move.parameters > 0 && move.update > highRatio * move.parameters;
  return isLarge ? before + 1 : 0;
}
