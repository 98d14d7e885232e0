/**
 * H⁺ = H − H y yᵀH / yᵀH y + s sᵀ / sᵀy.
 * Davidon (1959), Fletcher & Powell (1963); Nocedal & Wright (2006), eq. 6.15. A step without positive curvature teaches
 * nothing, and the correction is skipped.
 */
import { entry } from "../core/vector.ts";
import { type InverseBelief, inverseModel, type Secant } from "./inverse.ts";
import type { Model } from "./model.ts";

/** The inverse Hessian by the formula of Davidon, Fletcher and Powell. */
export function dfpModel(): Model<InverseBelief, "gradient"> {
  return inverseModel("dfp", correct);
}

function correct(H: Float64Array, { s, sy, Hy, yHy }: Secant): void {
  const n = s.length;
  for (let i = 0, k = 0; i < n; i++) {
    const [si, ui] = [entry(s, i), entry(Hy, i)];
    for (let j = 0; j < n; j++, k++)
      H[k] = entry(H, k) + ((si * entry(s, j)) / sy - (ui * entry(Hy, j)) / yHy);
  }
}
