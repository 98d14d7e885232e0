/** Trigonometric and hyperbolic functions and their inverses, element by element. Integers give float64. */
import { combine, type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * sin x, x in radians.
 *
 * ```ts
 * sin([0, Math.PI / 2]); // → Tensor(float64 [2]) [0, 1]
 * ```
 */
export function sin(x: Operand): Tensor {
  return toTensor(x).sin();
}

/**
 * cos x, x in radians.
 *
 * ```ts
 * cos([0, Math.PI]); // → Tensor(float64 [2]) [1, -1]
 * ```
 */
export function cos(x: Operand): Tensor {
  return toTensor(x).cos();
}

/**
 * tan x, x in radians.
 *
 * ```ts
 * tan([0, 1]); // → Tensor(float64 [2]) [0, 1.55741]
 * ```
 */
export function tan(x: Operand): Tensor {
  return toTensor(x).tan();
}

/**
 * The inverse sine, in [−π/2, π/2]. NaN outside [−1, 1].
 *
 * ```ts
 * asin([0, 1]); // → Tensor(float64 [2]) [0, 1.5708]
 * ```
 */
export function asin(x: Operand): Tensor {
  return toTensor(x).asin();
}

/**
 * The inverse cosine, in [0, π]. NaN outside [−1, 1].
 *
 * ```ts
 * acos([0, 1]); // → Tensor(float64 [2]) [1.5708, 0]
 * ```
 */
export function acos(x: Operand): Tensor {
  return toTensor(x).acos();
}

/**
 * The inverse tangent, in (−π/2, π/2).
 *
 * ```ts
 * atan([0, 1]); // → Tensor(float64 [2]) [0, 0.785398]
 * ```
 */
export function atan(x: Operand): Tensor {
  return toTensor(x).atan();
}

/**
 * The angle of the point (x, y), in (−π, π].
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * atan2([1, -1], [-1, -1]); // → Tensor(float64 [2]) [2.35619, -2.35619]
 * ```
 */
export function atan2(y: Operand, x: Operand): Tensor {
  return combine("atan2", y, x, true);
}

/**
 * The hyperbolic sine.
 *
 * ```ts
 * sinh([0, 1]); // → Tensor(float64 [2]) [0, 1.1752]
 * ```
 */
export function sinh(x: Operand): Tensor {
  return toTensor(x).sinh();
}

/**
 * The hyperbolic cosine.
 *
 * ```ts
 * cosh([0, 1]); // → Tensor(float64 [2]) [1, 1.54308]
 * ```
 */
export function cosh(x: Operand): Tensor {
  return toTensor(x).cosh();
}

/**
 * The hyperbolic tangent.
 *
 * ```ts
 * tanh([0, 1]); // → Tensor(float64 [2]) [0, 0.761594]
 * ```
 */
export function tanh(x: Operand): Tensor {
  return toTensor(x).tanh();
}

/**
 * The inverse hyperbolic sine.
 *
 * ```ts
 * asinh([0, 1]); // → Tensor(float64 [2]) [0, 0.881374]
 * ```
 */
export function asinh(x: Operand): Tensor {
  return toTensor(x).asinh();
}

/**
 * The inverse hyperbolic cosine. NaN below 1.
 *
 * ```ts
 * acosh([1, 2]); // → Tensor(float64 [2]) [0, 1.31696]
 * ```
 */
export function acosh(x: Operand): Tensor {
  return toTensor(x).acosh();
}

/**
 * The inverse hyperbolic tangent. NaN outside [−1, 1].
 *
 * ```ts
 * atanh([0, 0.5]); // → Tensor(float64 [2]) [0, 0.549306]
 * ```
 */
export function atanh(x: Operand): Tensor {
  return toTensor(x).atanh();
}
