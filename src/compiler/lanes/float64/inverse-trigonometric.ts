/** asin, acos, atan and atan2 on float64 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { evenOdd, type Pair, quickSum, quotient, signOf, withSign } from "./exact.ts";

/**
 * (arcsin s − s)/s³ as a function of s², s ≤ ½, minimax (Remez exchange in 45 digits); the error is 2⁻⁵⁸ of
 * s.
 */
const arcsineSeries = [
  0.16666666666666702, 0.07499999999984512, 0.04464285716363589, 0.030381943144579298, 0.02237220493296737,
  0.01735175662886797, 0.013979471020561818, 0.011407154083992581, 0.010748062408675763, 0.003780692512931293,
  0.021629901194525927, -0.021020602265697838, 0.03271609930619314,
];

/** (arctan t − t)/t³ as a function of t², t ≤ ½, minimax; the error is 2⁻⁶¹ of t. */
const arctangentSeries = [
  -0.33333333333333326, 0.19999999999995985, -0.14285714285170464, 0.11111111076557166, -0.09090907844626053,
  0.07692279434055971, -0.06666238986217228, 0.05877875843519225, -0.05230114882159426, 0.04588895149495976,
  -0.03708516173525977, 0.02358229772782541, -0.008306197926534942,
];

/** π/2 as a double, and what that lacks. */
const halfPi = 1.5707963267948966;
const halfPiLow = 6.123233995736766e-17;

/** π/4 in a head whose small multiples are exact, and the rest. */
const quarterPiHigh = 0.7853981633974456;
const quarterPiLow = 2.6951514290790595e-15;

interface Arcsine {
  /** Where |x| < ½. */
  readonly isCentral: Vector;
  /** arcsin |x|, or where x is not central arcsin √((1 − |x|)/2), which is ½·arccos |x|. */
  readonly value: Pair;
}

/** The root is taken as a head f of 26 bits and (z − f²)/(√z + f), as fdlibm does. */
function arcsine(l: Lanes, x: Vector): Arcsine {
  const size = l.abs(x);
  const half = l.constant(0.5);
  const isCentral = l.less(size, half);
  const z = l.select(isCentral, l.mul(size, size), l.mul(l.sub(l.constant(1), size), half));
  const root = l.sqrt(z);
  const f = l.and(root, l.integer(-(1n << 27n)));
  // The smallest normal number keeps 0/0 away and is lost beside anything else.
  const sum = l.add(l.add(root, f), l.constant(2 ** -1022));
  const rest = l.andNot(l.div(l.sub(z, l.mul(f, f)), sum), isCentral);
  const s = l.select(isCentral, size, root);
  const cubic = l.mul(l.mul(s, z), evenOdd(l, z, arcsineSeries));
  return { isCentral, value: { high: l.select(isCentral, size, f), low: l.add(rest, cubic) } };
}

/** arcsin x = π/2 − arccos x for x ≥ ½. */
export function asin(l: Lanes, x: Vector): Vector {
  const { isCentral, value } = arcsine(l, x);
  const factor = l.select(isCentral, l.constant(1), l.constant(-2));
  const main = quickSum(l, l.andNot(l.constant(halfPi), isCentral), l.mul(value.high, factor));
  const rest = l.add(main.low, l.andNot(l.constant(halfPiLow), isCentral));
  return withSign(l, l.add(main.high, l.add(rest, l.mul(value.low, factor))), x);
}

/** arccos x = π/2 − arcsin x in the centre, π − arccos |x| for x ≤ −½. */
export function acos(l: Lanes, x: Vector): Vector {
  const { isCentral, value } = arcsine(l, x);
  const isNegative = l.less(x, l.constant(0));
  const turns = l.select(isCentral, l.constant(1), l.and(isNegative, l.constant(2)));
  const size = l.select(isCentral, l.constant(-1), l.constant(2));
  const factor = l.xor(size, l.and(isNegative, l.constant(-0)));
  const main = quickSum(l, l.mul(turns, l.constant(halfPi)), l.mul(value.high, factor));
  const rest = l.add(main.low, l.mul(turns, l.constant(halfPiLow)));
  return l.add(main.high, l.add(rest, l.mul(value.low, factor)));
}

/** Quarter turns that are added to an angle with a sign. */
interface Turn {
  /** −0 where the angle is subtracted. */
  readonly sign: Vector;
  readonly quarters: Vector;
}

/**
 * quarters·π/4 ± arctan(a/b) for 0 ≤ a ≤ b. For a > b/2 it is π/4 + arctan((a − b)/(a + b)), where a − b is
 * exact.
 */
function arctangent(l: Lanes, a: Vector, b: Vector, { sign, quarters }: Turn): Vector {
  const isFar = l.greater(l.add(a, a), b);
  const numerator = l.select(isFar, l.sub(a, b), a);
  const sum = quickSum(l, b, l.and(a, isFar));
  const t = quotient(l, numerator, sum);
  const square = l.mul(t.high, t.high);
  const cubic = l.mul(l.mul(t.high, square), evenOdd(l, square, arctangentSeries));
  // The derivative of arctan is 1/(1 + t²).
  const rest = l.add(cubic, l.sub(t.low, l.mul(t.low, square)));
  const turns = l.add(quarters, l.xor(l.and(isFar, l.constant(1)), sign));
  const main = quickSum(l, l.mul(turns, l.constant(quarterPiHigh)), l.xor(t.high, sign));
  const low = l.add(main.low, l.mul(turns, l.constant(quarterPiLow)));
  return l.add(main.high, l.add(low, l.xor(rest, sign)));
}

/** arctan x, π/2 − arctan(1/x) for x > 1. */
export function atan(l: Lanes, x: Vector): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(2 ** 60));
  const one = l.constant(1);
  const isLarge = l.greater(size, one);
  const turn = { sign: l.and(isLarge, l.constant(-0)), quarters: l.and(isLarge, l.constant(2)) };
  return withSign(l, arctangent(l, l.select(isLarge, one, size), l.select(isLarge, size, one), turn), x);
}

/** Where splitting might overflow or underflow, the host is asked. */
const largest = 2 ** 900;
const smallest = 2 ** -900;

/** The angle of the point (x, y). */
export function atan2(l: Lanes, y: Vector, x: Vector): Vector {
  const [height, width] = [l.abs(y), l.abs(x)];
  const isSteep = l.greater(height, width);
  const a = l.select(isSteep, width, height);
  const b = l.select(isSteep, height, width);
  const isZero = l.equal(a, l.constant(0));
  // −0 is to the left as well, so the sign bit decides, not a comparison.
  const isLeft = l.greaterInteger(l.integer(0), x);
  const sign = l.and(l.xor(isSteep, isLeft), l.constant(-0));
  const quarters = l.select(isSteep, l.constant(2), l.and(isLeft, l.constant(4)));
  const angle = arctangent(l, a, l.select(isZero, l.constant(1), b), { sign, quarters });
  const isUsual = l.and(
    l.or(isZero, l.greaterEqual(a, l.constant(smallest))),
    l.less(b, l.constant(largest)),
  );
  return l.patch(l.or(angle, signOf(l, y)), l.not(isUsual), () => l.byHost("atan2", y, x));
}
