/** What all signs look at: norms over all leaves, and where the loss came from. */
import { at } from "../../core/exactly.ts";
import type { HealthStep } from "./facts.ts";

/** The way of the loss so far. Plain data, without the step at hand. */
export interface Course {
  /** Steps told so far. */
  readonly steps: number;
  /** The first loss that was not 0: what a network costs that has learned nothing. */
  readonly first: number;
  /** The largest of the first five. */
  readonly earlyLargest: number;
  readonly last: number;
}

/** Before the first step. */
export const noCourse: Course = { steps: 0, first: 0, earlyLargest: 0, last: 0 };

/** A step with its norms over all leaves. */
export interface Measured extends HealthStep {
  readonly course: Course;
  /** ‖g‖. */
  readonly gradient: number;
  /** ‖Δx‖ and ‖x‖, where they were measured. */
  readonly move: { readonly update: number; readonly parameters: number } | undefined;
}

/** Takes norms. */
export function measure(facts: HealthStep, course: Course): Measured {
  const { gradientNorms, updateNorms, parameterNorms } = facts;
  const move = updateNorms &&
    parameterNorms && { update: total(updateNorms), parameters: total(parameterNorms) };
  return { ...facts, course, gradient: total(gradientNorms), move };
}

/** The course after a step. */
export function further({ steps, first, earlyLargest }: Course, loss: number): Course {
  return {
    steps: steps + 1,
    first: first === 0 ? loss : first,
    earlyLargest: steps === 0 ? loss : steps < 5 ? Math.max(earlyLargest, loss) : earlyLargest,
    last: loss,
  };
}

/** `factor` times a loss, so that for losses below 0 also it lies above it. */
export function above(loss: number, factor: number): number {
  return loss + (factor - 1) * Math.abs(loss);
}

/** The norm over all leaves, from those of each. */
function total(norms: Float64Array): number {
  return Math.hypot(...norms);
}

/** The median; of an even number the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return at(
    values.toSorted((a, b) => a - b),
    Math.floor(values.length / 2),
  );
}

/** A number in a sentence: two digits. */
export function short(x: number): string {
  const size = Math.abs(x);
  return size >= 1e4 || (size < 1e-3 && size > 0) ? x.toExponential(1) : String(Number(x.toPrecision(2)));
}
