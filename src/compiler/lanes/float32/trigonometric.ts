/**
 * Sine, cosine and tangent on float32 lanes, in doubles: x less a multiple of π in two parts (Cody & Waite, 1980), then minimax
 * polynomials (Remez exchange in 45 digits). Beyond 2²⁰ the host computes.
 */
import type { Lanes, Vector } from "../lanes.ts";
import { inDoubles } from "./bits.ts";

/** π in two parts: products of the first with numbers of 19 bits are exact. */
const piHigh = 3.1415926534682512;
const piLow = 1.2154201013012384e-10;

/** Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits. */
const rounding = 1.5 * 2 ** 52;

/** sin(r)/r in r² for |r| ≤ π/2; the error is 2⁻²⁸. */
const sineSeries = [
  0.9999999957285046, -0.16666657985019098, 0.008333050896053922, -0.00019809062633444283,
  2.6051956058686934e-6,
];

/** sin(r)/r and cos r in r² for |r| ≤ π/4; the errors are 2⁻³⁷ and 2⁻³⁴. */
const narrowSineSeries = [
  0.9999999999956772, -0.16666666631607507, 0.008333328783332294, -0.00019839202321511284,
  2.717345618669668e-6,
];
const narrowCosineSeries = [
  0.9999999999525527, -0.49999999615125873, 0.04166661670932838, -0.001388661830663966, 2.4379845697897696e-5,
];

function lessMultiple(d: Lanes, x: Vector, n: Vector, [high, low]: readonly [number, number]): Vector {
  return d.multiplyAdd(n, d.constant(-low), d.multiplyAdd(n, d.constant(-high), x));
}

/** sin r, negated where the number in the low bits is odd. */
function signedSine(d: Lanes, r: Vector, shifted: Vector): Vector {
  const y = d.mul(r, d.polynomial(d.mul(r, r), sineSeries));
  return d.xor(y, d.shiftLeft(shifted, 63));
}

/** sin(nπ + r) = (−1)ⁿ sin r. */
function sineOfDouble(d: Lanes, x: Vector): Vector {
  const shifted = d.multiplyAdd(x, d.constant(1 / Math.PI), d.constant(rounding));
  const n = d.sub(shifted, d.constant(rounding));
  return signedSine(d, lessMultiple(d, x, n, [piHigh, piLow]), shifted);
}

/** cos((n − ½)π + r) = (−1)ⁿ sin r. */
function cosineOfDouble(d: Lanes, x: Vector): Vector {
  const turns = d.multiplyAdd(x, d.constant(1 / Math.PI), d.constant(0.5));
  const shifted = d.add(turns, d.constant(rounding));
  const n = d.sub(shifted, d.constant(rounding));
  const halves = d.sub(n, d.constant(0.5));
  return signedSine(d, lessMultiple(d, x, halves, [piHigh, piLow]), shifted);
}

/** tan(nπ/2 + r) = tan r for even n and −1/tan r for odd ones. */
function tangentOfDouble(d: Lanes, x: Vector): Vector {
  const shifted = d.multiplyAdd(x, d.constant(2 / Math.PI), d.constant(rounding));
  const n = d.sub(shifted, d.constant(rounding));
  const r = lessMultiple(d, x, n, [piHigh / 2, piLow / 2]);
  const square = d.mul(r, r);
  const sine = d.mul(r, d.polynomial(square, narrowSineSeries));
  const cosine = d.polynomial(square, narrowCosineSeries);
  const oddSign = d.shiftLeft(shifted, 63);
  const isOdd = d.greaterInteger(d.integer(0), oddSign);
  const y = d.div(d.select(isOdd, cosine, sine), d.select(isOdd, sine, cosine));
  return d.xor(y, oddSign);
}

/** Up to here the multiple of π/2 has at most 20 bits. */
const farOut = 2 ** 20;

function isFar(l: Lanes, x: Vector): Vector {
  return l.not(l.lessEqual(l.abs(x), l.constant(farOut)));
}

/** sin x. */
export function sin(l: Lanes, x: Vector): Vector {
  return l.patch(inDoubles(l, x, sineOfDouble), isFar(l, x), () => l.byHost("sin", x));
}

/** cos x. */
export function cos(l: Lanes, x: Vector): Vector {
  return l.patch(inDoubles(l, x, cosineOfDouble), isFar(l, x), () => l.byHost("cos", x));
}

/** tan x. */
export function tan(l: Lanes, x: Vector): Vector {
  return l.patch(inDoubles(l, x, tangentOfDouble), isFar(l, x), () => l.byHost("tan", x));
}
