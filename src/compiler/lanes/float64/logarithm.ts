/**
 * Logarithms on float64 lanes. With x = 2ᵏ·m, ½√2 ≤ m < √2, f = m − 1 and s = f/(2 + f), log m is 2·artanh s,
 * written as f − f²/2 + s·(f²/2 + s²·R(s²)) so that the largest term is exact. That form is fdlibm's (Sun
 * Microsystems, 1993). /
 */
import type { Lanes, Vector } from "../lanes.ts";
import { exactSum, type Pair, withSign } from "./exact.ts";
import { ln2High, ln2Low } from "./exponential.ts";

/**
 * (2·artanh s − 2s)/s³ as a function of s², |s| ≤ 0.1716, minimax (Remez exchange in 45 digits); the error is
 * 2⁻⁵⁷ of s.
 */
const series = [
  0.666666666666671, 0.3999999999951953, 0.2857142872936539, 0.22222199081404315, 0.181835720840635,
  0.15313149469601772, 0.14810677361461658,
];

/** The bits of 1, of ½√2, of 2⁵², of all significands, of 2⁻¹⁰²² and of ∞. */
const one = 0x3ff0_0000_0000_0000n;
const rootHalf = 0x3fe6_a09e_667f_3bcdn;
const twoTo52 = 0x4330_0000_0000_0000n;
const significand = 0x000f_ffff_ffff_ffffn;

const firstNormal = 0x0010_0000_0000_0000n;
const infinity = 0x7ff0_0000_0000_0000n;

/** x = 2ᵏ(1 + f). */
export interface Reduced {
  /** k + 1023, an integer. */
  readonly biased: Vector;
  readonly k: Vector;
  readonly f: Vector;
}

/** The exponent and significand of a positive normal x. */
export function reduce(l: Lanes, x: Vector): Reduced {
  const moved = l.addInteger(x, l.integer(one - rootHalf));
  const biased = l.shiftRightLogical(moved, 52);
  const k = l.sub(l.or(biased, l.integer(twoTo52)), l.constant(2 ** 52 + 1023));
  const m = l.addInteger(l.and(moved, l.integer(significand)), l.integer(rootHalf));
  return { biased, k, f: l.sub(m, l.constant(1)) };
}

/** What log m consists of: f − halfSquare + product, and s. */
interface Terms {
  readonly s: Vector;
  readonly halfSquare: Vector;
  readonly product: Vector;
}

function terms(l: Lanes, f: Vector): Terms {
  const s = l.div(f, l.add(f, l.constant(2)));
  const square = l.mul(s, s);
  const rest = l.mul(square, l.polynomial(square, series));
  const halfSquare = l.mul(l.mul(f, l.constant(0.5)), f);
  return { s, halfSquare, product: l.mul(s, l.add(halfSquare, rest)) };
}

/** What is added to an argument, or to its logarithm. */
interface Additions {
  /** To the argument: at most half a unit in its last place. */
  readonly low?: Vector;
  /** To the logarithm, in units of log 2. */
  readonly octaves?: Vector;
}

/**
 * log(x + low) + octaves·log 2 of a positive normal x; the error is small beside a unit in the last place of
 * the sum.
 */
export function logarithm(l: Lanes, x: Vector, { low, octaves }: Additions = {}): Pair {
  const { biased, k: exponent, f } = reduce(l, x);
  const k = octaves === undefined ? exponent : l.add(exponent, octaves);
  const { s, halfSquare, product } = terms(l, f);
  const whole = l.mul(k, l.constant(ln2High));
  const high = l.add(whole, f);
  const lost = l.add(l.sub(whole, high), f);
  const fromLow = l.mul(k, l.constant(ln2Low));
  const rest = l.sub(l.add(product, fromLow), halfSquare);
  if (low === undefined) return { high, low: l.add(lost, rest) };
  // With c = 2⁻ᵏ·low this is c/m − c²/2, 1/m = (1 − s)/(1 + s) = 1 + 2·(s² − s) − …; 2¹⁻ᵏ is a normal number
  // where 2⁻ᵏ is not.
  const doubled = l.mul(low, l.shiftLeft(l.subInteger(l.integer(2047), biased), 52));
  const straight = l.mul(doubled, l.constant(0.5));
  const slope = l.sub(l.mul(s, s), l.add(s, l.mul(straight, l.constant(0.25))));
  const bend = l.mul(doubled, slope);
  return { high, low: l.add(straight, l.add(lost, l.add(rest, bend))) };
}

/**
 * A logarithm with its values beyond the positive normal numbers: −∞ at 0, all others by the host. As
 * integers, the bits of positive normal numbers less those of the first of them are the smallest numbers
 * without sign; here the sign bit is turned as well, for integers are compared with it. /
 */
function complete(l: Lanes, name: string, x: Vector, y: Vector): Vector {
  const moved = l.addInteger(x, l.integer(-(1n << 63n) - firstNormal));
  const isUnusual = l.greaterInteger(moved, l.integer(-(1n << 63n) + infinity - firstNormal - 1n));
  const isZero = l.equal(x, l.constant(0));
  const withZero = l.select(isZero, l.constant(Number.NEGATIVE_INFINITY), y);
  return l.patch(withZero, l.andNot(isUnusual, isZero), () => l.byHost(name, x));
}

/** log x. */
export function log(l: Lanes, x: Vector): Vector {
  const { high, low } = logarithm(l, x);
  return complete(l, "log", x, l.add(high, low));
}

/** log(1 + x). */
export function log1p(l: Lanes, x: Vector): Vector {
  const u = exactSum(l, l.constant(1), x);
  const { high, low } = logarithm(l, u.high, { low: u.low });
  const y = withSign(l, l.add(high, low), x);
  const isUsual = l.and(l.greater(x, l.constant(-1)), l.less(x, l.constant(Number.POSITIVE_INFINITY)));
  return l.patch(y, l.not(isUsual), () => l.byHost("log1p", x));
}

/** A base b: 1/log b and log_b 2 in two parts, the first with few bits; k times a number needs none. */
interface Base {
  readonly inverse: readonly [high: number, low: number];
  readonly ofTwo?: readonly [high: number, low: number];
}

/** The upper 21 bits of a significand. */
const head21 = -(1n << 32n);

/**
 * k·log_b 2 + log m/log b, with log m in a head of 21 bits and the rest, so that its product with 1/log b is
 * exact.
 */
function inBase(l: Lanes, x: Vector, { inverse, ofTwo }: Base): Vector {
  const { k, f } = reduce(l, x);
  const { halfSquare, product } = terms(l, f);
  const high = l.and(l.sub(f, halfSquare), l.integer(head21));
  const low = l.add(l.sub(l.sub(f, high), halfSquare), product);
  const whole = ofTwo === undefined ? k : l.mul(k, l.constant(ofTwo[0]));
  const fraction = l.mul(high, l.constant(inverse[0]));
  const sum = l.add(whole, fraction);
  const lost = l.add(l.sub(whole, sum), fraction);
  const cross = l.add(l.mul(l.add(low, high), l.constant(inverse[1])), l.mul(low, l.constant(inverse[0])));
  const tail = ofTwo === undefined ? cross : l.add(cross, l.mul(k, l.constant(ofTwo[1])));
  return l.add(sum, l.add(lost, tail));
}

/** The constants of fdlibm, whose heads have 32 bits. */
const base2: Base = { inverse: [1.4426950407214463, 1.6751713164886512e-10] };
const base10: Base = {
  inverse: [0.4342944818781689, 2.5082946711645275e-11],
  ofTwo: [0.30102999566361177, 3.694239077158931e-13],
};

/** log₂ x. */
export function log2(l: Lanes, x: Vector): Vector {
  return complete(l, "log2", x, inBase(l, x, base2));
}

/** log₁₀ x. */
export function log10(l: Lanes, x: Vector): Vector {
  return complete(l, "log10", x, inBase(l, x, base10));
}
