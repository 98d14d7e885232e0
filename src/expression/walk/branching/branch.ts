/** Following both sides of a traced condition. */
import { logicalAnd, logicalOr, Tensor } from "../../../tensor/index.ts";
import { truth } from "../operations/guarded.ts";
import type { Walker } from "../types.ts";
import { join } from "./join.ts";
import { type Mask, regroup, split } from "./mask.ts";

/** `condition ? yes() : no()`: each side is evaluated under its mask, then both are joined. */
export function choose(walker: Walker, condition: Tensor, yes: () => unknown, no: () => unknown): unknown {
  const outer = walker.mask;
  const sides = split(outer, condition);
  walker.mask = sides.yes;
  const a = yes();
  walker.mask = sides.no;
  const b = no();
  walker.mask = outer;
  return join(walker, condition, a, b);
}

/** Runs both sides for their effects; afterwards the mask is what has reached the end of either. */
export function fork(walker: Walker, condition: Tensor, yes: () => void, no: () => void): void {
  const outer = walker.mask;
  const sides = split(outer, condition);
  walker.mask = sides.yes;
  yes();
  const first = walker.mask;
  walker.mask = sides.no;
  no();
  const second = walker.mask;
  walker.mask = regroup(outer, first !== sides.yes || second !== sides.no, [first, second]);
}

/** `left && right()`: as in JavaScript the result is one of the operands. */
export function and(walker: Walker, left: unknown, right: () => unknown): unknown {
  const condition = truth(walker, left);
  if (typeof condition === "boolean") return condition ? right() : left;
  const [value, isTruth] = under(walker, split(walker.mask, condition).yes, condition === left, right);
  if (!isTruth) return join(walker, condition, value, left);
  if (value instanceof Tensor) return logicalAnd(condition, value);
  // Known to be false whatever the traced condition says: a loop's counter may come second.
  return value === true ? condition : false;
}

/** `left || right()`. */
export function or(walker: Walker, left: unknown, right: () => unknown): unknown {
  const condition = truth(walker, left);
  if (typeof condition === "boolean") return condition ? left : right();
  const [value, isTruth] = under(walker, split(walker.mask, condition).no, condition === left, right);
  if (!isTruth) return join(walker, condition, left, value);
  if (value instanceof Tensor) return logicalOr(condition, value);
  return value === true ? true : condition;
}

/** What `right` gives for the lanes of `mask`, and whether both it and the left operand are truth values. */
function under(walker: Walker, mask: Mask, leftIsTruth: boolean, right: () => unknown): [unknown, boolean] {
  const outer = walker.mask;
  walker.mask = mask;
  const value = right();
  walker.mask = outer;
  const isTruth = typeof value === "boolean" || (value instanceof Tensor && value.dtype === "bool");
  return [value, leftIsTruth && isTruth];
}
