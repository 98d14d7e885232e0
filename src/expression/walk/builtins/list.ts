/** What array methods are called on: arrays, typed arrays and the rows of tensors, read element by element. */
import { Tensor } from "../../../tensor/index.ts";
import { readMember } from "../data/elements.ts";
import { isNumbers } from "../data/iterate.ts";
import { kindOf, own, typedKind } from "../data/owned.ts";
import { rowsOf } from "../data/rows.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { TypedKind, Walker } from "../types.ts";

/** Something with elements. */
export interface List {
  readonly value: object;
  readonly length: number;
  readonly at: (index: number) => unknown;
  readonly kind: TypedKind | undefined;
}

/** The elements behind `self`, the object an array method is called on. */
export function listOf(walker: Walker, self: unknown): List {
  if (self instanceof Tensor) {
    const rows = rowsOf(walker, self);
    return { value: self, length: rows.length, at: (i) => rows[i], kind: undefined };
  }
  if (Array.isArray(self)) {
    return {
      value: self,
      length: self.length,
      at: (i) => readMember(walker, self, i),
      kind: kindOf(walker, self),
    };
  }
  if (isNumbers(self)) {
    const kind = typedKind(Object.prototype.toString.call(self).slice("[object ".length, -1));
    return { value: self, length: self.length, at: (i) => self[i], kind };
  }
  return refuse(walker, `an array method is called on ${nameOf(self)}`, "call it on an array");
}

/** The elements, all of them. */
export function elements(list: List): unknown[] {
  return Array.from({ length: list.length }, (_, i) => list.at(i));
}

/** Calls `visit(element, index)` for each element, as the array's own methods do. */
export function each(
  walker: Walker,
  self: unknown,
  callback: unknown,
  visit: (result: unknown, element: unknown, index: number) => boolean | undefined,
): void {
  const list = listOf(walker, self);
  requireFunction(walker, callback);
  for (let i = 0; i < list.length; i++) {
    refuseHole(walker, list, i);
    const element = list.at(i);
    if (visit(walker.call(callback, undefined, [element, i, self]), element, i) === false) return;
  }
}

/** Array methods pass over holes, which a walk does not imitate. */
export function refuseHole(walker: Walker, list: List, index: number): void {
  if (!Array.isArray(list.value) || Object.hasOwn(list.value, index)) return;
  if (index < list.value.length)
    refuse(walker, "the array has holes, as `new Array(n)` leaves them", "fill it first");
}

/** Refuses a callback that is none. */
export function requireFunction(walker: Walker, callback: unknown): void {
  if (typeof callback !== "function") {
    refuse(walker, `${nameOf(callback)} is used as a function`, "pass a function");
  }
}

/** A new array of the walk; of a typed kind when it comes from a typed array. */
export function made(walker: Walker, values: unknown[], kind?: TypedKind): unknown[] {
  if (kind === undefined || kind.isFloat64) return own(walker, values, kind);
  const rounded = values.map((value) => {
    if (!(value instanceof Tensor)) return kind.convert(Number(value));
    return refuse(
      walker,
      `a traced number is stored in a ${kind.name}, which would round it`,
      "use plain arrays",
    );
  });
  return own(walker, rounded, kind);
}

/** An index argument: negative counts from the end, absent is `absent`. */
export function indexArgument(walker: Walker, value: unknown, length: number, absent: number): number {
  if (value === undefined) return absent;
  if (typeof value !== "number")
    return refuse(walker, "an index is not known while tracing", "use known indices");
  const whole = Math.trunc(value) || 0;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}
