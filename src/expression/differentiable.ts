/**
 * Marks plain functions as differentiable, and keeps what the build plugin recorded of their closures.
 *
 * A function's own source cannot say what its captured variables hold, and minifiers and coverage tools rewrite
 * that source. So the build plugin adds the source as it was written, and a thunk that reads the captured variables.
 */

import { ArgumentError } from "../core/errors.ts";

/** A function's source as it was written, and the way to the variables it captures. */
export interface Closure {
  /** The text of the function: an arrow function, a function expression or a function declaration. */
  readonly source: string;
  /** Reads the captured variables now, by the names they have in `source`. */
  readonly scope: () => Readonly<Record<string, unknown>>;
}

/** Keyed by function, so a mark lives exactly as long as its function and shows nowhere on it. */
const marks = new WeakMap<object, Closure | undefined>();

/**
 * Marks `f` as differentiable and returns `f` itself, unchanged.
 *
 * Written alone it is only a mark. The build plugin (`nabla/plugin`) and the loader hook (`nabla/register`) add the
 * second argument, which makes captured variables visible to `grad` and its kin and keeps the function traceable
 * through minifiers. Marking twice keeps the first record.
 *
 * @param f The function, in plain arithmetic.
 * @param closure What the build plugin records; not meant to be written by hand.
 * @returns The same function.
 * @throws ArgumentError when `f` is not a function.
 *
 * ```ts
 * import { differentiable } from "nabla";
 *
 * const rate = 0.5;
 * const decay = differentiable((t: number) => Math.exp(-rate * t));
 * console.log(decay(0)); // 1
 * ```
 */
export function differentiable<F extends (...args: never[]) => unknown>(f: F, closure?: Closure): F {
  if (typeof f !== "function") {
    throw new ArgumentError(`\`differentiable(f)\` takes a function; got ${f === null ? "null" : typeof f}.`);
  }
  if (marks.get(f) === undefined) marks.set(f, closure);
  return f;
}

/**
 * The record the build plugin left for `f`; undefined when there is none and `f` must be read by its own source.
 *
 * ```ts
 * import { closureOf, differentiable } from "nabla";
 *
 * const k = 3;
 * const triple = differentiable((x: number) => k * x, { source: "(x) => k * x", scope: () => ({ k }) });
 * console.log(closureOf(triple)?.scope()); // { k: 3 }
 * ```
 */
export function closureOf(f: (...args: never[]) => unknown): Closure | undefined {
  return marks.get(f);
}

/**
 * Whether `f` was marked by `differentiable`, with or without a record.
 *
 * ```ts
 * import { differentiable, isDifferentiable } from "nabla";
 *
 * console.log(isDifferentiable(differentiable((x: number) => x * x)), isDifferentiable(Math.sin)); // true false
 * ```
 */
export function isDifferentiable(f: (...args: never[]) => unknown): boolean {
  return marks.has(f);
}
