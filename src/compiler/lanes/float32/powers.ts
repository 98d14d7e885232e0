/** Powers, roots and remainders on float32 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { clamp, inDoubles, pairInDoubles, signOf, withSign } from "./bits.ts";
import { exp2OfDouble } from "./double-exponential.ts";
import { preciseLog2OfDouble } from "./double-logarithm.ts";

/** Beyond, 2ˣ is 0 or ∞ in float32. */
const farExponent = 160;

/**
 * xʸ = 2^(y log₂|x|), negated for negative x and odd y. As JavaScript has it, 1 to the power ±∞ is NaN, which 0·∞ gives.
 */
export function pow(l: Lanes, x: Vector, y: Vector): Vector {
  const ofSize = pairInDoubles(l, l.abs(x), y, (d, base, exponent) =>
    exp2OfDouble(d, clamp(d, d.mul(exponent, preciseLog2OfDouble(d, base)), -farExponent, farExponent)),
  );
  const isWhole = l.equal(l.trunc(y), y);
  const half = l.mul(y, l.constant(0.5));
  const isOdd = l.and(isWhole, l.notEqual(l.trunc(half), half));
  const signed = l.or(ofSize, l.and(signOf(l, x), isOdd));
  const isImaginary = l.and(isFiniteNegative(l, x), l.not(isWhole));
  const power = l.or(signed, isImaginary);
  return l.select(l.equal(y, l.constant(0)), l.constant(1), power);
}

function isFiniteNegative(l: Lanes, x: Vector): Vector {
  return l.and(l.less(x, l.constant(0)), l.greater(x, l.constant(-Infinity)));
}

/** A third of the high word of a double and this are the high word of its cube root, to 5 bits. Kahan; fdlibm's s_cbrt.c. */
const thirdOfBias = 715_094_163;

/** ∛x by Halley's rule, t ← t·(t³ + 2x)/(2t³ + x), which has 14 bits after one step and 42 after two. */
export function cbrt(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const size = d.abs(v);
    const word = d.fromInteger(d.shiftRightLogical(size, 32));
    const guess = d.multiplyAdd(word, d.constant(1 / 3), d.constant(thirdOfBias));
    const better = (t: Vector): Vector => {
      const cube = d.mul(d.mul(t, t), t);
      const twice = d.add(size, size);
      return d.mul(t, d.div(d.add(cube, twice), d.add(d.add(cube, cube), size)));
    };
    const root = better(better(d.shiftLeft(d.toInteger(guess), 32)));
    return withSign(d, d.select(d.less(size, d.constant(Infinity)), root, size), v);
  });
}

/** √(x² + y²); ∞ where either is, whatever the other. */
export function hypot(l: Lanes, x: Vector, y: Vector): Vector {
  const root = pairInDoubles(l, x, y, (d, a, b) => d.sqrt(d.multiplyAdd(a, a, d.mul(b, b))));
  const infinity = l.constant(Infinity);
  const isInfinite = l.or(l.equal(l.abs(x), infinity), l.equal(l.abs(y), infinity));
  return l.select(isInfinite, infinity, root);
}

/** Up to this quotient its product with the divisor is exact in doubles. */
const farQuotient = 2 ** 28;

/** The remainder of x by y with the sign of x: x less y times the quotient cut to a whole number. */
export function rem(l: Lanes, x: Vector, y: Vector): Vector {
  const rest = pairInDoubles(l, l.abs(x), l.abs(y), (d, dividend, divisor) => {
    const quotient = d.div(dividend, divisor);
    const cut = d.sub(dividend, d.mul(d.trunc(quotient), divisor));
    const isFar = d.and(d.greater(quotient, d.constant(farQuotient)), d.less(quotient, d.constant(Infinity)));
    const isRare = d.or(isFar, d.equal(divisor, d.constant(Infinity)));
    return d.patch(cut, isRare, () => d.byHost("rem", dividend, divisor));
  });
  return withSign(l, rest, x);
}
