/** Exponentials, logarithms, trigonometric and special functions, element by element. Integers give float64. */
import { ArgumentError } from "../../core/errors.ts";
import { combine, type Operand, type Tensor, toTensor, unify } from "../tensor.ts";

/** eˣ. */
export function exp(x: Operand): Tensor {
  return toTensor(x).exp();
}

/** eˣ − 1, exact near 0. */
export function expm1(x: Operand): Tensor {
  return toTensor(x).expm1();
}

/** 2ˣ. */
export function exp2(x: Operand): Tensor {
  return combine("pow", 2, toTensor(x).float());
}

/** The natural logarithm. */
export function log(x: Operand): Tensor {
  return toTensor(x).log();
}

/** log(1 + x), exact near 0. */
export function log1p(x: Operand): Tensor {
  return toTensor(x).log1p();
}

/** The logarithm to base 2. */
export function log2(x: Operand): Tensor {
  return toTensor(x).log2();
}

/** The logarithm to base 10. */
export function log10(x: Operand): Tensor {
  return toTensor(x).log10();
}

/** log(eᵃ + eᵇ) without overflow. */
export function logAddExp(a: Operand, b: Operand): Tensor {
  const [left, right] = unify(toTensor(a).float(), toTensor(b).float());
  // By choice and not by maximum, whose slope jumps at ties: the sum is smooth there.
  const isLeft = left.greaterEqual(right).logicalOr(left.isNaN());
  const [high, low] = [isLeft.where(left, right), isLeft.where(right, left)];
  // Where both are the same infinity the difference is NaN and the sum is that infinity.
  const isInfinite = high.equal(low).logicalAnd(high.isFinite().logicalNot());
  return high.add(isInfinite.where(0, low.sub(high)).softplus());
}

/** sin x, x in radians. */
export function sin(x: Operand): Tensor {
  return toTensor(x).sin();
}

/** cos x, x in radians. */
export function cos(x: Operand): Tensor {
  return toTensor(x).cos();
}

/** tan x, x in radians. */
export function tan(x: Operand): Tensor {
  return toTensor(x).tan();
}

/** The inverse sine, in [−π/2, π/2]. */
export function asin(x: Operand): Tensor {
  return toTensor(x).asin();
}

/** The inverse cosine, in [0, π]. */
export function acos(x: Operand): Tensor {
  return toTensor(x).acos();
}

/** The inverse tangent, in (−π/2, π/2). */
export function atan(x: Operand): Tensor {
  return toTensor(x).atan();
}

/** The angle of the point (x, y), in (−π, π]. */
export function atan2(y: Operand, x: Operand): Tensor {
  return combine("atan2", y, x, true);
}

/** The hyperbolic sine. */
export function sinh(x: Operand): Tensor {
  return toTensor(x).sinh();
}

/** The hyperbolic cosine. */
export function cosh(x: Operand): Tensor {
  return toTensor(x).cosh();
}

/** The hyperbolic tangent. */
export function tanh(x: Operand): Tensor {
  return toTensor(x).tanh();
}

/** The inverse hyperbolic sine. */
export function asinh(x: Operand): Tensor {
  return toTensor(x).asinh();
}

/** The inverse hyperbolic cosine. */
export function acosh(x: Operand): Tensor {
  return toTensor(x).acosh();
}

/** The inverse hyperbolic tangent. */
export function atanh(x: Operand): Tensor {
  return toTensor(x).atanh();
}

/** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
export function erf(x: Operand): Tensor {
  return toTensor(x).erf();
}

/** 1 − erf x, exact in the tail. */
export function erfc(x: Operand): Tensor {
  return toTensor(x).erfc();
}

/** log |Γ(x)|. */
export function lgamma(x: Operand): Tensor {
  return toTensor(x).lgamma();
}

/** ψ(x) = Γ′(x)/Γ(x). */
export function digamma(x: Operand): Tensor {
  return toTensor(x).polygamma(0);
}

/** The n-th derivative of digamma. @throws ArgumentError unless the order is a whole number ≥ 0. */
export function polygamma(order: number, x: Operand): Tensor {
  if (!Number.isSafeInteger(order) || order < 0) throw new ArgumentError(`polygamma: the order must be a whole number ≥ 0; got ${order}`);
  return toTensor(x).polygamma(order);
}
