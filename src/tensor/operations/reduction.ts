/** Reductions over one axis, several, or all of them. */
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { reducedShape, resolveAxes, resolveAxis, showShape, sizeOf } from "../shape.ts";
import { apply, type Operand, type Tensor, toTensor } from "../tensor.ts";
import { stopGradient } from "./comparison.ts";

/** Which axes a reduction runs over: one, several, or all when omitted; negative ones count from the end. */
export type AxisArgument = number | readonly number[] | undefined;

/** How a reduction leaves its axes. */
export interface ReduceOptions {
  /** Keeps the reduced axes with length 1, so that the result broadcasts against the operand. Default false (NumPy). */
  readonly keepDims?: boolean;
}

/** Puts the reduced axes back with length 1 where that is asked for. */
function finish(result: Tensor, x: Tensor, axis: AxisArgument, { keepDims = false }: ReduceOptions): Tensor {
  return keepDims ? result.reshape(reducedShape(x.shape, resolveAxes("keepDims", axis, x.rank), true)) : result;
}

/** Σ x; booleans are counted. */
export function sum(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.sum(axis), value, axis, options);
}

/** The arithmetic mean. @throws ShapeError when there is nothing to average. */
export function mean(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.mean(axis), value, axis, options);
}

/** The largest element; NaN wins, and ties share the derivative equally. @throws ShapeError when there is none. */
export function max(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.max(axis), value, axis, options);
}

/** The smallest element; NaN wins, and ties share the derivative equally. @throws ShapeError when there is none. */
export function min(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.min(axis), value, axis, options);
}

/** True where any element is. */
export function any(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.any(axis), value, axis, options);
}

/** True where all elements are. */
export function all(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x);
  return finish(value.all(axis), value, axis, options);
}

/** The index of the first largest element along an axis, or of the flattened tensor. Result int32. */
export function argmax(x: Operand, axis?: number): Tensor {
  return indexOfExtremum("argmax", toTensor(x), axis);
}

/** The index of the first smallest element along an axis, or of the flattened tensor. Result int32. */
export function argmin(x: Operand, axis?: number): Tensor {
  return indexOfExtremum("argmin", toTensor(x), axis);
}

function indexOfExtremum(name: "argmax" | "argmin", x: Tensor, axis: number | undefined): Tensor {
  if (axis === undefined) return indexOfExtremum(name, x.reshape([x.size]), 0);
  return at(apply(name, [x], { axis: resolveAxis(name, axis, x.rank) }), 0);
}

/** Options of `variance` and `std`. */
export interface VarianceOptions extends ReduceOptions {
  /** The divisor is n − `correction`: 0 (default, NumPy) for a population, 1 (Bessel) for a sample. */
  readonly correction?: number;
}

/** The mean squared distance from the mean. */
export function variance(x: Operand, axis?: AxisArgument, options: VarianceOptions = {}): Tensor {
  const value = toTensor(x).float();
  const { correction = 0 } = options;
  const count = resolveAxes("variance", axis, value.rank).reduce((product, i) => product * at(value.shape, i), 1);
  if (count - correction <= 0) {
    throw new ShapeError(`variance: needs more than ${correction} elements along the axes; shape ${showShape(value.shape)} has ${count}`);
  }
  const deviation = value.sub(mean(value, axis, { keepDims: true }));
  return finish(deviation.mul(deviation).sum(axis).div(count - correction), value, axis, options);
}

/** The square root of the variance; its derivative where the variance is 0 is 0. */
export function std(x: Operand, axis?: AxisArgument, options: VarianceOptions = {}): Tensor {
  return safeSqrt(variance(x, axis, options));
}

/** √x with derivative 0 at 0. */
function safeSqrt(x: Tensor): Tensor {
  const isZero = x.equal(0);
  return isZero.where(0, isZero.where(1, x).sqrt());
}

/** Options of `norm`. */
export interface NormOptions extends ReduceOptions {
  /** 1 (sum of magnitudes), 2 (Euclidean, default), any p > 0, or Infinity (largest magnitude). */
  readonly order?: number;
}

/** The p-norm of the elements along the axes (Frobenius for matrices); its derivative at 0 is 0 (PyTorch). */
export function norm(x: Operand, axis?: AxisArgument, options: NormOptions = {}): Tensor {
  const value = toTensor(x).float();
  const { order = 2 } = options;
  if (!(order > 0)) throw new ArgumentError(`norm({ order }) must be greater than 0 (Infinity for the largest magnitude); got ${order}`);
  const size = value.abs();
  if (order === 1) return finish(size.sum(axis), value, axis, options);
  if (value.size === 0) return finish(value.sum(axis), value, axis, options);
  const largest = max(size, axis, { keepDims: true });
  if (order === Number.POSITIVE_INFINITY) return finish(size.max(axis), value, axis, options);
  // Dividing by the largest magnitude keeps the powers from over- and underflowing; it cancels in the derivative.
  const scale = stopGradient(largest.equal(0).logicalOr(largest.isFinite().logicalNot()).where(1, largest));
  const scaled = size.div(scale);
  const total = (order === 2 ? scaled.mul(scaled) : powerOfPositive(scaled, order)).sum(axis);
  const isZero = total.equal(0);
  const safe = isZero.where(1, total);
  const root = isZero.where(0, order === 2 ? safe.sqrt() : safe.pow(1 / order));
  return finish(root.mul(scale.reshape(root.shape)), value, axis, options);
}

/** xᵖ for x ≥ 0, with derivative 0 at 0 also where p < 1. */
function powerOfPositive(x: Tensor, order: number): Tensor {
  const isZero = x.equal(0);
  return isZero.where(0, isZero.where(1, x).pow(order));
}

/** log Σ eˣ without overflow. */
export function logSumExp(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  const value = toTensor(x).float();
  const axes = resolveAxes("logSumExp", axis, value.rank);
  if (value.size === 0 && sizeOf(reducedShape(value.shape, axes)) > 0) {
    throw new ShapeError(`logSumExp: an empty axis of shape ${showShape(value.shape)} has nothing to sum (its logarithm would be -Infinity); check for emptiness first`);
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

/** eˣ/Σ eˣ along an axis (default: the last). */
export function softmax(x: Operand, axis = -1): Tensor {
  const value = toTensor(x).float();
  if (value.size === 0) return checkedEmpty("softmax", value, axis);
  const weights = value.sub(stopGradient(max(value, axis, { keepDims: true }))).exp();
  return weights.div(sum(weights, axis, { keepDims: true }));
}

/** log softmax x along an axis (default: the last), without overflow. */
export function logSoftmax(x: Operand, axis = -1): Tensor {
  const value = toTensor(x).float();
  if (value.size === 0) return checkedEmpty("logSoftmax", value, axis);
  const shifted = value.sub(stopGradient(max(value, axis, { keepDims: true })));
  return shifted.sub(sum(shifted.exp(), axis, { keepDims: true }).log());
}
