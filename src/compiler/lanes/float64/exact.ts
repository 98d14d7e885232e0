/**
 * Numbers as unevaluated sums of two doubles, and what float64 functions share. The errors of sums are exact
 * whether or not the host fuses products and sums, and factors are split by masks for the same reason. Dekker
 * (1971), "A floating-point technique for extending the available precision"; Knuth, The Art of Computer
 * Programming 2, 4.2.2. /
 */
import type { Lanes, Vector } from "../lanes.ts";

/** high + low, where low is at most about a unit in the last place of high. */
export interface Pair {
  readonly high: Vector;
  readonly low: Vector;
}

/** a + b exactly, for |a| ≥ |b| or a = 0. */
export function quickSum(l: Lanes, a: Vector, b: Vector): Pair {
  const high = l.add(a, b);
  return { high, low: l.add(l.sub(a, high), b) };
}

/** a + b exactly. */
export function exactSum(l: Lanes, a: Vector, b: Vector): Pair {
  const high = l.add(a, b);
  const share = l.sub(high, a);
  return { high, low: l.add(l.sub(a, l.sub(high, share)), l.sub(b, share)) };
}

/** The upper 26 bits of a significand: products of two such heads are exact. */
const headBits = -(1n << 27n);

/** x as the sum of two numbers of half the digits. */
function split(l: Lanes, x: Vector): Pair {
  const high = l.and(x, l.integer(headBits));
  return { high, low: l.sub(x, high) };
}

/** a·b − p, where p is near a·b, so that nothing is lost in the first difference. */
function productMinus(l: Lanes, a: Pair, b: Pair, p: Vector): Vector {
  const head = l.sub(l.mul(a.high, b.high), p);
  const middle = l.add(l.add(head, l.mul(a.high, b.low)), l.mul(a.low, b.high));
  return l.add(middle, l.mul(a.low, b.low));
}

/** a·b, exact but for its last bits; no part may underflow. */
export function exactProduct(l: Lanes, a: Vector, b: Vector): Pair {
  const high = l.mul(a, b);
  return { high, low: productMinus(l, split(l, a), split(l, b), high) };
}

/** x², likewise. */
export function exactSquare(l: Lanes, x: Vector): Pair {
  const high = l.mul(x, x);
  const { high: head, low: tail } = split(l, x);
  const cross = l.mul(head, tail);
  const rest = l.add(l.add(l.sub(l.mul(head, head), high), cross), cross);
  return { high, low: l.add(rest, l.mul(tail, tail)) };
}

/** A ratio to twice the precision of a double, less a few bits. */
export function quotient(l: Lanes, numerator: Pair | Vector, denominator: Pair): Pair {
  const n = "high" in numerator ? numerator : { high: numerator, low: undefined };
  const inverse = l.div(l.constant(1), denominator.high);
  const high = l.mul(n.high, inverse);
  const excess = productMinus(l, split(l, high), split(l, denominator.high), n.high);
  const lack = l.add(excess, l.mul(high, denominator.low));
  const rest = n.low === undefined ? l.neg(lack) : l.sub(n.low, lack);
  return { high, low: l.mul(rest, inverse) };
}

/** √(a.high + a.low) for a > 0; 0 for 0. */
export function exactRoot(l: Lanes, a: Pair): Pair {
  const high = l.sqrt(a.high);
  const { high: square, low: rest } = exactSquare(l, high);
  const lack = l.add(l.sub(l.sub(a.high, square), rest), a.low);
  // The smallest normal number keeps 0/0 away and is lost beside anything else.
  return { high, low: l.div(lack, l.add(l.add(high, high), l.constant(2 ** -1022))) };
}

/** The sign bits of x, all else zero. */
export function signOf(l: Lanes, x: Vector): Vector {
  return l.and(x, l.constant(-0));
}

/** `size` with the sign of x; `size` has none, or the same one. */
export function withSign(l: Lanes, size: Vector, x: Vector): Vector {
  return l.or(size, signOf(l, x));
}

/** x between two bounds; NaN stays NaN. */
export function clamp(l: Lanes, x: Vector, low: number, high: number): Vector {
  return l.pseudoMax(l.pseudoMin(x, l.constant(high)), l.constant(low));
}

/** c₀ + c₁x + c₂x² + …, as two sums by powers of x², which the processor can work on at once. */
export function evenOdd(l: Lanes, x: Vector, coefficients: readonly number[]): Vector {
  const square = l.mul(x, x);
  const even = l.polynomial(
    square,
    coefficients.filter((_, power) => power % 2 === 0),
  );
  const odd = l.polynomial(
    square,
    coefficients.filter((_, power) => power % 2 === 1),
  );
  return l.multiplyAdd(odd, x, even);
}
