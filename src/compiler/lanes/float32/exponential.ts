/** eˣ and eˣ − 1 on float32 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { clamp, inDoubles, withSign } from "./bits.ts";
import { expm1OfDouble } from "./double-exponential.ts";

/** Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits. */
const rounding = 1.5 * 2 ** 23;

/** log 2 in two parts: products of the first with integers below 2¹⁴ are exact. Cody & Waite (1980). */
export const ln2High = 0.693359375;
export const ln2Low = -2.1219444e-4;

/** (eʳ − 1 − r)/r² for |r| ≤ ½ log 2, minimax (Remez exchange in 45 digits); the error of eʳ is 2⁻²⁸. */
const quadratic = [0.49999994, 0.1666652, 0.041668393, 0.008368781, 0.0013814468];

interface Reduced {
  /** n + bias in the low bits. */
  readonly shifted: Vector;
  /** e^(x − n log 2). */
  readonly power: Vector;
}

/** eˣ as a power with |r| ≤ ½ log 2 and n, the whole number nearest to x/log 2. */
export function reducedExponential(l: Lanes, x: Vector, bias: number): Reduced {
  const shifted = l.multiplyAdd(x, l.constant(Math.LOG2E), l.constant(rounding + bias));
  const n = l.sub(shifted, l.constant(rounding + bias));
  const high = l.multiplyAdd(n, l.constant(-ln2High), x);
  const low = l.mul(n, l.constant(-ln2Low));
  const r = l.add(high, low);
  // The exact part of r is added last, so that its rounding hardly counts.
  const tail = l.add(high, l.multiplyAdd(l.mul(r, r), l.polynomial(r, quadratic), low));
  return { shifted, power: l.add(tail, l.constant(1)) };
}

/** From below −104 eˣ is 0, from 89 on ∞. */
const underflow = -104;
const overflow = 89;

/** eˣ. 2ⁿ is multiplied in halves, each a normal number: the second product alone rounds, overflows or underflows. */
export function exp(l: Lanes, x: Vector): Vector {
  // With twice the bias of exponents, the halves of n + bias are exponents already.
  const { shifted, power } = reducedExponential(l, clamp(l, x, underflow, overflow), 254);
  const half = l.shiftRightLogical(shifted, 1);
  const rest = l.subInteger(shifted, half);
  return l.mul(l.mul(power, l.shiftLeft(half, 23)), l.shiftLeft(rest, 23));
}

/** eˣ − 1. */
export function expm1(l: Lanes, x: Vector): Vector {
  const y = inDoubles(l, clamp(l, x, underflow, overflow), expm1OfDouble);
  return withSign(l, y, x);
}
