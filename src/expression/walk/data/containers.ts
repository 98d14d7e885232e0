/**
 * The door between the walk and the code around it. What comes in is copied, so that tracing never changes the
 * caller's data; what goes out is copied too, with its versions joined.
 */
import { Tensor } from "../../../tensor/index.ts";
import type { Walker } from "../types.ts";
import { elementsOf, readMember } from "./elements.ts";
import { kindOf, own } from "./owned.ts";

/** Whether a value is an object literal's object. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value from outside, its arrays and plain objects copied into ones the walk may write to. */
export function adopt(walker: Walker, value: unknown, seen: Map<object, unknown> = new Map()): unknown {
  if (typeof value !== "object" || value === null || value instanceof Tensor || walker.owned.has(value))
    return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const copy: unknown[] = own(walker, []);
    seen.set(value, copy);
    for (let i = 0; i < value.length; i++) copy.push(adopt(walker, readMember(walker, value, i), seen));
    return copy;
  }
  if (!isPlainObject(value) || hasAccessors(value)) return value;
  const copy: Record<string, unknown> = own(walker, {});
  seen.set(value, copy);
  for (const key of Object.keys(value)) {
    define(copy, key, adopt(walker, readMember(walker, value, key), seen));
  }
  return copy;
}

function hasAccessors(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some((found) => found.get !== undefined);
}

/** Adds an own member without ever reaching a prototype's setter, whatever the key. */
export function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A value for the code around the walk: no array or object in it is shared with the walk. */
export function release(walker: Walker, value: unknown, seen: Map<object, object> = new Map()): unknown {
  if (typeof value !== "object" || value === null || !walker.owned.has(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const element of elementsOf(walker, value)) copy.push(release(walker, element, seen));
    const typed = typedCopy(kindOf(walker, value)?.name, copy);
    if (typed !== undefined) seen.set(value, typed);
    return typed ?? copy;
  }
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const key of Object.keys(value))
    define(copy, key, release(walker, readMember(walker, value, key), seen));
  return copy;
}

/** A real typed array, if all its elements are known; traced ones stay in a plain array. */
function typedCopy(name: string | undefined, elements: readonly unknown[]): object | undefined {
  const numbers = elements.filter((element) => typeof element === "number");
  if (name === undefined || numbers.length !== elements.length) return undefined;
  switch (name) {
    case "Float64Array":
      return Float64Array.from(numbers);
    case "Float32Array":
      return Float32Array.from(numbers);
    case "Int8Array":
      return Int8Array.from(numbers);
    case "Uint8Array":
      return Uint8Array.from(numbers);
    case "Int16Array":
      return Int16Array.from(numbers);
    case "Uint16Array":
      return Uint16Array.from(numbers);
    case "Int32Array":
      return Int32Array.from(numbers);
    default:
      return Uint32Array.from(numbers);
  }
}
