/** The functions between the layers of a network, on float32 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { clamp, inDoubles, signOf } from "./bits.ts";
import { expOfDouble } from "./double-exponential.ts";

/** e to the minus this is 0 in float32. */
const vanishing = 105;

/** 1/(1 + e⁻ˣ). */
export function sigmoid(l: Lanes, x: Vector): Vector {
  const negated = l.neg(clamp(l, x, -vanishing, vanishing));
  return inDoubles(l, negated, (d, v) => d.div(d.constant(1), d.add(expOfDouble(d, v), d.constant(1))));
}

/** log(1 + u)/u for 0 ≤ u ≤ 1, minimax (Remez exchange in 45 digits); the error is 2⁻²⁸. */
const logarithm = [
  0.9999999952869492, -0.4999990242063942, 0.3332996238235267, -0.2495413340798819, 0.19675938225014203,
  -0.15305589911637726, 0.10603650627999878, -0.05695949342361508, 0.019851440961212004,
  -0.0032440204824374713,
];

/** log(1 + eˣ) = max(x, 0) + log(1 + u), u = e^(−|x|). */
export function softplus(l: Lanes, x: Vector): Vector {
  return inDoubles(l, x, (d, v) => {
    const u = expOfDouble(d, d.pseudoMax(d.neg(d.abs(v)), d.constant(-vanishing)));
    return d.multiplyAdd(u, d.polynomial(u, logarithm), d.pseudoMax(v, d.constant(0)));
  });
}

/** max(x, 0); −0 gives 0, and NaN stays. */
export function relu(l: Lanes, x: Vector): Vector {
  return l.andNot(x, l.lessEqual(x, l.constant(0)));
}

/** 1 with the sign of x; ±0 and NaN stay. */
export function sign(l: Lanes, x: Vector): Vector {
  const one = l.or(signOf(l, x), l.constant(1));
  return l.select(l.greater(l.abs(x), l.constant(0)), one, x);
}
