/** The functions between the layers of networks, on float64 lanes: sigmoid, softplus, tanh, relu and sign. */
import type { Lanes, Vector } from "../lanes.ts";
import { exactSum, quickSum, quotient, signOf, withSign } from "./exact.ts";
import { exponential, powerOfTwo, preciseExponential, scale } from "./exponential.ts";
import { logarithm } from "./logarithm.ts";

/** From here on e^−|x| is 0. */
const underflow = 746;

/**
 * 1/(1 + e⁻ˣ) = v for x < 0 and 1 − v for x ≥ 0, with v = 1/(1 + e^|x|). With e^|x| = 2ᵏ·p and h = ⌊k/2⌋ that
 * is 2⁻ʰ/(2⁻ʰ + 2ᵏ⁻ʰ·p), where no power of two is out of range. /
 */
export function sigmoid(l: Lanes, x: Vector): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(underflow));
  const { shifted, head, rest } = exponential(l, size, 2046);
  const half = l.shiftRightLogical(shifted, 1);
  const small = powerOfTwo(l, l.subInteger(l.integer(2046), half));
  const large = powerOfTwo(l, l.subInteger(shifted, half));
  const base = l.add(large, small);
  const lost = l.add(l.sub(large, base), small);
  const sum = quickSum(l, base, l.mul(large, l.add(head, rest)));
  const v = quotient(l, l.constant(1), { high: sum.high, low: l.add(sum.low, lost) });
  const left = l.mul(l.add(v.high, v.low), small);
  const y = quickSum(l, l.constant(1), l.neg(l.mul(v.high, small)));
  const right = l.add(y.high, l.sub(y.low, l.mul(v.low, small)));
  return l.select(l.less(x, l.constant(0)), left, right);
}

/** Below this log(1 + eˣ) is eˣ. */
const exponentialEnd = -40;

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|). */
export function softplus(l: Lanes, x: Vector): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(underflow));
  const { shifted, s } = preciseExponential(l, l.neg(size), 2046);
  const one = l.constant(1);
  const p = quickSum(l, one, s.high);
  const tail = l.add(p.low, s.low);
  const e = scale(l, p.high, shifted);
  const sum = quickSum(l, one, e);
  const y = logarithm(l, sum.high, { low: l.add(sum.low, scale(l, tail, shifted)) });
  const total = exactSum(l, relu(l, x), y.high);
  const result = l.add(total.high, l.add(total.low, y.low));
  const isInfinite = l.equal(x, l.constant(Number.POSITIVE_INFINITY));
  const isSmall = l.less(x, l.constant(exponentialEnd));
  return l.select(isSmall, scale(l, l.add(p.high, tail), shifted), l.select(isInfinite, x, result));
}

/** Below this tanh is x + x³·P(x²)/Q(x²), with the coefficients of Cephes (Moshier 1989). */
const tanhCentralEnd = 0.625;
const tanhNumerator = [-1614.6876844170845, -99.28772310019185, -0.9643991794250523];
const tanhDenominator = [4844.063053251255, 2235.4883906010045, 112.81167849163293, 1];

/** From here on tanh is 1 in double precision. */
const tanhSaturation = 22;

/** tanh |x| = 1 − 2/(e^2|x| + 1) but near zero; both ratios share one division. */
export function tanh(l: Lanes, x: Vector): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(tanhSaturation));
  const { shifted, head, rest } = exponential(l, l.add(size, size), 1023);
  const power = powerOfTwo(l, shifted);
  const one = l.constant(1);
  const sum = quickSum(l, l.add(power, one), l.mul(power, l.add(head, rest)));
  const square = l.mul(size, size);
  const central = l.mul(l.mul(size, square), l.polynomial(square, tanhNumerator));
  const isCentral = l.less(size, l.constant(tanhCentralEnd));
  const numerator = l.select(isCentral, central, l.constant(-2));
  const denominator = l.select(isCentral, l.polynomial(square, tanhDenominator), sum.high);
  const q = l.div(numerator, denominator);
  const y = quickSum(l, l.select(isCentral, size, one), q);
  // 2/(d + δ) is 2/d − δ/2·(2/d)².
  const correction = l.andNot(l.mul(l.mul(q, q), l.mul(sum.low, l.constant(0.5))), isCentral);
  return withSign(l, l.add(y.high, l.add(y.low, correction)), x);
}

/** max(x, 0); NaN for NaN. */
export function relu(l: Lanes, x: Vector): Vector {
  return l.andNot(x, l.lessEqual(x, l.constant(0)));
}

/** 1 with the sign of x; ±0 and NaN are themselves. */
export function sign(l: Lanes, x: Vector): Vector {
  const isSigned = l.greater(l.abs(x), l.constant(0));
  return l.select(isSigned, l.or(l.constant(1), signOf(l, x)), x);
}
