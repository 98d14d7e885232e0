/** Special functions, element by element. Integers give float64. */
import { ArgumentError } from "../../core/errors.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * The error function 2/√π ∫₀ˣ e^(−t²) dt.
 *
 * ```ts
 * erf([0, 1]); // → Tensor(float64 [2]) [0, 0.842701]
 * ```
 */
export function erf(x: Operand): Tensor {
  return toTensor(x).erf();
}

/**
 * 1 − erf x, exact in the tail.
 *
 * ```ts
 * erfc([0, 10]); // → Tensor(float64 [2]) [1, 2.08849e-45]
 * ```
 */
export function erfc(x: Operand): Tensor {
  return toTensor(x).erfc();
}

/**
 * log |Γ(x)|.
 *
 * ```ts
 * lgamma([1, 10]); // → Tensor(float64 [2]) [0, 12.8018]
 * ```
 */
export function lgamma(x: Operand): Tensor {
  return toTensor(x).lgamma();
}

/**
 * ψ(x) = Γ′(x)/Γ(x).
 *
 * ```ts
 * digamma([1, 2]); // → Tensor(float64 [2]) [-0.577216, 0.422784]
 * ```
 */
export function digamma(x: Operand): Tensor {
  return toTensor(x).polygamma(0);
}

/**
 * The n-th derivative of digamma.
 *
 * @throws ArgumentError unless the order is a whole number ≥ 0.
 *
 * ```ts
 * polygamma(1, 1); // → Tensor(float64 []) 1.64493
 * ```
 */
export function polygamma(order: number, x: Operand): Tensor {
  if (!Number.isSafeInteger(order) || order < 0)
    throw new ArgumentError(`polygamma: the order must be a whole number ≥ 0; got ${order}`);
  return toTensor(x).polygamma(order);
}
