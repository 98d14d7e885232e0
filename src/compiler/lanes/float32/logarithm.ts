/** Logarithms on float32 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { inDoubles } from "./bits.ts";
import { log1pOfDouble, log2OfDouble, logOfDouble } from "./double-logarithm.ts";
import { ln2High, ln2Low } from "./exponential.ts";

/** (log(1 + f) − f + f²/2)/f³ for √½ ≤ 1 + f < √2, minimax (Remez exchange in 45 digits); the error of log is 2⁻²⁷. */
const cubic = [
  0.3333333, -0.25000826, 0.20001236, -0.16623144, 0.14201368, -0.13162003, 0.12765425, -0.07634388,
];

/** The bits of √½ and of 2⁻¹²⁶, the smallest normal number. */
const rootHalf = 0x3f3504f3;
const smallestNormal = 2 ** -126;

/**
 * log x. x = 2ᵏ·m with √½ ≤ m < √2; log m = f − f²/2 + f³P(f), f = m − 1, and k log 2 is added in two parts. All but normal
 * positive numbers is rare.
 */
export function log(l: Lanes, x: Vector): Vector {
  const k = l.shiftRight(l.subInteger(x, l.integer(rootHalf)), 23);
  const m = l.subInteger(x, l.shiftLeft(k, 23));
  const exponent = l.fromInteger(k);
  const f = l.sub(m, l.constant(1));
  const square = l.mul(f, f);
  const third = l.mul(l.mul(f, square), l.polynomial(f, cubic));
  const low = l.multiplyAdd(exponent, l.constant(ln2Low), third);
  const tail = l.multiplyAdd(square, l.constant(-0.5), low);
  const y = l.multiplyAdd(exponent, l.constant(ln2High), l.add(f, tail));
  return l.patch(y, isUnusual(l, x), () => unusualLog(l, x));
}

/** Whether x is anything but a positive normal number. */
function isUnusual(l: Lanes, x: Vector): Vector {
  // As integers without sign, less the smallest normal one, usual numbers are less than 0x7f000000; the comparison has signs.
  return l.greaterInteger(l.addInteger(x, l.integer(0x7f800000)), l.integer(-0x01000001));
}

function unusualLog(l: Lanes, x: Vector): Vector {
  // √x is NaN below 0, and x itself at ∞ and NaN.
  const y = l.select(l.equal(x, l.constant(0)), l.constant(-Infinity), l.sqrt(x));
  const isSubnormal = l.and(l.greater(x, l.constant(0)), l.less(x, l.constant(smallestNormal)));
  return l.patch(y, isSubnormal, () => l.byHost("log", x));
}

/** log(1 + x). */
export function log1p(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, log1pOfDouble);
}

/** log₂x. */
export function log2(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, log2OfDouble);
}

/** log₁₀x. */
export function log10(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, y) => d.mul(logOfDouble(d, y), d.constant(Math.LOG10E)));
}
