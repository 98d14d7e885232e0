/**
 * The logarithm on float64 lanes, good to 2⁻³⁰ relative, and that to base 2 also to 2⁻⁴⁴. x = 2ᵏ·m with √½ ≤ m < √2; log m = 2 artanh s with s = f/(2 + f),
 * f = m − 1, whose series in s² is a minimax polynomial (Remez exchange in 45 digits).
 */
import type { Lanes, Vector } from "../lanes.ts";

/** (2 artanh(s) − 2s)/s³ in s²; the errors of 2 artanh are 2⁻³⁰ and 2⁻⁴⁵. */
const series = [0.6666677705101034, 0.39977449727423353, 0.2987441480461283];

const preciseSeries = [
  0.6666666667589269, 0.3999999558682797, 0.2857211323497849, 0.22176004259237173, 0.19586995346108593,
];

/** The bits of √½, and what is to be added to those of x for k + 1023 to come into the bits of the exponent. */
const rootHalf = 0x3fe6a09e667f3bcdn;
const toExponent = (1023n << 52n) - rootHalf;
const mantissa = (1n << 52n) - 1n;

/** The bits of 2⁵², whose last place is 1: with a small integer among them they are 2⁵² + that integer. */
const counter = 2 ** 52;

interface Parts {
  readonly k: Vector;
  /** m − 1. */
  readonly f: Vector;
}

function split(d: Lanes, x: Vector): Parts {
  const moved = d.addInteger(x, d.integer(toExponent));
  const biased = d.or(d.shiftRightLogical(moved, 52), d.constant(counter));
  const m = d.addInteger(d.and(moved, d.integer(mantissa)), d.integer(rootHalf));
  return { k: d.sub(biased, d.constant(counter + 1023)), f: d.sub(m, d.constant(1)) };
}

/** log(1 + f) for √½ ≤ 1 + f < √2. */
function near(d: Lanes, f: Vector, coefficients: readonly number[] = series): Vector {
  const s = d.div(f, d.add(f, d.constant(2)));
  const square = d.mul(s, s);
  return d.multiplyAdd(d.mul(s, square), d.polynomial(square, coefficients), d.add(s, s));
}

/** y = log x, but −∞ at 0, NaN below and x at ∞ and NaN. */
function withSpecials(d: Lanes, x: Vector, y: Vector): Vector {
  const below = d.select(d.equal(x, d.constant(0)), d.constant(-Infinity), d.constant(Number.NaN));
  const above = d.select(d.less(x, d.constant(Infinity)), y, x);
  return d.select(d.lessEqual(x, d.constant(0)), below, above);
}

/** log x for x = 0 and normal doubles. */
export function logOfDouble(d: Lanes, x: Vector): Vector {
  const { k, f } = split(d, x);
  return withSpecials(d, x, d.multiplyAdd(k, d.constant(Math.LN2), near(d, f)));
}

/** log₂x for x = 0 and normal doubles; exact at powers of two. */
export function log2OfDouble(d: Lanes, x: Vector): Vector {
  return log2With(d, x, series);
}

/** The same for powers, where an exponent up to 150 multiplies the error. */
export function preciseLog2OfDouble(d: Lanes, x: Vector): Vector {
  return log2With(d, x, preciseSeries);
}

function log2With(d: Lanes, x: Vector, coefficients: readonly number[]): Vector {
  const { k, f } = split(d, x);
  return withSpecials(d, x, d.multiplyAdd(near(d, f, coefficients), d.constant(Math.LOG2E), k));
}

/** log(1 + x), relative to itself near 0; −0 gives −0. */
export function log1pOfDouble(d: Lanes, x: Vector): Vector {
  const onePlus = d.add(x, d.constant(1));
  const { k, f } = split(d, onePlus);
  const isNear = d.equal(k, d.constant(0));
  const y = near(d, d.select(isNear, x, f));
  return withSpecials(d, onePlus, d.select(isNear, y, d.multiplyAdd(k, d.constant(Math.LN2), y)));
}
