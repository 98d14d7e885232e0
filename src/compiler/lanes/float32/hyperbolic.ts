/** Hyperbolic functions and their inverses on float32 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { inDoubles, withSign } from "./bits.ts";
import { expm1OfDouble, expOfDouble } from "./double-exponential.ts";
import { log1pOfDouble } from "./double-logarithm.ts";
import { reducedExponential } from "./exponential.ts";

/** (tanh(x) − x)/x³ + ¼ in x² for |x| ≤ 0.975, minimax with float32 coefficients; the error of tanh is 2⁻²⁸. */
const series = [-0.083333045, 0.13332546, -0.05389449, 0.021535568, -0.0080279, 0.0023682623, -0.00037973849];
const seriesEnd = 0.975;

/** From half of this on tanh is 1. */
const saturation = 20;

/** tanh x: a series near 0, and 1 − 2/(e²ˣ + 1) further out. */
export function tanh(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const square = l.mul(x, x);
  const cube = l.mul(size, square);
  // The greater part of the series, −¼, is set apart, for its product is exact.
  const quarter = l.mul(cube, l.constant(-0.25));
  const near = l.add(size, l.multiplyAdd(cube, l.polynomial(square, series), quarter));
  const twice = l.pseudoMin(l.add(size, size), l.constant(saturation));
  const { shifted, power } = reducedExponential(l, twice, 0);
  const exponential = l.addInteger(power, l.shiftLeft(shifted, 23));
  const far = l.sub(l.constant(1), l.div(l.constant(2), l.add(exponential, l.constant(1))));
  return withSign(l, l.select(l.greater(size, l.constant(seriesEnd)), far, near), x);
}

/** Beyond this sinh and cosh are ∞. */
const overflow = 100;

function boundedSize(l: Lanes, x: Vector): Vector {
  return l.pseudoMin(l.abs(x), l.constant(overflow));
}

/** sinh x = (m + m/(m + 1))/2 with m = eˣ − 1. */
export function sinh(l: Lanes, x: Vector): Vector {
  const y = inDoubles(l, boundedSize(l, x), (d, size) => {
    const m = expm1OfDouble(d, size);
    return d.mul(d.add(m, d.div(m, d.add(m, d.constant(1)))), d.constant(0.5));
  });
  return withSign(l, y, x);
}

/** cosh x = (eˣ + 1/eˣ)/2. */
export function cosh(l: Lanes, x: Vector): Vector {
  return inDoubles(l, boundedSize(l, x), (d, size) => {
    const e = expOfDouble(d, size);
    return d.mul(d.add(e, d.div(d.constant(1), e)), d.constant(0.5));
  });
}

/** arsinh x = log(1 + x + x²/(1 + √(1 + x²))) for x ≥ 0, and odd. */
export function asinh(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const size = d.abs(v);
    const square = d.mul(size, size);
    const root = d.sqrt(d.add(square, d.constant(1)));
    const excess = d.add(size, d.div(square, d.add(root, d.constant(1))));
    const y = d.select(d.less(size, d.constant(Infinity)), log1pOfDouble(d, excess), size);
    return withSign(d, y, v);
  });
}

/** arcosh x = log(1 + t + √t·√(t + 2)), t = x − 1; the roots are NaN below 1. */
export function acosh(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const t = d.sub(v, d.constant(1));
    const root = d.mul(d.sqrt(t), d.sqrt(d.add(t, d.constant(2))));
    return log1pOfDouble(d, d.add(t, root));
  });
}

/** artanh x = ½ log(1 + 2x/(1 − x)) for x ≥ 0, and odd. */
export function atanh(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const size = d.abs(v);
    const ratio = d.div(d.add(size, size), d.sub(d.constant(1), size));
    return withSign(d, d.mul(log1pOfDouble(d, ratio), d.constant(0.5)), v);
  });
}
