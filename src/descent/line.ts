/** Descents along a straight line: p = t d with a direction d found once. */
import { dot, maxNorm, scaled } from "../core/vector.ts";
import type { Belief } from "../model/model.ts";
import type { Descent } from "./descent.ts";

/** A line through x. */
export interface Line {
  /** The direction, `[n]`. */
  readonly d: Float64Array;
  /** gᵀd. */
  readonly slope: number;
}

/** The share of x that a first step moves where no length is known: Hager & Zhang (2006), algorithm I0. */
const firstShare = 0.01;

/** The descent along what `direction` finds; `isNatural` says whether its length is the model's own. */
export function lineDescent<B extends Belief>(
  name: string,
  direction: (belief: B) => Float64Array,
  isNatural: (belief: B) => boolean,
): Descent<B, "length", Line> {
  return {
    name,
    control: "length",
    prepare: (belief) => {
      const d = direction(belief);
      const slope = dot(belief.gradient, d);
      if (slope !== -Infinity) return { d, slope };
      // Gradients above 10¹⁵⁴: their square is no number, but where they point is known.
      const unit = scaled(1 / maxNorm(d), d);
      return { d: unit, slope: dot(belief.gradient, unit) };
    },
    opening: (belief, { d, slope }, x) => ({
      slope,
      isNatural: isNatural(belief),
      guess: firstLength(x, d),
      promise: Number.NaN,
    }),
    propose: (_belief, { d, slope }, t) => ({ p: scaled(t, d), predicted: t * slope }),
  };
}

/** A step of a hundredth of x; from x = 0, which has no scale, a step of 1. Rule I0 takes 0.01|f|/‖g‖² there. */
function firstLength(x: Float64Array, d: Float64Array): number {
  return (firstShare * maxNorm(x) || 1) / maxNorm(d);
}
