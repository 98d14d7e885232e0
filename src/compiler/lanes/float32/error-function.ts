/** The error function and what it lacks of 1, on float32 lanes. Polynomials are minimax (Remez exchange in 45 digits). */
import type { Lanes, Vector } from "../lanes.ts";
import { inDoubles, withSign } from "./bits.ts";
import { expOfDouble } from "./double-exponential.ts";

/** Up to here erf is a series in x². A float32 whose 1 − erf is one as well, to 2⁻³⁶. */
const seriesEnd = 0.8300013542175293;

/** erf(x)/x − 1 + x²/4 in x² up to the end of the series; the error is 2⁻³⁰. */
const nearSeries = [
  0.12837917, -0.12612629, 0.11283618, -0.026854698, 0.005187937, -0.0007973369, 0.00007545422,
];

/** log₂((1 − erf(c + t))/(1 − erf c))/t for the end c of the series and c + t < 3.95; the error of erf is 2⁻²⁹. */
const tailExponent = [-3.3991652, -1.1831266, -0.07058697, 0.016885703, -0.0030518416, 0.00029761225];

/** (1 − erf c)·2ᶠ for |f| ≤ ½; the error is 2⁻³⁰. */
const scaledPowerOfTwo = [
  0.24047548, 0.16668491, 0.05776859, 0.013347056, 0.0023127866, 0.0003226729, 0.000037581012,
];

/** Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits. */
const rounding = 1.5 * 2 ** 23;

/** From here on erf is 1. */
const saturation = 3.95;

/** erf x: a series near 0, and 1 − 2^(polynomial) beyond. */
export function erf(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const square = l.mul(x, x);
  // −x²/4, the greater part of the series, is set apart, for that product is exact.
  const series = l.multiplyAdd(square, l.constant(-0.25), l.polynomial(square, nearSeries));
  const near = l.multiplyAdd(size, series, size);
  const beyond = l.sub(l.pseudoMin(size, l.constant(saturation)), l.constant(seriesEnd));
  const exponent = l.mul(beyond, l.polynomial(beyond, tailExponent));
  const shifted = l.add(exponent, l.constant(rounding));
  const fraction = l.sub(exponent, l.sub(shifted, l.constant(rounding)));
  const tail = l.addInteger(l.polynomial(fraction, scaledPowerOfTwo), l.shiftLeft(shifted, 23));
  const far = l.sub(l.constant(1), tail);
  return withSign(l, l.select(l.greater(size, l.constant(seriesEnd)), far, near), x);
}

/** exp(x²)·erfc(x)·(1 + 2x) in (x − 3)/(x + 3) for 0 ≤ x ≤ 10.6, a form of Shepherd & Laframboise (1981); the error is 2⁻³⁰. */
const scaledSeries = [
  1.2530080590583712, -0.13562111166227747, -0.04756239638895766, 0.12964536199119275, -0.11927144366356644,
  0.06830668077986986, -0.023788255573263674, 0.0025261297180597907, 0.0019485519239476467,
  -0.0007362450394204091, -0.00017608549080364922, 0.00003761476372389332,
];
const centre = 3;

/** From here on 1 − erf is 0 in float32. */
const vanishing = 10.5;

/** 1 − erf x; below 0 it is 2 less that of −x. */
export function erfc(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const size = d.pseudoMin(d.abs(v), d.constant(vanishing));
    const place = d.div(d.sub(size, d.constant(centre)), d.add(size, d.constant(centre)));
    const scaled = d.div(d.polynomial(place, scaledSeries), d.add(d.add(size, size), d.constant(1)));
    const y = d.mul(scaled, expOfDouble(d, d.neg(d.mul(size, size))));
    return d.select(d.less(v, d.constant(0)), d.sub(d.constant(2), y), y);
  });
}
