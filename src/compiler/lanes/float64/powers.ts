/** Roots, powers and remainders on float64 lanes: cbrt, hypot, pow, rem. */
import type { Lanes, Vector } from "../lanes.ts";
import {
  clamp,
  exactProduct,
  exactSquare,
  type Pair,
  quickSum,
  quotient,
  signOf,
  withSign,
} from "./exact.ts";
import { exponential, ln2High, ln2Low, overflow, scale, underflow } from "./exponential.ts";
import { reduce } from "./logarithm.ts";

/**
 * The upper half of the bits of a first guess at a cube root is a third of that of x, and this. Kahan (1991);
 * fdlibm.
 */
const guess = 715_094_163;

/** 1/∛r to 2⁻²³ for the r that the first guess leaves; FreeBSD's s_cbrt.c. */
const cubeRootSeries = [
  1.87595182427177, -1.8849798954337718, 1.6214297201053545, -0.758397934778766, 0.14599619288661245,
];

/**
 * ∛x: a guess of 5 bits, a polynomial to 23, and a step of Newton's method from a number of so few bits that
 * its square is exact.
 */
export function cbrt(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const whole = l.constant(2 ** 52);
  const upper = l.sub(l.or(l.shiftRightLogical(size, 32), whole), whole);
  const third = l.multiplyAdd(upper, l.constant(1 / 3), l.constant(2 ** 52 + guess));
  const rough = l.shiftLeft(third, 32);
  const r = l.mul(l.mul(rough, rough), l.div(rough, size));
  const fine = l.mul(rough, l.polynomial(r, cubeRootSeries));
  const t = l.and(l.addInteger(fine, l.integer(0x8000_0000)), l.integer(-(1n << 30n)));
  const ratio = l.div(size, l.mul(t, t));
  const step = l.div(l.sub(ratio, t), l.add(l.add(t, t), ratio));
  const root = withSign(l, l.add(t, l.mul(t, step)), x);
  const isZero = l.equal(x, l.constant(0));
  const isUsual = l.and(
    l.greaterEqual(size, l.constant(2 ** -1022)),
    l.less(size, l.constant(Number.POSITIVE_INFINITY)),
  );
  return l.patch(l.select(isZero, x, root), l.not(l.or(isUsual, isZero)), () => l.byHost("cbrt", x));
}

/** √(x² + y²), the larger square in two parts. Both are scaled where a square would overflow or underflow. */
export function hypot(l: Lanes, x: Vector, y: Vector): Vector {
  const [a, b] = [l.abs(x), l.abs(y)];
  const large = l.pseudoMax(a, b);
  const small = l.pseudoMin(a, b);
  const isLarge = l.greater(large, l.constant(2 ** 500));
  const isSmall = l.less(large, l.constant(2 ** -400));
  const one = l.constant(1);
  const down = l.select(isLarge, l.constant(2 ** -600), l.select(isSmall, l.constant(2 ** 600), one));
  const up = l.select(isLarge, l.constant(2 ** 600), l.select(isSmall, l.constant(2 ** -600), one));
  const square = exactSquare(l, l.mul(large, down));
  const other = l.mul(small, down);
  const sum = quickSum(l, square.high, l.mul(other, other));
  const root = l.mul(l.sqrt(l.add(sum.high, l.add(sum.low, square.low))), up);
  const isFinite = l.less(l.add(a, b), l.constant(Number.POSITIVE_INFINITY));
  return l.patch(root, l.not(isFinite), () => l.byHost("hypot", x, y));
}

/** ⅓ as a double, and what that lacks. */
const third = 0.3333333333333333;
const thirdLow = 1.850371707708594e-17;

/**
 * (artanh s/s − 1 − s²/3)/s⁴ as a function of s², |s| ≤ 0.1716, minimax (Remez exchange in 45 digits); 2⁻⁶⁴.
 */
const series = [
  0.20000000000000193, 0.14285714285499085, 0.11111111181849305, 0.09090898726772773, 0.07693093167990515,
  0.06634664564986935, 0.06543749529894548,
];

/**
 * log x of a positive normal x to 2⁻⁶⁴: 2s·(1 + s²/3 + …), s = f/(2 + f), with all but the terms from s⁴ on
 * in pairs.
 */
function preciseLogarithm(l: Lanes, x: Vector): Pair {
  const { k, f } = reduce(l, x);
  const s = quotient(l, f, quickSum(l, l.constant(2), f));
  const double = { high: l.add(s.high, s.high), low: l.add(s.low, s.low) };
  const square = exactSquare(l, s.high);
  const squareLow = l.add(square.low, l.mul(double.high, s.low));
  const main = exactProduct(l, square.high, l.constant(third));
  const lower = l.add(l.mul(squareLow, l.constant(third)), l.mul(square.high, l.constant(thirdLow)));
  const quartic = l.mul(l.mul(square.high, square.high), l.polynomial(square.high, series));
  const w = quickSum(l, main.high, l.add(quartic, l.add(main.low, lower)));
  const bend = exactProduct(l, double.high, w.high);
  const bendLow = l.add(bend.low, l.add(l.mul(double.high, w.low), l.mul(double.low, w.high)));
  const first = quickSum(l, l.mul(k, l.constant(ln2High)), double.high);
  const second = quickSum(l, first.high, bend.high);
  const low = l.add(
    l.add(first.low, second.low),
    l.add(l.mul(k, l.constant(ln2Low)), l.add(double.low, bendLow)),
  );
  return quickSum(l, second.high, low);
}

/** |x|^y of normal x. */
function powerOfSize(l: Lanes, size: Vector, y: Vector): Vector {
  const log = preciseLogarithm(l, size);
  const product = exactProduct(l, y, log.high);
  const low = clamp(l, l.add(product.low, l.mul(y, log.low)), -0.001, 0.001);
  const high = clamp(l, product.high, underflow, overflow);
  const { shifted, head, rest } = exponential(l, high, 2046, low);
  return scale(l, l.add(l.constant(1), l.add(head, rest)), shifted);
}

/**
 * xʸ: with the sign of x for odd y, NaN for negative x and y not whole. Infinite and subnormal arguments are
 * the host's.
 */
export function pow(l: Lanes, x: Vector, y: Vector): Vector {
  const size = l.abs(x);
  const zero = l.constant(0);
  const infinity = l.constant(Number.POSITIVE_INFINITY);
  const isZero = l.equal(x, zero);
  const ofZero = l.select(l.greater(y, zero), zero, l.select(l.equal(y, zero), l.constant(1), infinity));
  const positive = l.select(isZero, ofZero, powerOfSize(l, size, y));
  const halfY = l.mul(y, l.constant(0.5));
  const isWhole = l.equal(y, l.nearest(y));
  const isOdd = l.and(isWhole, l.notEqual(halfY, l.nearest(halfY)));
  const isNaN = l.andNot(l.less(x, zero), isWhole);
  const signed = l.xor(positive, l.and(isOdd, signOf(l, x)));
  const result = l.select(isNaN, l.constant(Number.NaN), signed);
  const isNormal = l.or(isZero, l.greaterEqual(size, l.constant(2 ** -1022)));
  const isFinite = l.and(l.less(size, infinity), l.less(l.abs(y), l.constant(2 ** 900)));
  return l.patch(result, l.not(l.and(isNormal, isFinite)), () => l.byHost("pow", x, y));
}

/** x − q·y with q = trunc(x/y), with the sign of x. q may be one too large; then y is added again. */
export function rem(l: Lanes, x: Vector, y: Vector): Vector {
  const [a, b] = [l.abs(x), l.abs(y)];
  const zero = l.constant(0);
  const q = l.trunc(l.div(a, b));
  const product = exactProduct(l, q, b);
  const r = l.sub(l.sub(a, product.high), product.low);
  const rest = l.add(r, l.and(b, l.less(r, zero)));
  // ±0 as a divisor gives NaN by itself: 0/0 or ∞·0.
  const isUsual = l.or(
    l.equal(b, zero),
    l.and(l.less(q, l.constant(2 ** 52)), l.and(inRange(l, a), inRange(l, b))),
  );
  return l.patch(withSign(l, rest, x), l.not(isUsual), () => l.byHost("rem", x, y));
}

/** Numbers whose products with whole numbers split without overflow or underflow: 0, or 2⁻⁹⁰⁰ to 2⁹⁰⁰. */
function inRange(l: Lanes, size: Vector): Vector {
  const isNormal = l.or(l.equal(size, l.constant(0)), l.greaterEqual(size, l.constant(2 ** -900)));
  return l.and(isNormal, l.less(size, l.constant(2 ** 900)));
}
