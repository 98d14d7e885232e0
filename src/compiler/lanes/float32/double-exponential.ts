/**
 * The exponential function on float64 lanes, good to 2⁻²⁸ relative: enough to be rounded to float32. eˣ = 2ⁿ·eʳ with n = x/log 2
 * to the nearest and |r| ≤ ½ log 2; eʳ is a minimax polynomial (Remez exchange in 45 digits). |x| must stay below 700.
 */
import type { Lanes, Vector } from "../lanes.ts";

/** Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits. */
const rounding = 1.5 * 2 ** 52;

const mantissaBits = 52;

/** (eʳ − 1 − r)/r². The error of eʳ is 2⁻²⁸·³. */
const exponential = [
  0.49999993412634347, 0.16666520107977476, 0.0416683941862353, 0.008368780385932629, 0.0013814468132101632,
];

/** The same, so that the error of eʳ − 1 is 2⁻³¹. */
const exponentialMinusOne = [
  0.5000000081286525, 0.1666666675694132, 0.04166623900474436, 0.008333285836560053, 0.001394870045414191,
  0.00019907704448986996,
];

/** 2ᶠ for |f| ≤ ½; the error is 2⁻²⁹. */
const powerOfTwo = [
  1.000000000563048, 0.693147206037077, 0.2402264684482544, 0.05550328123994195, 0.009618491846814618,
  0.0013400195409904588, 0.0001534557880619697,
];

interface Reduced {
  /** n in the low bits. */
  readonly shifted: Vector;
  readonly r: Vector;
}

function reduce(d: Lanes, x: Vector): Reduced {
  const shifted = d.multiplyAdd(x, d.constant(Math.LOG2E), d.constant(rounding));
  const n = d.sub(shifted, d.constant(rounding));
  return { shifted, r: d.multiplyAdd(n, d.constant(-Math.LN2), x) };
}

/** y·2ⁿ for normal y and y·2ⁿ. */
function scale(d: Lanes, y: Vector, shifted: Vector): Vector {
  return d.addInteger(y, d.shiftLeft(shifted, mantissaBits));
}

/** eˣ. */
export function expOfDouble(d: Lanes, x: Vector): Vector {
  const { shifted, r } = reduce(d, x);
  return scale(d, d.polynomial(r, [1, 1, ...exponential]), shifted);
}

/** eˣ − 1, also relative to itself near 0, but −0 gives 0. */
export function expm1OfDouble(d: Lanes, x: Vector): Vector {
  const { shifted, r } = reduce(d, x);
  const near = d.mul(r, d.polynomial(r, [1, ...exponentialMinusOne]));
  const power = scale(d, d.constant(1), shifted);
  return d.multiplyAdd(near, power, d.sub(power, d.constant(1)));
}

/** 2ˣ. */
export function exp2OfDouble(d: Lanes, x: Vector): Vector {
  const shifted = d.add(x, d.constant(rounding));
  const fraction = d.sub(x, d.sub(shifted, d.constant(rounding)));
  return scale(d, d.polynomial(fraction, powerOfTwo), shifted);
}
