/** Calling a user's function with stand-ins: by running it, or by walking its source where running would not do. */
import { TraceError } from "../core/errors.ts";
import { isPlainObject } from "../core/tree.ts";
import { hidesConditions, walk } from "../expression/index.ts";
import { silentTest } from "../expression/suspicion.ts";
import { markPlain, standsForNumber } from "../tensor/plain.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumericArray, type Leaf } from "../tensor/tree.ts";
import { PlainOperatorError } from "../tensor/value.ts";

/** Any function; what it takes is checked where it is called. */
export type AnyFunction = (...args: never[]) => unknown;

/** What a function returned for stand-ins, and which of the tensors in it stand for plain numbers. */
export interface Called {
  readonly result: unknown;
  readonly isNumber: (y: Tensor) => boolean;
  /** Whether the source was walked, so that nothing the source does not show went into the result. */
  readonly isWalked: boolean;
}

/** A tensor that stands for a plain number of an argument. */
const isWeak = (x: Tensor): boolean => x.isWeak;

/**
 * Runs a function on stand-ins; one that reaches for a plain operator is walked instead, and so is one that might test a
 * stand-in without any operator (`x === 0`), which running does not show.
 */
export function callWithStandIns(
  f: AnyFunction,
  args: readonly unknown[],
  mayBeNumber: (x: Tensor) => boolean = isWeak,
): Called {
  // A function may write to its arguments before it meets an operator: what is walked afterwards must be as it was.
  const outcome = attempt(() => Reflect.apply(f, undefined, args.map(copyContainers)));
  // The promise of a function that cannot be traced fails as well, and nobody waits for it.
  if (outcome.result instanceof Promise) outcome.result.catch(() => {});
  // NaN whatever the argument: a stand-in was used in a way that JavaScript does not show. Walking will name it.
  if (outcome.error instanceof PlainOperatorError || holdsNaN(outcome.result)) return walked(f, args);
  if (outcome.error instanceof TypeError) {
    // An array's method that a stand-in lacks, perhaps; if the source cannot be walked either, the first error tells more.
    const walk = attempt(() => walked(f, args));
    if (walk.result !== undefined) return walk.result;
  }
  const tensors = standIns(args);
  if (hidesConditions(f) && tensors.some(mayBeNumber)) {
    const walk = attempt(() => walked(f, args));
    if (walk.result !== undefined) return walk.result;
    const place = outcome.error === undefined ? silentTest(f, args, mayBeNumber) : undefined;
    if (place !== undefined) {
      throw new TraceError(
        `${place} tests a traced number without a plain operator, so running the function would take one side for every value, and it cannot be walked; use equal(x, 0), greater(x, 0) and the like with where(...) or cond(...)`,
        { cause: walk.error },
      );
    }
  }
  if (outcome.error !== undefined) throw outcome.error;
  return { result: outcome.result, isNumber: standsForNumber, isWalked: false };
}

/** Whether a leaf of what a function returned is a plain number, or stands for one. */
export function isNumberLeaf(leaf: Leaf, { isNumber }: Called): boolean {
  return typeof leaf === "number" || (leaf instanceof Tensor && isNumber(leaf));
}

/** A scalar as a plain number, or the traced stand-in of one. */
export function asNumber(y: Tensor): number | Tensor {
  return y.place ? markPlain(new Tensor(y, y.place, true)) : y.item();
}

interface Attempt<T> {
  readonly result?: T;
  readonly error?: unknown;
}

function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { result: run() };
  } catch (error) {
    return { error: error ?? new TraceError(`the function threw ${error}`) };
  }
}

/** Walks a function. Where all it is given stands for plain numbers, so does what it returns. */
function walked(f: AnyFunction, args: readonly unknown[]): Called {
  const result = walk(f, args);
  const isPure = standIns(args).every(isWeak);
  const isNumber = (y: Tensor): boolean => y.rank === 0 && (isPure || y.isWeak || standsForNumber(y));
  return { result, isNumber, isWalked: true };
}

/** Whether a result, or any part of it, is a plain NaN. */
function holdsNaN(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNaN);
  return isPlainObject(value) ? Object.values(value).some(holdsNaN) : Number.isNaN(value);
}

/** The same tree with arrays and objects of its own. */
function copyContainers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyContainers);
  if (isNumericArray(value)) return value.slice();
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyContainers(part)]));
}

/** All tensors in arguments. */
function standIns(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (Array.isArray(value)) return value.flatMap(standIns);
  return isPlainObject(value) ? Object.values(value).flatMap(standIns) : [];
}
