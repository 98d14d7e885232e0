/** Rounding. The derivative is 0 everywhere; integers pass unchanged. */
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * The largest whole number not above x.
 *
 * ```ts
 * floor([1.5, -1.5]); // → Tensor(float64 [2]) [1, -2]
 * ```
 */
export function floor(x: Operand): Tensor {
  return toTensor(x).floor();
}

/**
 * The smallest whole number not below x.
 *
 * ```ts
 * ceil([1.5, -1.5]); // → Tensor(float64 [2]) [2, -1]
 * ```
 */
export function ceil(x: Operand): Tensor {
  return toTensor(x).ceil();
}

/**
 * The nearest whole number; halves go to the even one (NumPy; `Math.round` goes up).
 *
 * ```ts
 * round([0.5, 1.5, -2.7]); // → Tensor(float64 [3]) [0, 2, -3]
 * ```
 */
export function round(x: Operand): Tensor {
  return toTensor(x).round();
}

/**
 * The whole part, towards 0.
 *
 * ```ts
 * trunc([1.5, -1.5]); // → Tensor(float64 [2]) [1, -1]
 * ```
 */
export function trunc(x: Operand): Tensor {
  return toTensor(x).trunc();
}
