/** sinh, cosh and their inverses, and that of tanh, on float64 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { exactRoot, exactSquare, exactSum, type Pair, quickSum, quotient, withSign } from "./exact.ts";
import { ln2High, ln2Low, powerOfTwo, rounding } from "./exponential.ts";
import { logarithm } from "./logarithm.ts";

/** (sinh r − r)/r³ and (cosh r − 1)/r² as functions of r², |r| ≤ ½ log 2, minimax; errors 2⁻⁶⁰ and 2⁻⁵⁷. */
const sinhSeries = [
  0.16666666666666674, 0.008333333333322127, 0.0001984126988683636, 2.755724205937261e-6,
  2.5110154329201996e-8,
];
const coshSeries = [
  0.500000000000001, 0.04166666666652096, 0.0013888888948135917, 2.4801486969534428e-5, 2.7632790119047224e-7,
];

/** Beyond, sinh and cosh are ∞. */
const overflow = 710.6;

/**
 * sinh |x| or cosh x, from x = k·log 2 + r: with a, b = 2^±k/2 they are (a ∓ b)·cosh r + (a ± b)·sinh r; all
 * is halved once more.
 */
function half(l: Lanes, x: Vector, name: "sinh" | "cosh"): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(overflow));
  const shifted = l.multiplyAdd(size, l.constant(Math.LOG2E), l.constant(rounding + 1021));
  const k = l.sub(shifted, l.constant(rounding + 1021));
  const head = l.sub(size, l.mul(k, l.constant(ln2High)));
  const tail = l.mul(k, l.constant(ln2Low));
  const r = l.sub(head, tail);
  const square = l.mul(r, r);
  const sinhRest = l.sub(l.mul(l.mul(r, square), l.polynomial(square, sinhSeries)), tail);
  const coshRest = l.mul(square, l.polynomial(square, coshSeries));
  const a = powerOfTwo(l, shifted);
  const b = l.div(l.constant(2 ** -4), a);
  const [ofCosh, ofSinh] = name === "sinh" ? [l.sub(a, b), l.add(a, b)] : [l.add(a, b), l.sub(a, b)];
  const first = quickSum(l, ofCosh, l.mul(a, head));
  const bHead = l.mul(b, head);
  const second = quickSum(l, first.high, name === "sinh" ? bHead : l.neg(bHead));
  const difference = l.sub(a, ofCosh);
  const lost = name === "sinh" ? l.sub(difference, b) : l.add(difference, b);
  const rest = l.add(l.mul(ofSinh, sinhRest), l.add(lost, l.mul(ofCosh, coshRest)));
  const y = l.add(second.high, l.add(l.add(first.low, second.low), rest));
  return l.add(y, y);
}

/** sinh x. */
export function sinh(l: Lanes, x: Vector): Vector {
  const isTiny = l.less(l.abs(x), l.constant(2 ** -28));
  return l.select(isTiny, x, withSign(l, half(l, x, "sinh"), x));
}

/** cosh x. */
export function cosh(l: Lanes, x: Vector): Vector {
  return half(l, x, "cosh");
}

/** From here on x ± √(x² ± 1) is 2x. */
const far = 2 ** 28;

/** Logarithms of 1 + w for w = `near`, of 2x where x is far. */
function logarithmOf(l: Lanes, x: Vector, near: Pair): Vector {
  const isFar = l.greater(x, l.constant(far));
  const u = exactSum(l, l.constant(1), near.high);
  const high = l.select(isFar, x, u.high);
  const low = l.andNot(l.add(u.low, near.low), isFar);
  const y = logarithm(l, high, { low, octaves: l.and(isFar, l.constant(1)) });
  return l.add(y.high, y.low);
}

/** arsinh x = log(1 + w), w = |x| + x²/(1 + √(x² + 1)). */
export function asinh(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const near = l.pseudoMin(size, l.constant(far));
  const one = l.constant(1);
  const square = exactSquare(l, near);
  const radicand = exactSum(l, one, square.high);
  const root = exactRoot(l, { high: radicand.high, low: l.add(radicand.low, square.low) });
  const denominator = quickSum(l, root.high, one);
  const ratio = quotient(l, square, { high: denominator.high, low: l.add(denominator.low, root.low) });
  const w = exactSum(l, near, ratio.high);
  const y = logarithmOf(l, size, { high: w.high, low: l.add(w.low, ratio.low) });
  const isUsual = l.and(
    l.greaterEqual(size, l.constant(2 ** -28)),
    l.less(size, l.constant(Number.POSITIVE_INFINITY)),
  );
  return l.select(isUsual, withSign(l, y, x), x);
}

/** arcosh x = log(1 + w), w = t + √(t² + 2t), t = x − 1. */
export function acosh(l: Lanes, x: Vector): Vector {
  const t = l.pseudoMin(l.sub(x, l.constant(1)), l.constant(far));
  const square = exactSquare(l, t);
  const radicand = exactSum(l, l.add(t, t), square.high);
  const root = exactRoot(l, { high: radicand.high, low: l.add(radicand.low, square.low) });
  const w = exactSum(l, t, root.high);
  const y = logarithmOf(l, x, { high: w.high, low: l.add(w.low, root.low) });
  const isUsual = l.less(x, l.constant(Number.POSITIVE_INFINITY));
  const result = l.select(isUsual, y, x);
  return l.select(l.less(x, l.constant(1)), l.constant(Number.NaN), result);
}

/** (artanh s − s)/s³ as a function of s², |s| ≤ 0.2006, minimax; the error is 2⁻⁶¹ of s. */
const atanhSeries = [
  0.33333333333333315, 0.20000000000022278, 0.14285714278698441, 0.11111112111583096, 0.09090832962662722,
  0.07695605468921003, 0.06585359237870873, 0.06934259851861992,
];

/** Half of the last bit of exponents, for rounding them. */
const halfExponent = 1n << 51n;
const exponentOfOne = 1023n << 52n;

/**
 * artanh x = ½·k·log 2 + artanh s, s = (n − 2ᵏd)/(n + 2ᵏd), n = 1 + |x|, d = 1 − |x|, where k brings 2ᵏd near
 * n.
 */
export function atanh(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const one = l.constant(1);
  const n = quickSum(l, one, size);
  const d = quickSum(l, one, l.neg(size));
  const difference = l.subInteger(l.addInteger(n.high, l.integer(exponentOfOne + halfExponent)), d.high);
  const biased = l.shiftRightLogical(difference, 52);
  const power = l.shiftLeft(biased, 52);
  const k = l.sub(l.or(biased, l.integer(0x4330_0000_0000_0000n)), l.constant(2 ** 52 + 1023));
  const scaled = { high: l.mul(d.high, power), low: l.mul(d.low, power) };
  const numerator = { high: l.sub(n.high, scaled.high), low: l.sub(n.low, scaled.low) };
  const sum = exactSum(l, n.high, scaled.high);
  const s = quotient(l, numerator, { high: sum.high, low: l.add(sum.low, l.add(n.low, scaled.low)) });
  const square = l.mul(s.high, s.high);
  const cubic = l.mul(l.mul(s.high, square), l.polynomial(square, atanhSeries));
  const main = quickSum(l, l.mul(k, l.constant(ln2High / 2)), s.high);
  const rest = l.add(l.add(cubic, l.mul(k, l.constant(ln2Low / 2))), l.add(s.low, main.low));
  const y = l.add(main.high, rest);
  const isUsual = l.and(l.greaterEqual(size, l.constant(2 ** -28)), l.less(size, one));
  const isTiny = l.less(size, l.constant(2 ** -28));
  const atEnd = l.div(x, l.sub(one, l.pseudoMin(size, one)));
  const outside = l.select(l.greater(size, one), l.constant(Number.NaN), atEnd);
  return l.select(isUsual, withSign(l, y, x), l.select(isTiny, x, outside));
}
