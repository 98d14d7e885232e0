/** Spread and size: variance, standard deviation, norms. */
import { checkOptions } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { resolveAxes, showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";
import { stopGradient } from "./comparison.ts";
import { type AxisArgument, finish, max, mean, type ReduceOptions } from "./reduction.ts";

/** Options of `variance` and `std`. */
export interface VarianceOptions extends ReduceOptions {
  /** The divisor is n − `correction`: 0 (default, NumPy) for a population, 1 (Bessel) for a sample. */
  readonly correction?: number;
}

/**
 * The mean squared distance from the mean.
 *
 * @throws ShapeError when there are not more elements than `correction`.
 *
 * ```ts
 * variance([1, 2, 3, 4]); // → Tensor(float64 []) 1.25
 * variance([1, 2, 3, 4], 0, { correction: 1 }); // → Tensor(float64 []) 1.66667
 * ```
 */
export function variance(x: Operand, axis?: AxisArgument, options: VarianceOptions = {}): Tensor {
  checkOptions("variance", options, ["keepDims", "correction"]);
  const value = toTensor(x).float();
  const { correction = 0 } = options;
  const count = resolveAxes("variance", axis, value.rank).reduce(
    (product, i) => product * at(value.shape, i),
    1,
  );
  if (count - correction <= 0) {
    throw new ShapeError(
      `variance: needs more than ${correction} elements along the axes; shape ${showShape(value.shape)} has ${count}`,
    );
  }
  const deviation = value.sub(mean(value, axis, { keepDims: true }));
  return finish(
    deviation
      .mul(deviation)
      .sum(axis)
      .div(count - correction),
    value,
    axis,
    options,
  );
}

/**
 * The square root of the variance; its derivative where the variance is 0 is 0.
 *
 * @throws ShapeError when there are not more elements than `correction`.
 *
 * ```ts
 * std([1, 2, 3, 4]); // → Tensor(float64 []) 1.11803
 * ```
 */
export function std(x: Operand, axis?: AxisArgument, options: VarianceOptions = {}): Tensor {
  checkOptions("std", options, ["keepDims", "correction"]);
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

/**
 * The p-norm of the elements along the axes (Frobenius for matrices); its derivative at 0 is 0 (PyTorch).
 * Neither overflows nor underflows.
 *
 * @throws ArgumentError unless the order is greater than 0.
 *
 * ```ts
 * norm([3, 4]); // → Tensor(float64 []) 5
 * norm([[3, 4], [6, 8]], 1, { order: Infinity }); // → Tensor(float64 [2]) [4, 8]
 * ```
 */
export function norm(x: Operand, axis?: AxisArgument, options: NormOptions = {}): Tensor {
  checkOptions("norm", options, ["keepDims", "order"]);
  const value = toTensor(x).float();
  const { order = 2 } = options;
  if (!(order > 0))
    throw new ArgumentError(
      `norm({ order }) must be greater than 0 (Infinity for the largest magnitude); got ${order}`,
    );
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
