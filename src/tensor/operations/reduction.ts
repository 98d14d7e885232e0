import { checkOptions } from "../../core/checks.ts";
import { at } from "../../core/exactly.ts";
import { reducedShape, resolveAxes, resolveAxis } from "../shape.ts";
import { apply, type Operand, type Tensor, toTensor } from "../tensor.ts";

/** Which axes a reduction runs over: one, several, or all when omitted; negative ones count from the end. */
export type AxisArgument = number | readonly number[] | undefined;

/** How a reduction leaves its axes. */
export interface ReduceOptions {
  /** Keeps the reduced axes with length 1, so that the result broadcasts against the operand. Default false (NumPy). */
  readonly keepDims?: boolean;
}

/** Puts the reduced axes back with length 1 where that is asked for. */
export function finish(
  result: Tensor,
  x: Tensor,
  axis: AxisArgument,
  { keepDims = false }: ReduceOptions,
): Tensor {
  return keepDims
    ? result.reshape(reducedShape(x.shape, resolveAxes("keepDims", axis, x.rank), true))
    : result;
}

/**
 * Σ x; booleans are counted. float32 sums are carried in double precision.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * sum([[1, 2], [3, 4]], 0); // → Tensor(float64 [2]) [4, 6]
 * ```
 */
export function sum(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("sum", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.sum(axis), value, axis, options);
}

/**
 * The arithmetic mean. Integers give float64.
 *
 * @throws ShapeError when there is nothing to average.
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * mean([[1, 2], [3, 4]], 1, { keepDims: true }); // → Tensor(float64 [2, 1]) [[1.5], [3.5]]
 * ```
 */
export function mean(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("mean", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.mean(axis), value, axis, options);
}

/**
 * The largest element; NaN wins, and ties share the derivative equally.
 *
 * @throws ShapeError when there is none.
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * max([[1, 5], [7, 2]], 1); // → Tensor(float64 [2]) [5, 7]
 * ```
 */
export function max(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("max", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.max(axis), value, axis, options);
}

/**
 * The smallest element; NaN wins, and ties share the derivative equally.
 *
 * @throws ShapeError when there is none.
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * min([[1, 5], [7, 2]]); // → Tensor(float64 []) 1
 * ```
 */
export function min(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("min", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.min(axis), value, axis, options);
}

/**
 * True where any element is. Of nothing: false.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * any([false, true]); // → Tensor(bool []) true
 * ```
 */
export function any(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("any", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.any(axis), value, axis, options);
}

/**
 * True where all elements are. Of nothing: true.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * all([false, true]); // → Tensor(bool []) false
 * ```
 */
export function all(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("all", options, ["keepDims"]);
  const value = toTensor(x);
  return finish(value.all(axis), value, axis, options);
}

/**
 * The index of the first largest element along an axis, or of the flattened tensor. Result int32. NaN
 * counts as the largest.
 *
 * @throws ShapeError when there is none.
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * argmax([3, 9, 9]); // → Tensor(int32 []) 1
 * ```
 */
export function argmax(x: Operand, axis?: number): Tensor {
  return indexOfExtremum("argmax", toTensor(x), axis);
}

/**
 * The index of the first smallest element along an axis, or of the flattened tensor. Result int32. NaN
 * counts as the smallest.
 *
 * @throws ShapeError when there is none.
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * argmin([[3, 1], [2, 8]], 1); // → Tensor(int32 [2]) [1, 0]
 * ```
 */
export function argmin(x: Operand, axis?: number): Tensor {
  return indexOfExtremum("argmin", toTensor(x), axis);
}

function indexOfExtremum(name: "argmax" | "argmin", x: Tensor, axis: number | undefined): Tensor {
  if (axis === undefined) return indexOfExtremum(name, x.reshape([x.size]), 0);
  return at(apply(name, [x], { axis: resolveAxis(name, axis, x.rank) }), 0);
}
