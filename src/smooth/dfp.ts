/** DFP = dfp × quasi-newton × strong Wolfe. Nocedal & Wright (2006), algorithm 6.1 with eq. 6.15. */
import type { Line } from "../descent/line.ts";
import { quasiNewtonDirection } from "../descent/quasi-newton.ts";
import { dfpModel } from "../model/dfp.ts";
import type { InverseBelief } from "../model/inverse.ts";
import { type StrongWolfeState, strongWolfe } from "../search/strong-wolfe.ts";
import type { MethodCard } from "../solver/card.ts";
import { lineSearchSetting, type NoNumbers, type RecipeFactory, recipe } from "./recipe.ts";

const card: MethodCard = {
  name: "dfp",
  title: "DFP",
  family: "smooth",
  summary:
    "The first quasi-Newton method: learns the inverse Hessian from gradients. BFGS recovers better from bad steps.",
  equation:
    "x_{k+1} = x_k - t_k H_k \\nabla f(x_k), \\quad H_{k+1} = H_k - \\frac{H_k y y^\\top H_k}{y^\\top H_k y} + \\frac{s s^\\top}{s^\\top y}",
  paper: "Davidon (1959); Fletcher & Powell (1963); Nocedal & Wright (2006), eq. 6.15",
  settings: [
    lineSearchSetting(
      "strongWolfe({ curvature: 0.1 })",
      "Nabla: with looser searches DFP needs ten times the steps; Powell (1986) shows why",
    ),
  ],
  asks: ["value", "gradient"],
  cost: { time: "O(k^2)", memory: "O(k^2)" },
  tests: [["gradient"], ["step"]],
  // Short steps are no sign of convergence: they are as short where H is still wrong. Whoever wants the test gives its limit.
  tolerance: { gradient: 1e-8 },
};

/**
 * The method of Davidon, Fletcher and Powell.
 *
 * ```ts
 * import { dfp } from "nabla";
 *
 * dfp().settings.search; // → { name: "strong-wolfe", decrease: 0.0001, curvature: 0.1, maxTrials: 30 }
 * ```
 *
 * @throws ArgumentError for an option it does not know, or a search that does not turn a length.
 */
export const dfp: RecipeFactory<
  NoNumbers,
  InverseBelief,
  "length",
  Line,
  "gradient",
  StrongWolfeState,
  "value" | "gradient"
> = recipe(
  card,
  () => ({ model: dfpModel(), descent: quasiNewtonDirection() }),
  () => strongWolfe({ curvature: 0.1 }),
);
