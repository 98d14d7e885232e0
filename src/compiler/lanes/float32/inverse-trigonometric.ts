/** Angles from sines, cosines and tangents on float32 lanes, in doubles. Polynomials are minimax (Remez exchange in 45 digits). */
import type { Lanes, Vector } from "../lanes.ts";
import { inDoubles, pairInDoubles, withSign } from "./bits.ts";

/** (arcsin(s) − s)/s³ in s² for s ≤ ½; the error of arcsin is 2⁻³¹. */
const arcsineSeries = [
  0.16666662207637717, 0.0750043008945729, 0.044523385027483306, 0.03180166706228404, 0.01432623766770197,
  0.03781942353509115,
];

/** arctan(t)/t in t² for t ≤ 1; the error is 2⁻²⁹. */
const arctangentSeries = [
  0.9999999978791718, -0.33333287692054353, 0.19998374519729534, -0.14263050598374302, 0.10947793495777311,
  -0.08394001131436613, 0.05783578771081477, -0.03108561616659372, 0.010877028318174721,
  -0.0017873224013396738,
];

interface Arcsine {
  /** Whether |x| > ½. */
  readonly isLarge: Vector;
  /** arcsin|x|, or where that is large ½ arccos|x|. */
  readonly angle: Vector;
}

/** arcsin a = π/2 − 2 arcsin √((1 − a)/2) keeps the argument of the series below ½. */
function arcsineOfSize(d: Lanes, size: Vector): Arcsine {
  const isLarge = d.greater(size, d.constant(0.5));
  const halfRest = d.sub(d.constant(0.5), d.mul(size, d.constant(0.5)));
  const square = d.select(isLarge, halfRest, d.mul(size, size));
  const s = d.select(isLarge, d.sqrt(halfRest), size);
  return { isLarge, angle: d.multiplyAdd(d.mul(s, square), d.polynomial(square, arcsineSeries), s) };
}

/** arcsin x. */
export function asin(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const { isLarge, angle } = arcsineOfSize(d, d.abs(v));
    const complement = d.sub(d.constant(Math.PI / 2), d.add(angle, angle));
    return withSign(d, d.select(isLarge, complement, angle), v);
  });
}

/** arccos x. */
export function acos(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const { isLarge, angle } = arcsineOfSize(d, d.abs(v));
    const ofSize = d.select(isLarge, d.add(angle, angle), d.sub(d.constant(Math.PI / 2), angle));
    return d.select(d.less(v, d.constant(0)), d.sub(d.constant(Math.PI), ofSize), ofSize);
  });
}

/** arctan(high/low) of sizes, by arctan t = π/2 − arctan 1/t where high is the greater. */
function arctangent(d: Lanes, high: Vector, low: Vector): Vector {
  // NaN on either side comes through: each of the two prefers another operand.
  const t = d.div(d.pseudoMin(high, low), d.pseudoMax(low, high));
  const angle = d.mul(t, d.polynomial(d.mul(t, t), arctangentSeries));
  return d.select(d.greater(high, low), d.sub(d.constant(Math.PI / 2), angle), angle);
}

/** arctan x. */
export function atan(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => withSign(d, arctangent(d, d.abs(v), d.constant(1)), v));
}

/** The angle of the point (x, y), from −π to π. */
export function atan2(l: Lanes, y: Vector, x: Vector): Vector {
  return pairInDoubles(l, y, x, (d, high, low) => {
    // Finite and positive stand-ins for ∞ and 0, beyond all of float32, make the quotients of two of them what they shall be.
    const finite = (v: Vector): Vector => d.pseudoMin(d.abs(v), d.constant(1e150));
    const width = finite(low);
    const isOrigin = d.equal(width, d.constant(0));
    const angle = arctangent(d, finite(high), d.select(isOrigin, d.constant(1e-150), width));
    const isLeft = d.greaterInteger(d.integer(0), low);
    return withSign(d, d.select(isLeft, d.sub(d.constant(Math.PI), angle), angle), high);
  });
}
