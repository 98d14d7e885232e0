/** Calls out of the walked source: tensor functions, and ordinary functions that were captured or passed as data. */
import { PlainOperatorError, Tensor } from "../../../tensor/index.ts";
import { adopt, release } from "../data/containers.ts";
import { guard, safeOperandsOf, safeOperandsOfMethod } from "../operations/guarded.ts";
import type { AnyFunction } from "../source.ts";
import type { Walker } from "../types.ts";
import { invoke, outerClosure } from "./functions.ts";

/** Calls a function that is neither the walk's own nor one it carries out itself. */
export function callForeign(
  walker: Walker,
  f: AnyFunction,
  self: unknown,
  args: readonly unknown[],
): unknown {
  const safe = self instanceof Tensor ? safeOperandsOfMethod(f.name) : safeOperandsOf(f);
  if (self instanceof Tensor || safe !== undefined) return callTensorFunction(walker, f, self, args, safe);
  const attempt = tryNatively(walker, f, self, args);
  return attempt === undefined ? walkInto(walker, f, args) : attempt.value;
}

function callTensorFunction(
  walker: Walker,
  f: AnyFunction,
  self: unknown,
  args: readonly unknown[],
  safe: readonly number[] | undefined,
): unknown {
  const harmless = (value: unknown, position: number): unknown => {
    const stand = safe?.[position];
    return value instanceof Tensor && stand !== undefined
      ? guard(walker.mask, value, stand)
      : release(walker, value);
  };
  const receiver = self instanceof Tensor ? harmless(self, 0) : undefined;
  const shift = self instanceof Tensor ? 1 : 0;
  const given = args.map((arg, i) => harmless(arg, i + shift));
  return adopt(walker, Reflect.apply(f, receiver, given));
}

/**
 * Runs `f` itself on copies of the arguments; undefined when that cannot be the way, because it reached for a plain
 * operator on a traced value or wrote into its arguments.
 */
function tryNatively(
  walker: Walker,
  f: AnyFunction,
  self: unknown,
  args: readonly unknown[],
): { readonly value: unknown } | undefined {
  const copies = new Map<object, object>();
  const given = args.map((arg) => release(walker, arg, copies));
  const { mask, node, source, depth } = walker;
  try {
    const result: unknown = Reflect.apply(f, release(walker, self), given);
    if ([...copies].some(([original, copy]) => isChanged(walker, original, copy, copies))) return undefined;
    const originals = new Map<object, unknown>([...copies].map(([original, copy]) => [copy, original]));
    return { value: adopt(walker, result, originals) };
  } catch (error) {
    if (error instanceof PlainOperatorError) return undefined;
    throw error;
  } finally {
    Object.assign(walker, { mask, node, source, depth });
  }
}

function isChanged(
  walker: Walker,
  original: object,
  copy: object,
  copies: ReadonlyMap<object, object>,
): boolean {
  const fresh = release(walker, original, new Map([...copies].filter(([known]) => known !== original)));
  if (typeof fresh !== "object" || fresh === null) return true;
  const keys = Object.keys(fresh);
  if (keys.length !== Object.keys(copy).length) return true;
  return keys.some((key) => !Object.is(Reflect.get(fresh, key), Reflect.get(copy, key)));
}

/** Follows the source of `f`; the errors are those of sourceOf when there is none. */
function walkInto(walker: Walker, f: AnyFunction, args: readonly unknown[]): unknown {
  return invoke(walker, outerClosure(f), args);
}
