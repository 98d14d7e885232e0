/**
 * Functions of one element. Where a function has no derivative its convention is written beside it
 * (those of JAX or PyTorch); `docs/derivatives.md` lists them all.
 */
import { erf, erfc, lgamma, polygamma, roundHalfToEven } from "../../core/special/index.ts";
import { unary } from "./elementwise.ts";
import { each, negate, rectify, squareRoot } from "./loops.ts";
import type { None, Primitive } from "./types.ts";

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** 1/(1 + e⁻ˣ), without overflow on either side. */
function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

export const neg: Primitive<None> = unary({ loop: negate, derivative: (x) => x.constant(-1) });
/** d|x|/dx at 0 is 0 (JAX, PyTorch). */
export const abs: Primitive<None> = unary({ loop: each(Math.abs), derivative: (x) => x.sign() });
export const sign: Primitive<None> = unary({ loop: each(Math.sign) });
/** The derivative at 0 is +∞ (JAX, PyTorch). */
export const sqrt: Primitive<None> = unary({
  loop: squareRoot,
  derivative: (_, y) => y.constant(0.5).div(y),
});
/** The derivative at 0 is +∞. */
export const cbrt: Primitive<None> = unary({
  loop: each(Math.cbrt),
  derivative: (_, y) => y.constant(1 / 3).div(y.mul(y)),
});
export const exp: Primitive<None> = unary({ loop: each(Math.exp), derivative: (_, y) => y });
export const expm1: Primitive<None> = unary({ loop: each(Math.expm1), derivative: (_, y) => y.add(1) });
export const log: Primitive<None> = unary({ loop: each(Math.log), derivative: (x) => x.constant(1).div(x) });
export const log1p: Primitive<None> = unary({
  loop: each(Math.log1p),
  derivative: (x) => x.constant(1).div(x.add(1)),
});
export const log2: Primitive<None> = unary({
  loop: each(Math.log2),
  derivative: (x) => x.constant(Math.LOG2E).div(x),
});
export const log10: Primitive<None> = unary({
  loop: each(Math.log10),
  derivative: (x) => x.constant(Math.LOG10E).div(x),
});

export const sin: Primitive<None> = unary({ loop: each(Math.sin), derivative: (x) => x.cos() });
export const cos: Primitive<None> = unary({ loop: each(Math.cos), derivative: (x) => x.sin().neg() });
export const tan: Primitive<None> = unary({ loop: each(Math.tan), derivative: (_, y) => y.mul(y).add(1) });
export const asin: Primitive<None> = unary({
  loop: each(Math.asin),
  derivative: (x) => x.constant(1).div(x.neg().add(1).mul(x.add(1)).sqrt()),
});
export const acos: Primitive<None> = unary({
  loop: each(Math.acos),
  derivative: (x) => x.constant(-1).div(x.neg().add(1).mul(x.add(1)).sqrt()),
});
export const atan: Primitive<None> = unary({
  loop: each(Math.atan),
  derivative: (x) => x.constant(1).div(x.mul(x).add(1)),
});
export const sinh: Primitive<None> = unary({ loop: each(Math.sinh), derivative: (x) => x.cosh() });
export const cosh: Primitive<None> = unary({ loop: each(Math.cosh), derivative: (x) => x.sinh() });
export const tanh: Primitive<None> = unary({
  loop: each(Math.tanh),
  derivative: (_, y) => y.neg().add(1).mul(y.add(1)),
});
export const asinh: Primitive<None> = unary({
  loop: each(Math.asinh),
  derivative: (x) => x.constant(1).div(x.mul(x).add(1).sqrt()),
});
export const acosh: Primitive<None> = unary({
  loop: each(Math.acosh),
  derivative: (x) => x.constant(1).div(x.sub(1).mul(x.add(1)).sqrt()),
});
export const atanh: Primitive<None> = unary({
  loop: each(Math.atanh),
  derivative: (x) => x.constant(1).div(x.neg().add(1).mul(x.add(1))),
});

export const erfPrimitive: Primitive<None> = unary({
  loop: each(erf),
  derivative: (x) => x.mul(x).neg().exp().mul(twoOverRootPi),
});
export const erfcPrimitive: Primitive<None> = unary({
  loop: each(erfc),
  derivative: (x) => x.mul(x).neg().exp().mul(-twoOverRootPi),
});
export const lgammaPrimitive: Primitive<None> = unary({
  loop: each(lgamma),
  derivative: (x) => x.polygamma(0),
});
/** ψ⁽ⁿ⁾, the n-th derivative of digamma. */
export const polygammaPrimitive: Primitive<{ readonly order: number }> = unary({
  loop: each((x, { order }) => polygamma(order, x)),
  derivative: (x, _, { order }) => x.polygamma(order + 1),
});

export const sigmoid: Primitive<None> = unary({
  loop: each(logistic),
  derivative: (_, y) => y.neg().add(1).mul(y),
});
/** log(1 + eˣ), without overflow. */
export const softplus: Primitive<None> = unary({
  loop: each((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  derivative: (x) => x.sigmoid(),
});
/** max(x, 0); the derivative at 0 is 0 (JAX, PyTorch). */
export const relu: Primitive<None> = unary({
  loop: rectify,
  derivative: (x) => x.greater(0).cast(x.dtype),
});

export const floor: Primitive<None> = unary({ loop: each(Math.floor) });
export const ceil: Primitive<None> = unary({ loop: each(Math.ceil) });
/** To the nearest whole number, halves to the even one (NumPy, IEEE 754). */
export const round: Primitive<None> = unary({ loop: each(roundHalfToEven) });
export const trunc: Primitive<None> = unary({ loop: each(Math.trunc) });

export const isNaNPrimitive: Primitive<None> = unary({
  loop: each((x) => (Number.isNaN(x) ? 1 : 0)),
  dtype: "bool",
});
export const isFinitePrimitive: Primitive<None> = unary({
  loop: each((x) => (Number.isFinite(x) ? 1 : 0)),
  dtype: "bool",
});
export const logicalNot: Primitive<None> = unary({ loop: each((x) => (x === 0 ? 1 : 0)), dtype: "bool" });
