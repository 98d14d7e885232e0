/** eˣ and eˣ − 1 on float64 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { clamp, evenOdd, type Pair, quickSum } from "./exact.ts";

/** Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits. */
export const rounding: number = 1.5 * 2 ** 52;

/**
 * log 2 in two parts; products of the first with integers below 2²¹ are exact. Cody & Waite (1980); fdlibm
 * has the same.
 */
export const ln2High = 0.6931471803691238;
export const ln2Low = 1.9082149292705877e-10;

/** (eʳ − 1 − r)/r² for |r| ≤ ½ log 2, minimax (Remez exchange in 45 digits); the error of eʳ is 2⁻⁵⁷. */
const quadratic = [
  0.500000000000001, 0.16666666666666674, 0.04166666666652095, 0.008333333333322127, 0.0013888888948140007,
  0.00019841269886836392, 2.480148696534909e-5, 2.7557242059340425e-6, 2.7632791582662336e-7,
  2.5110154340462048e-8,
];

/** The same but for ½, so that r²/2 can be added by itself. */
const beyondHalf = [9.992007221626409e-16, ...quadratic.slice(1)];

/** x + low = k·log 2 + r. */
interface Reduced {
  /** k + bias in the low bits. */
  readonly shifted: Vector;
  /** r = head − tail, of which head is exact. */
  readonly head: Vector;
  readonly tail: Vector;
  readonly r: Vector;
}

function reduce(l: Lanes, x: Vector, bias: number, low?: Vector): Reduced {
  const shifted = l.multiplyAdd(x, l.constant(Math.LOG2E), l.constant(rounding + bias));
  const k = l.sub(shifted, l.constant(rounding + bias));
  const head = l.sub(x, l.mul(k, l.constant(ln2High)));
  const lack = l.mul(k, l.constant(ln2Low));
  const tail = low === undefined ? lack : l.sub(lack, low);
  return { shifted, head, tail, r: l.sub(head, tail) };
}

/** eˣ = 2ᵏ·(1 + head + rest). */
export interface Exponential {
  /** k + bias in the low bits. */
  readonly shifted: Vector;
  readonly head: Vector;
  readonly rest: Vector;
}

/** e^(x + low) in parts, |x| < 2¹⁹ and |low| tiny; nothing is lost in `head`, and little in `rest`. */
export function exponential(l: Lanes, x: Vector, bias: number, low?: Vector): Exponential {
  const { shifted, head, tail, r } = reduce(l, x, bias, low);
  return { shifted, head, rest: l.sub(l.mul(l.mul(r, r), evenOdd(l, r, quadratic)), tail) };
}

/** e^(x + low) = 2ᵏ·(1 + s). */
export interface PreciseExponential {
  /** k + bias in the low bits. */
  readonly shifted: Vector;
  readonly s: Pair;
}

/**
 * The same with s in two parts: r²/2 is rounded only once, and what the rounding of r did to it is made good.
 */
export function preciseExponential(l: Lanes, x: Vector, bias: number, low?: Vector): PreciseExponential {
  const { shifted, head, tail, r } = reduce(l, x, bias, low);
  const square = l.mul(r, r);
  const lost = l.mul(l.sub(l.sub(head, r), tail), r);
  const cubic = l.add(l.mul(square, evenOdd(l, r, beyondHalf)), lost);
  const rest = l.add(l.mul(square, l.constant(0.5)), l.sub(cubic, tail));
  return { shifted, s: quickSum(l, head, rest) };
}

/** 2ᵏ for k that was shifted with bias 1023 and is in the range of exponents. */
export function powerOfTwo(l: Lanes, shifted: Vector): Vector {
  return l.shiftLeft(shifted, 52);
}

/**
 * x·2ᵏ for k that was shifted with bias 2046, twice that of exponents: its halves are exponents already. Only
 * the second product rounds, overflows or underflows. /
 */
export function scale(l: Lanes, x: Vector, shifted: Vector): Vector {
  const half = l.shiftRightLogical(shifted, 1);
  return l.mul(l.mul(x, l.shiftLeft(half, 52)), l.shiftLeft(l.subInteger(shifted, half), 52));
}

/** Below −746 eˣ is 0, from 710 on ∞. */
export const underflow = -746;
export const overflow = 710;

/** eˣ. */
export function exp(l: Lanes, x: Vector): Vector {
  const { shifted, head, rest } = exponential(l, clamp(l, x, underflow, overflow), 2046);
  return scale(l, l.add(l.constant(1), l.add(head, rest)), shifted);
}

/** eˣ − 1, as 2·(2ᵏ⁻¹ − ½ + 2ᵏ⁻¹(eʳ − 1)), for 2ᵏ may overflow. */
export function expm1(l: Lanes, x: Vector): Vector {
  const { shifted, s } = preciseExponential(l, clamp(l, x, -40, overflow), 1022);
  const half = l.constant(0.5);
  const power = powerOfTwo(l, shifted);
  const base = l.sub(power, half);
  // Where 2ᵏ is so large that the half is lost, it comes back here.
  const lost = l.sub(l.sub(power, base), half);
  const y = quickSum(l, base, l.mul(power, s.high));
  const tail = l.add(l.add(y.low, lost), l.mul(power, s.low));
  const result = l.add(y.high, tail);
  const isTiny = l.less(l.abs(x), l.constant(2 ** -54));
  return l.select(isTiny, x, l.add(result, result));
}
