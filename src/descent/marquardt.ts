/**
 * (B + δ diag B) p = −g. Marquardt (1963), for a general f: the step does not depend on the units of the variables. Marquardt's
 * diagonal is that of JᵀJ and positive; that of a Hessian may be 0 or negative, so its size is taken, and what is lost
 * against the largest element is raised to where it is not.
 */
import { at } from "../core/exactly.ts";
import { dampedNewton } from "./damped-newton.ts";

/**
 * Newton's step, damped as Marquardt does it: (B + δ|diag B|) p = −g. For variables of very different scale.
 */
export function marquardt(): ReturnType<typeof dampedNewton> {
  return dampedNewton("marquardt", (hessian, n) => {
    const weights = Float64Array.from({ length: n }, (_, i) => Math.abs(at(hessian, i * n + i)));
    const largest = weights.reduce((a, b) => Math.max(a, b), 0);
    const least = largest > 0 ? Number.EPSILON * largest : 1;
    return weights.map((size) => Math.max(size, least));
  });
}
