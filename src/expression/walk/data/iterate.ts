/** What spread, destructuring and `Array.from` see of a value: its elements in order. */
import { Tensor } from "../../../tensor/index.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";
import { elementsOf } from "./elements.ts";
import { rowsOf } from "./rows.ts";

/** The elements of an array, a typed array, a tensor (its rows) or a string. */
export function iterate(walker: Walker, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return elementsOf(walker, value);
  if (value instanceof Tensor) return rowsOf(walker, value);
  if (isNumbers(value)) return Array.from(value);
  if (typeof value === "string") return Array.from(value);
  return refuse(walker, `${nameOf(value)} is used as an array`, "pass an array or a tensor");
}

/** Whether a value is a typed array of numbers. */
export function isNumbers(value: unknown): value is ArrayLike<number> {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}
