/**
 * Reading of properties. Own data members of arrays and objects, the methods of arrays, tensors and strings that are listed,
 * and the members of Math, Number, Object and Array that are listed: nothing else is reachable, prototypes least of all.
 */
import { Tensor } from "../../../tensor/index.ts";
import { arrayMethod } from "../builtins/array.ts";
import { namespaceMember } from "../builtins/globals.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";
import { readMember } from "./elements.ts";
import { toKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** `object[key]`. */
export function getMember(walker: Walker, object: unknown, rawKey: unknown): unknown {
  if (object === undefined || object === null) {
    return refuse(walker, `a property of ${object} is read`, "check the value, or use `?.`");
  }
  const key = toKey(walker, rawKey);
  if (object instanceof Tensor) return tensorMember(walker, object, key);
  if (Array.isArray(object) || ArrayBuffer.isView(object)) return arrayMember(walker, object, key);
  if (typeof object === "string") {
    if (key === "length" || typeof key === "number") return Reflect.get(Object(object), key);
    return refuse(walker, `\`${key}\` of a string is outside the subset`, "keep text out of the computation");
  }
  const listed = namespaceMember(object, key);
  if (listed !== undefined) return listed.value;
  if (typeof object === "object") return objectMember(walker, object, key);
  return refuse(
    walker,
    `\`${key}\` of ${nameOf(object)} is outside the subset`,
    "use Math functions and operators",
  );
}

function objectMember(walker: Walker, object: object, key: string | number): unknown {
  if (Object.hasOwn(object, key)) return readMember(walker, object, key);
  if (key in Object.prototype || !isDataObject(object)) {
    refuse(walker, `\`${key}\` is not the object's own data`, "use plain objects, arrays and functions");
  }
  return undefined;
}

function isDataObject(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function arrayMember(walker: Walker, array: object, key: string | number): unknown {
  if (typeof key === "number") return readMember(walker, array, key);
  if (key === "length") return Reflect.get(array, "length");
  const method = arrayMethod(key);
  if (method !== undefined) return method;
  if (key in Array.prototype || key in Float64Array.prototype)
    refuse(walker, `\`${key}\` of an array is outside the subset`, "use a loop");
  return undefined;
}

/** The first axis of a tensor behaves like an array of rows; its public methods are callable. */
function tensorMember(walker: Walker, tensor: Tensor, key: string | number): unknown {
  if (typeof key === "number") return rowsOf(walker, tensor)[key];
  if (key === "length" && tensor.rank > 0) return tensor.shape[0];
  if (key === "shape" || key === "dtype" || key === "rank" || key === "size") {
    const value: unknown = tensor[key];
    return Array.isArray(value) ? Object.freeze([...value]) : value;
  }
  const reading: object = Object.getPrototypeOf(Tensor.prototype);
  const method: unknown = [Tensor.prototype, reading]
    .map((methods) => Object.getOwnPropertyDescriptor(methods, key)?.value)
    .find((found) => found !== undefined);
  if (typeof method === "function" && key !== "constructor") return method;
  const listed = tensor.rank > 0 ? arrayMethod(key) : undefined;
  if (listed !== undefined) return listed;
  const what = tensor.rank === 0 ? "a traced number" : "a tensor";
  return refuse(
    walker,
    `\`${key}\` of ${what} is outside the subset`,
    "use Math functions, operators or tensor methods",
  );
}
