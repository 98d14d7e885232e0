/** Applies one operation of a formula to numbers, or to tensors and numbers. */

import { cast, notEqual, type Operand, type Tensor, where } from "../../tensor/index.ts";
import type { Operation } from "./operation.ts";

/** A value while a formula is computed. */
export type Value = number | Tensor;

/**
 * The operation's result. Where the value is not used everywhere, `mask` says where, and elsewhere safe values take the place
 * of arguments at which a derivative may not exist.
 */
export function apply(operation: Operation, values: readonly Value[], mask: Tensor | undefined): Value {
  if (values.every(isNumber)) return operation.numbers(values);
  if (operation.reads === "conditions") {
    return operation.tensors(values.map((value) => (isNumber(value) ? value !== 0 : asCondition(value))));
  }
  const args = unify(values);
  return operation.tensors(mask === undefined ? args : guard(args, operation.safe, mask));
}

/** A tensor as a condition: true where it is not 0. */
export function asCondition(value: Tensor): Tensor {
  return value.dtype === "bool" ? value : notEqual(value, 0);
}

/** Conditions among numbers count as 1 and 0, in the float dtype of their company. */
export function unify(values: readonly Value[]): readonly Value[] {
  if (!values.some((value) => !isNumber(value) && value.dtype === "bool")) return values;
  const float = values.find((value) => !isNumber(value) && value.dtype.startsWith("float"));
  const dtype = float === undefined || isNumber(float) ? "float64" : float.dtype;
  return values.map((value) => (isNumber(value) || value.dtype !== "bool" ? value : cast(value, dtype)));
}

function guard(args: readonly Value[], safe: readonly number[], mask: Tensor): readonly Operand[] {
  if (safe.length === 0) return args;
  return args.map((arg, i) => {
    const value = safe[Math.min(i, safe.length - 1)];
    return isNumber(arg) || value === undefined ? arg : where(mask, arg, value);
  });
}

function isNumber(value: Value): value is number {
  return typeof value === "number";
}
