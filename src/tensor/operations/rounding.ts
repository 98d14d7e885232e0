/** Rounding. The derivative is 0 everywhere; integers pass unchanged. */
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/** The largest whole number not above x. */
export function floor(x: Operand): Tensor {
  return toTensor(x).floor();
}

/** The smallest whole number not below x. */
export function ceil(x: Operand): Tensor {
  return toTensor(x).ceil();
}

/** The nearest whole number; halves go to the even one (NumPy; `Math.round` goes up). */
export function round(x: Operand): Tensor {
  return toTensor(x).round();
}

/** The whole part, towards 0. */
export function trunc(x: Operand): Tensor {
  return toTensor(x).trunc();
}
