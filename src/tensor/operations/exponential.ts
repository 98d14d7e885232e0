/** Exponentials and logarithms, element by element. Integers give float64. */
import { combine, type Operand, type Tensor, toTensor, unify } from "../tensor.ts";

/**
 * eˣ.
 *
 * ```ts
 * exp([0, 1]); // → Tensor(float64 [2]) [1, 2.71828]
 * ```
 */
export function exp(x: Operand): Tensor {
  return toTensor(x).exp();
}

/**
 * eˣ − 1, exact near 0.
 *
 * ```ts
 * expm1([0, 1e-9]); // → Tensor(float64 [2]) [0, 1e-9]
 * ```
 */
export function expm1(x: Operand): Tensor {
  return toTensor(x).expm1();
}

/**
 * 2ˣ.
 *
 * ```ts
 * exp2([0, 3]); // → Tensor(float64 [2]) [1, 8]
 * ```
 */
export function exp2(x: Operand): Tensor {
  return combine("pow", 2, toTensor(x).float());
}

/**
 * The natural logarithm. −∞ at 0, NaN below.
 *
 * ```ts
 * log([1, Math.E]); // → Tensor(float64 [2]) [0, 1]
 * ```
 */
export function log(x: Operand): Tensor {
  return toTensor(x).log();
}

/**
 * log(1 + x), exact near 0.
 *
 * ```ts
 * log1p([0, 1e-9]); // → Tensor(float64 [2]) [0, 1e-9]
 * ```
 */
export function log1p(x: Operand): Tensor {
  return toTensor(x).log1p();
}

/**
 * The logarithm to base 2.
 *
 * ```ts
 * log2([1, 8]); // → Tensor(float64 [2]) [0, 3]
 * ```
 */
export function log2(x: Operand): Tensor {
  return toTensor(x).log2();
}

/**
 * The logarithm to base 10.
 *
 * ```ts
 * log10([1, 1000]); // → Tensor(float64 [2]) [0, 3]
 * ```
 */
export function log10(x: Operand): Tensor {
  return toTensor(x).log10();
}

/**
 * log(eᵃ + eᵇ) without overflow.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * logAddExp(1000, 1000); // → Tensor(float64 []) 1000.69
 * ```
 */
export function logAddExp(a: Operand, b: Operand): Tensor {
  const [left, right] = unify(toTensor(a).float(), toTensor(b).float());
  // By choice and not by maximum, whose slope jumps at ties: the sum is smooth there.
  const isLeft = left.greaterEqual(right).logicalOr(left.isNaN());
  const [high, low] = [isLeft.where(left, right), isLeft.where(right, left)];
  // Where both are the same infinity the difference is NaN and the sum is that infinity.
  const isInfinite = high.equal(low).logicalAnd(high.isFinite().logicalNot());
  return high.add(isInfinite.where(0, low.sub(high)).softplus());
}
