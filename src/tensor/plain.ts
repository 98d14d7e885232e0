/** Traced results that stand for plain numbers: the function that made them would return a number. */
import type { Tensor } from "./tensor.ts";

const marked = new WeakSet<Tensor>();

/** Marks a traced scalar as the result of a function that returns a plain number for plain numbers. */
export function markPlain(x: Tensor): Tensor {
  marked.add(x);
  return x;
}

/** True for what was marked, and for plain numbers that a function hands through unchanged. */
export function standsForNumber(x: Tensor): boolean {
  return marked.has(x) || (x.isWeak && x.place?.node.primitive === "parameter");
}
