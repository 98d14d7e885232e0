/** When a pair of differences s, y tells of curvature. */
import { dot, norm } from "../core/vector.ts";

/**
 * sᵀy where a quasi-Newton update with the pair keeps its matrix positive definite, else undefined: then the update is
 * skipped. The pair counts when the cosine of the angle between s and y exceeds the rounding of sᵀy.
 * Nocedal & Wright (2006), eq. 6.7.
 */
export function curvature(s: Float64Array, y: Float64Array): number | undefined {
  const sy = dot(s, y);
  const bound = norm(s) * norm(y);
  return sy > Number.EPSILON * bound && bound > 0 && Number.isFinite(1 / sy) && bound < Infinity
    ? sy
    : undefined;
}
