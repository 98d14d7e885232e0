/** What is known of the points met last, so that nothing is computed twice at one point. */
import type { Knowledge, Want } from "../solver/question.ts";

/** What has been learned of one point; filled as questions come. */
export type Known = { [K in Want]?: Knowledge[K] | undefined };

/** A point and what is known there. */
export interface Entry {
  readonly x: Float64Array;
  readonly known: Known;
  /** The direction of `known.hessianProduct`. */
  direction: Float64Array | undefined;
  /** The gradient by the caller's parameters, where the variables are others. */
  pointGradient: Float64Array | undefined;
}

/** How often the user's functions were called, by kind; filled while answering. */
export type Spent = { [K in Want]?: number };

/** Counts calls. */
export function spend(spent: Spent, kind: Want, calls = 1): void {
  spent[kind] = (spent[kind] ?? 0) + calls;
}

/** Finds the entry of a point, among the two met last or fresh. A line search returns to the point before the last. */
export function memo(): (x: Float64Array) => Entry {
  let last: Entry | undefined;
  let former: Entry | undefined;
  return (x) => {
    if (last !== undefined && sameNumbers(last.x, x)) return last;
    const known = former !== undefined && sameNumbers(former.x, x) ? former : undefined;
    former = last;
    last = known ?? { x: x.slice(), known: {}, direction: undefined, pointGradient: undefined };
    return last;
  };
}

/** True when all elements are the same numbers: NaN is itself, 0 is not −0. */
export function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
