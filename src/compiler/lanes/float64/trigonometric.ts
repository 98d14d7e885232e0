/**
 * sin, cos and tan on float64 lanes: x = k·π/2 + r with |r| ≤ π/4, π/2 in three parts (Cody & Waite 1980,
 * with the parts of fdlibm), then polynomials of r for sine and cosine both, of which each lane takes one. /
 */
import type { Lanes, Vector } from "../lanes.ts";
import { type Pair, quickSum, quotient, signOf } from "./exact.ts";
import { rounding } from "./exponential.ts";

/** π/2 in parts of 33, 33 and 53 bits: products of the first two with k < 2²⁰ are exact. */
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;

/** Beyond, k has more than 20 bits. */
const limit = 1.6e6;

/** Where the remainder is smaller than this share of x, its error shows. */
const closeness = 2 ** -60;

interface Reduced extends Pair {
  /** k + 1 in the low bits for cos, k for the others. */
  readonly shifted: Vector;
  /** Where the remainder is not good enough. */
  readonly isRare: Vector;
}

/** |x| less the nearest multiple of π/2. */
function reduce(l: Lanes, size: Vector, shift: number): Reduced {
  const shifted = l.multiplyAdd(size, l.constant(2 / Math.PI), l.constant(rounding + shift));
  const k = l.sub(shifted, l.constant(rounding + shift));
  const first = l.sub(size, l.mul(k, l.constant(halfPi[0])));
  const second = l.mul(k, l.constant(halfPi[1]));
  const third = l.mul(k, l.constant(halfPi[2]));
  const coarse = l.sub(first, second);
  const lost = l.sub(l.sub(first, coarse), second);
  const high = l.sub(coarse, third);
  const low = l.add(l.sub(l.sub(coarse, high), third), lost);
  const isClose = l.less(l.abs(high), l.mul(size, l.constant(closeness)));
  return { shifted, high, low, isRare: l.or(l.greater(size, l.constant(limit)), isClose) };
}

/**
 * (sin r − r)/r³ as a function of r², minimax (Remez exchange in 45 digits); the error of sin r is 2⁻⁵⁷ of r.
 */
const sineSeries = [
  -0.1666666666666664, 0.008333333333323575, -0.00019841269830064203, 2.7557313621772334e-6,
  -2.5050729635265807e-8, 1.5894416123736176e-10,
];

/** (cos r − 1 + r²/2)/r⁴ as a function of r², likewise; the error of cos r is 2⁻⁶². */
const cosineSeries = [
  0.04166666666666665, -0.0013888888888882785, 2.4801587294577772e-5, -2.755731571977472e-7,
  2.0875894648066124e-9, -1.1367797522427116e-11,
];

/** sin r and cos r, each as a sum of which the first term is much larger. */
function sineAndCosine(l: Lanes, { high: r, low }: Pair): { readonly sine: Pair; readonly cosine: Pair } {
  const square = l.mul(r, r);
  const half = l.mul(square, l.constant(0.5));
  const top = l.sub(l.constant(1), half);
  const lost = l.sub(l.sub(l.constant(1), top), half);
  const quartic = l.mul(l.mul(square, square), l.polynomial(square, cosineSeries));
  const cosine = l.add(l.sub(quartic, l.mul(r, low)), lost);
  const cubic = l.mul(l.mul(square, r), l.polynomial(square, sineSeries));
  const sine = l.add(cubic, l.mul(low, top));
  return { sine: { high: r, low: sine }, cosine: { high: top, low: cosine } };
}

/** Where k is odd. */
function isOdd(l: Lanes, shifted: Vector): Vector {
  return l.equalInteger(l.and(shifted, l.integer(1)), l.integer(1));
}

/** sin(|x| + shift·π/2), with the sign bits given turned. */
function turned(l: Lanes, x: Vector, name: "sin" | "cos"): Vector {
  const reduced = reduce(l, l.abs(x), name === "sin" ? 0 : 1);
  const { sine, cosine } = sineAndCosine(l, reduced);
  const value = l.select(
    isOdd(l, reduced.shifted),
    l.add(cosine.high, cosine.low),
    l.add(sine.high, sine.low),
  );
  const half = l.shiftLeft(l.and(reduced.shifted, l.integer(2)), 62);
  const sign = name === "sin" ? l.xor(half, signOf(l, x)) : half;
  return l.patch(l.xor(value, sign), reduced.isRare, () => l.byHost(name, x));
}

/** sin x. */
export function sin(l: Lanes, x: Vector): Vector {
  return turned(l, x, "sin");
}

/** cos x = sin(x + π/2). */
export function cos(l: Lanes, x: Vector): Vector {
  return turned(l, x, "cos");
}

/** tan x = sin r/cos r, or −cos r/sin r in odd quadrants. */
export function tan(l: Lanes, x: Vector): Vector {
  const reduced = reduce(l, l.abs(x), 0);
  const parts = sineAndCosine(l, reduced);
  const sine = quickSum(l, parts.sine.high, parts.sine.low);
  const cosine = quickSum(l, parts.cosine.high, parts.cosine.low);
  const odd = isOdd(l, reduced.shifted);
  const choose = (a: Pair, b: Pair): Pair => ({
    high: l.select(odd, a.high, b.high),
    low: l.select(odd, a.low, b.low),
  });
  const { high, low } = quotient(l, choose(cosine, sine), choose(sine, cosine));
  const sign = l.xor(signOf(l, x), l.and(odd, l.constant(-0)));
  return l.patch(l.xor(l.add(high, low), sign), reduced.isRare, () => l.byHost("tan", x));
}
