/** Arithmetic and powers, element by element, with NumPy's broadcasting and promotion. */
import { combine, type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * a + b. Shapes broadcast, dtypes promote; plain numbers take the dtype of the tensor.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * add([[1], [2]], [10, 20]); // → Tensor(float64 [2, 2]) [[11, 21], [12, 22]]
 * ```
 */
export function add(a: Operand, b: Operand): Tensor {
  return combine("add", a, b);
}

/**
 * a − b. Shapes broadcast, dtypes promote.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * sub([5, 6], 1); // → Tensor(float64 [2]) [4, 5]
 * ```
 */
export function sub(a: Operand, b: Operand): Tensor {
  return combine("sub", a, b);
}

/**
 * a·b, element by element. int32 products wrap; for the matrix product see `matmul`.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * mul([1, 2], [3, 4]); // → Tensor(float64 [2]) [3, 8]
 * ```
 */
export function mul(a: Operand, b: Operand): Tensor {
  return combine("mul", a, b);
}

/**
 * a/b; integers give float64. Division by 0 follows IEEE 754.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * div([1, 2], 4); // → Tensor(float64 [2]) [0.25, 0.5]
 * ```
 */
export function div(a: Operand, b: Operand): Tensor {
  return combine("div", a, b, true);
}

/**
 * The remainder of a/b with the sign of a, JavaScript's `%`. By 0 it is NaN, for int32 it is 0.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * rem([7, -7], 3); // → Tensor(float64 [2]) [1, -1]
 * ```
 */
export function rem(a: Operand, b: Operand): Tensor {
  return combine("rem", a, b);
}

/**
 * The remainder of a/b with the sign of b, NumPy's `mod`. By 0 it is NaN, for int32 it is 0.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * mod([7, -7], 3); // → Tensor(float64 [2]) [1, 2]
 * ```
 */
export function mod(a: Operand, b: Operand): Tensor {
  const r = rem(a, b);
  const isWrongSide = r.notEqual(0).logicalAnd(r.less(0).logicalXor(toTensor(b).less(0)));
  return isWrongSide.where(r.add(b), r);
}

/**
 * aᵇ. Negative bases have powers only where the exponent is whole. As in JavaScript, 1 to the power NaN or
 * ±∞ is NaN (NumPy: 1).
 *
 * @throws ShapeError when the shapes do not broadcast.
 * @throws ArgumentError for an int32 to a negative int32 power.
 *
 * ```ts
 * pow([1, 2, 3], 2); // → Tensor(float64 [3]) [1, 4, 9]
 * ```
 */
export function pow(a: Operand, b: Operand): Tensor {
  return combine("pow", a, b);
}

/**
 * −x.
 *
 * ```ts
 * neg([1, -2]); // → Tensor(float64 [2]) [-1, 2]
 * ```
 */
export function neg(x: Operand): Tensor {
  return toTensor(x).neg();
}

/**
 * |x|; its derivative at 0 is 0.
 *
 * ```ts
 * abs([1, -2]); // → Tensor(float64 [2]) [1, 2]
 * ```
 */
export function abs(x: Operand): Tensor {
  return toTensor(x).abs();
}

/**
 * −1, 0 or 1.
 *
 * ```ts
 * sign([-3, 0, 2]); // → Tensor(float64 [3]) [-1, 0, 1]
 * ```
 */
export function sign(x: Operand): Tensor {
  return toTensor(x).sign();
}

/**
 * x².
 *
 * ```ts
 * square([-3, 2]); // → Tensor(float64 [2]) [9, 4]
 * ```
 */
export function square(x: Operand): Tensor {
  return toTensor(x).square();
}

/**
 * √x; its derivative at 0 is +∞. NaN below 0; integers give float64.
 *
 * ```ts
 * sqrt([4, 9]); // → Tensor(float64 [2]) [2, 3]
 * ```
 */
export function sqrt(x: Operand): Tensor {
  return toTensor(x).sqrt();
}

/**
 * The real cube root. Integers give float64.
 *
 * ```ts
 * cbrt([-8, 27]); // → Tensor(float64 [2]) [-2, 3]
 * ```
 */
export function cbrt(x: Operand): Tensor {
  return toTensor(x).cbrt();
}

/**
 * 1/x. Integers give float64.
 *
 * ```ts
 * reciprocal([2, 4]); // → Tensor(float64 [2]) [0.5, 0.25]
 * ```
 */
export function reciprocal(x: Operand): Tensor {
  return div(1, x);
}

/**
 * √(a² + b²) without overflow; both derivatives at the origin are 0.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * hypot(3, 4); // → Tensor(float64 []) 5
 * ```
 */
export function hypot(a: Operand, b: Operand): Tensor {
  return combine("hypot", a, b, true);
}

/**
 * The larger of two, element by element; NaN wins, and ties share the derivative equally. For the largest
 * element of one tensor see `max`.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * maximum([1, 5], [3, 2]); // → Tensor(float64 [2]) [3, 5]
 * ```
 */
export function maximum(a: Operand, b: Operand): Tensor {
  return combine("maximum", a, b);
}

/**
 * The smaller of two, element by element; NaN wins, and ties share the derivative equally. For the
 * smallest element of one tensor see `min`.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * minimum([1, 5], [3, 2]); // → Tensor(float64 [2]) [1, 2]
 * ```
 */
export function minimum(a: Operand, b: Operand): Tensor {
  return combine("minimum", a, b);
}

/**
 * x held within [low, high]; at the limits the derivative is 1 (PyTorch). The limits broadcast; where they
 * cross, the upper one wins. NaN stays NaN.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * clamp([-1, 0.5, 7], 0, 1); // → Tensor(float64 [3]) [0, 0.5, 1]
 * ```
 */
export function clamp(x: Operand, low: Operand, high: Operand): Tensor {
  const value = toTensor(x);
  const raised = value.less(low).where(low, value);
  return raised.greater(high).where(high, raised);
}
