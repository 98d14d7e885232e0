/** (B + δI) p = −g. Levenberg (1944), for a general f. The step is shortened alike in all variables. */
import { dampedNewton } from "./damped-newton.ts";

/**
 * Newton's step, damped as Levenberg does it: (B + δI) p = −g. The larger δ, the shorter the step, and the nearer to the
 * direction −g. It depends on the units of the variables.
 */
export function levenberg(): ReturnType<typeof dampedNewton> {
  return dampedNewton("levenberg", (_hessian, n) => new Float64Array(n).fill(1));
}
