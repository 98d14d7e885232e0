/** What may stand in brackets behind an object. */
import { Tensor } from "../../../tensor/index.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";

/** `key` as JavaScript would use it: a number for indices, a string otherwise. */
export function toKey(walker: Walker, key: unknown): string | number {
  if (typeof key === "number") return key;
  if (typeof key === "string") return /^(?:0|[1-9]\d{0,15})$/.test(key) ? Number(key) : key;
  if (key instanceof Tensor && !key.isTraced && key.rank === 0) return key.item();
  if (key instanceof Tensor) {
    return refuse(
      walker,
      "an element is chosen by a traced number, which is not known while tracing",
      "choose by a condition on each index, or use tensors with `gather` or `oneHot`",
    );
  }
  if (typeof key === "object" || typeof key === "symbol" || typeof key === "function") {
    return refuse(walker, `${nameOf(key)} is used as a property name`, "use a number or a string");
  }
  return String(key);
}
