/** Assignment to elements of arrays and members of objects. */
import { Tensor } from "../../../tensor/index.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";
import { resizable, writable, writeMember } from "./elements.ts";
import { toKey } from "./keys.ts";

/** `object[key] = value`. */
export function setMember(walker: Walker, object: unknown, rawKey: unknown, value: unknown): void {
  if (object === undefined || object === null) {
    refuse(walker, `a property of ${object} is assigned`, "check the value");
  }
  if (object instanceof Tensor) {
    refuse(
      walker,
      "an element of a tensor is assigned",
      "tensors do not change; build a new one, or use an array",
    );
  }
  if (typeof object !== "object")
    refuse(walker, `a property of ${nameOf(object)} is assigned`, "use a variable");
  const key = toKey(walker, rawKey);
  if (Array.isArray(object)) setElement(walker, object, key, value);
  else {
    writable(walker, object);
    if (key in Object.prototype) refuse(walker, `\`${key}\` is assigned`, "use another name");
    writeMember(walker, object, key, value);
  }
}

function setElement(walker: Walker, array: unknown[], key: string | number, value: unknown): void {
  if (key === "length") {
    resizable(walker, array, "length");
    if (typeof value !== "number" || !(value <= array.length)) {
      refuse(walker, "an array is lengthened by assigning its length", "use push");
    }
    array.length = value;
    return;
  }
  if (typeof key !== "number" || !Number.isInteger(key) || key < 0) {
    refuse(walker, `\`${key}\` of an array is assigned`, "use whole numbers as indices");
  }
  const kind = walker.owned.get(array)?.kind;
  if (key >= array.length) {
    if (kind !== undefined) return; // As in JavaScript, a typed array ignores it.
    if (key > array.length) refuse(walker, "an array gets a hole", "fill it from the beginning");
    resizable(walker, array, `[${key}] =`);
  }
  writeMember(walker, array, key, value);
}
