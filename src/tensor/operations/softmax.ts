/** Sums of exponentials that cannot overflow. */
import { checkOptions } from "../../core/checks.ts";
import { ShapeError } from "../../core/errors.ts";
import { reducedShape, resolveAxes, resolveAxis, showShape, sizeOf } from "../shape.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";
import { stopGradient } from "./comparison.ts";
import { type AxisArgument, finish, max, type ReduceOptions, sum } from "./reduction.ts";

/**
 * log Σ eˣ without overflow.
 *
 * @throws ShapeError when there is nothing to sum.
 *
 * ```ts
 * logSumExp([1000, 1000]); // → Tensor(float64 []) 1000.69
 * ```
 */
export function logSumExp(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("logSumExp", options, ["keepDims"]);
  const value = toTensor(x).float();
  const axes = resolveAxes("logSumExp", axis, value.rank);
  if (value.size === 0 && sizeOf(reducedShape(value.shape, axes)) > 0) {
    throw new ShapeError(
      `logSumExp: an empty axis of shape ${showShape(value.shape)} has nothing to sum (its logarithm would be -Infinity); check for emptiness first`,
    );
  }
  const largest = max(value, axis, { keepDims: true });
  const shift = stopGradient(largest.isFinite().where(largest, 0));
  const total = value.sub(shift).exp().sum(axis).log();
  return finish(total.add(shift.reshape(total.shape)), value, axis, options);
}

/** What has no elements is its own softmax; the axis must exist all the same. */
function checkedEmpty(call: string, x: Tensor, axis: number): Tensor {
  resolveAxis(call, axis, x.rank);
  return x;
}

/**
 * eˣ/Σ eˣ along an axis (default: the last). Shape as that of x.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * softmax([1000, 1000]); // → Tensor(float64 [2]) [0.5, 0.5]
 * ```
 */
export function softmax(x: Operand, axis = -1): Tensor {
  const value = toTensor(x).float();
  if (value.size === 0) return checkedEmpty("softmax", value, axis);
  const weights = value.sub(stopGradient(max(value, axis, { keepDims: true }))).exp();
  return weights.div(sum(weights, axis, { keepDims: true }));
}

/**
 * log softmax x along an axis (default: the last), without overflow. Shape as that of x.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * logSoftmax([1000, 1000]); // → Tensor(float64 [2]) [-0.693147, -0.693147]
 * ```
 */
export function logSoftmax(x: Operand, axis = -1): Tensor {
  const value = toTensor(x).float();
  if (value.size === 0) return checkedEmpty("logSoftmax", value, axis);
  const shifted = value.sub(stopGradient(max(value, axis, { keepDims: true })));
  return shifted.sub(sum(shifted.exp(), axis, { keepDims: true }).log());
}
