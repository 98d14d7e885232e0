/** Arithmetic and powers, element by element, with NumPy's broadcasting and promotion. */
import { combine, type Operand, type Tensor, toTensor } from "../tensor.ts";

/** a + b. */
export function add(a: Operand, b: Operand): Tensor {
  return combine("add", a, b);
}

/** a − b. */
export function sub(a: Operand, b: Operand): Tensor {
  return combine("sub", a, b);
}

/** a·b, element by element. */
export function mul(a: Operand, b: Operand): Tensor {
  return combine("mul", a, b);
}

/** a/b; integers give float64. */
export function div(a: Operand, b: Operand): Tensor {
  return combine("div", a, b, true);
}

/** The remainder of a/b with the sign of a, JavaScript's `%`. */
export function rem(a: Operand, b: Operand): Tensor {
  return combine("rem", a, b);
}

/** The remainder of a/b with the sign of b, NumPy's `mod`. */
export function mod(a: Operand, b: Operand): Tensor {
  const r = rem(a, b);
  const isWrongSide = r.notEqual(0).logicalAnd(r.less(0).logicalXor(toTensor(b).less(0)));
  return isWrongSide.where(r.add(b), r);
}

/** aᵇ. */
export function pow(a: Operand, b: Operand): Tensor {
  return combine("pow", a, b);
}

/** −x. */
export function neg(x: Operand): Tensor {
  return toTensor(x).neg();
}

/** |x|; its derivative at 0 is 0. */
export function abs(x: Operand): Tensor {
  return toTensor(x).abs();
}

/** −1, 0 or 1. */
export function sign(x: Operand): Tensor {
  return toTensor(x).sign();
}

/** x². */
export function square(x: Operand): Tensor {
  return toTensor(x).square();
}

/** √x; its derivative at 0 is +∞. */
export function sqrt(x: Operand): Tensor {
  return toTensor(x).sqrt();
}

/** The real cube root. */
export function cbrt(x: Operand): Tensor {
  return toTensor(x).cbrt();
}

/** 1/x. */
export function reciprocal(x: Operand): Tensor {
  return div(1, x);
}

/** √(a² + b²) without overflow; both derivatives at the origin are 0. */
export function hypot(a: Operand, b: Operand): Tensor {
  return combine("hypot", a, b, true);
}

/** The larger of two, element by element; NaN wins, and ties share the derivative equally. */
export function maximum(a: Operand, b: Operand): Tensor {
  return combine("maximum", a, b);
}

/** The smaller of two, element by element; NaN wins, and ties share the derivative equally. */
export function minimum(a: Operand, b: Operand): Tensor {
  return combine("minimum", a, b);
}

/** x held within [low, high]; at the limits the derivative is 1 (PyTorch). */
export function clamp(x: Operand, low: Operand, high: Operand): Tensor {
  const value = toTensor(x);
  const raised = value.less(low).where(low, value);
  return raised.greater(high).where(high, raised);
}
