/** Steps in the caller's structure: the loop knows flat vectors, its callers trees. */
import type { State } from "./method.ts";
import { isObserver, type Observer } from "./observer.ts";
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

/**
 * Options of the loop made of a caller's, whose watchers see steps in the caller's structure. What is no watcher passes as it is:
 * the loop refuses it.
 */
export function flatOptions<X, S extends State>(
  { onStep, observers, ...rest }: SolveOptions<StepReport<X, S>>,
  restore: Restore<X>,
): SolveOptions<StepReport<Float64Array, S>> {
  return {
    ...rest,
    ...(onStep === undefined
      ? {}
      : { onStep: isNoFunction(onStep) ? onStep : (step) => onStep(structuredStep(step, restore)) }),
    ...(observers === undefined
      ? {}
      : {
          observers: isNoList(observers) ? observers : observers.map((each) => flatObserver(each, restore)),
        }),
  };
}

function flatObserver<X, S extends State>(
  observer: Observer<StepReport<X, S>>,
  restore: Restore<X>,
): Observer<StepReport<Float64Array, S>> {
  if (isNoObserver(observer)) return observer;
  // Its members are called on it: it may be an instance of a class.
  return {
    begin: (card) => observer.begin?.(card),
    step: (flat) => observer.step?.(structuredStep(flat, restore)),
    end: (outcome) => observer.end?.(outcome),
  };
}

// True for what TypeScript would not let through.
const isNoFunction = (value: unknown): value is never => typeof value !== "function";
const isNoList = (value: unknown): value is never => !Array.isArray(value);
const isNoObserver = (value: unknown): value is never => !isObserver(value);
