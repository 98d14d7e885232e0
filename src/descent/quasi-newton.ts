/** d = −H g with a learned inverse Hessian H. Nocedal & Wright (2006), eq. 6.18. */
import { scaled } from "../core/vector.ts";
import { type InverseBelief, multiply } from "../model/inverse.ts";
import type { Descent } from "./descent.ts";
import { type Line, lineDescent } from "./line.ts";

/** The step to the minimum of the model; until something was learned, the steepest direction. */
export function quasiNewtonDirection(): Descent<InverseBelief, "length", Line> {
  return lineDescent(
    "quasi-newton",
    ({ gradient, H, updates }) => {
      if (updates === 0) return scaled(-1, gradient);
      const d = multiply(H, gradient);
      for (let i = 0; i < d.length; i++) d[i] = -(d[i] ?? 0);
      return d;
    },
    ({ updates }) => updates > 0,
  );
}
