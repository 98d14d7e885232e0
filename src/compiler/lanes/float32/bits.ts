/** Signs, clamps and the way through doubles, which many functions of float32 lanes share. */
import { type Lanes, lanes, type Vector } from "../lanes.ts";
import { narrow, widen } from "../widths.ts";

/** The sign bits of x, all else zero. */
export function signOf(l: Lanes, x: Vector): Vector {
  return l.and(x, l.constant(-0));
}

/** size ≥ 0 with the sign of x. */
export function withSign(l: Lanes, size: Vector, x: Vector): Vector {
  return l.or(size, signOf(l, x));
}

/** x between two bounds; NaN stays NaN. */
export function clamp(l: Lanes, x: Vector, low: number, high: number): Vector {
  return l.pseudoMax(l.pseudoMin(x, l.constant(high)), l.constant(low));
}

/** A function of float64 lanes, accurate to 2⁻²⁹ or so, rounded once to float32. */
export function inDoubles(l: Lanes, x: Vector, f: (d: Lanes, x: Vector) => Vector): Vector {
  return narrow(l, f(lanes("float64", 2 * l.count, l.context), widen(l, x)));
}

/** The same of two vectors. */
export function pairInDoubles(
  l: Lanes,
  x: Vector,
  y: Vector,
  f: (d: Lanes, x: Vector, y: Vector) => Vector,
): Vector {
  return narrow(l, f(lanes("float64", 2 * l.count, l.context), widen(l, x), widen(l, y)));
}
