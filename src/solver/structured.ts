/** Steps in the caller's structure: the loop knows flat vectors, its callers trees. */
import type { State } from "./method.ts";
import type { Observer } from "./observer.ts";
import type { SolveOptions } from "./options.ts";
import type { StepReport } from "./report.ts";

/** The way back from a flat vector. */
export type Restore<X> = (x: Float64Array) => X;

/** A step in the caller's structure. */
export function structuredStep<X, S extends State>(
  step: StepReport<Float64Array, S>,
  restore: Restore<X>,
): StepReport<X, S> {
  return { ...step, x: restore(step.x) };
}

/** Options of the loop made of a caller's, whose watchers see steps in the caller's structure. */
export function flatOptions<X, S extends State>(
  { onStep, observers, ...rest }: SolveOptions<StepReport<X, S>>,
  restore: Restore<X>,
): SolveOptions<StepReport<Float64Array, S>> {
  return {
    ...rest,
    ...(onStep === undefined ? {} : { onStep: (step) => onStep(structuredStep(step, restore)) }),
    ...(observers === undefined
      ? {}
      : { observers: observers.map((observer) => flatObserver(observer, restore)) }),
  };
}

function flatObserver<X, S extends State>(
  { step, ...rest }: Observer<StepReport<X, S>>,
  restore: Restore<X>,
): Observer<StepReport<Float64Array, S>> {
  return { ...rest, ...(step === undefined ? {} : { step: (flat) => step(structuredStep(flat, restore)) }) };
}
