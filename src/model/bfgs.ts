/**
 * H⁺ = (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ with ρ = 1/sᵀy.
 * Broyden, Fletcher, Goldfarb, Shanno (1970); Nocedal & Wright (2006), eq. 6.17. A step without positive curvature
 * teaches nothing, and the correction is skipped.
 */
import { entry } from "../core/vector.ts";
import { type InverseBelief, inverseModel, type Secant } from "./inverse.ts";
import type { Model } from "./model.ts";

/** The inverse Hessian by the formula of Broyden, Fletcher, Goldfarb and Shanno. */
export function bfgsModel(): Model<InverseBelief, "gradient"> {
  return inverseModel("bfgs", correct);
}

/** Multiplied out: H + s vᵀ + v sᵀ with v = ½ρ(1 + ρ yᵀHy) s − ρ Hy. Written so, H stays symmetric to the last bit. */
function correct(H: Float64Array, { s, sy, Hy, yHy }: Secant): void {
  const n = s.length;
  const half = (1 + yHy / sy) / (2 * sy);
  const v = Hy;
  for (let i = 0; i < n; i++) v[i] = half * entry(s, i) - entry(Hy, i) / sy;
  for (let i = 0, k = 0; i < n; i++) {
    const [si, vi] = [entry(s, i), entry(v, i)];
    for (let j = 0; j < n; j++, k++) H[k] = entry(H, k) + (si * entry(v, j) + vi * entry(s, j));
  }
}
