/** BFGS = bfgs × quasi-newton × strong Wolfe. Nocedal & Wright (2006), algorithm 6.1. */
import type { Line } from "../descent/line.ts";
import { quasiNewtonDirection } from "../descent/quasi-newton.ts";
import { bfgsModel } from "../model/bfgs.ts";
import type { InverseBelief } from "../model/inverse.ts";
import { type StrongWolfeState, strongWolfe } from "../search/strong-wolfe.ts";
import type { MethodCard } from "../solver/card.ts";
import { lineSearchSetting, type NoNumbers, type RecipeFactory, recipe } from "./recipe.ts";

const card: MethodCard = {
  name: "bfgs",
  title: "BFGS",
  family: "smooth",
  summary:
    "Learns the inverse Hessian from gradients and steps as Newton would. The method of choice for smooth functions of up to some hundred variables.",
  equation:
    "x_{k+1} = x_k - t_k H_k \\nabla f(x_k), \\quad H_{k+1} = (I - \\rho s y^\\top) H_k (I - \\rho y s^\\top) + \\rho s s^\\top, \\quad \\rho = 1 / s^\\top y",
  paper: "Broyden, Fletcher, Goldfarb, Shanno (1970); Nocedal & Wright (2006), algorithm 6.1",
  settings: [lineSearchSetting("strongWolfe()", "Nocedal & Wright (2006), algorithm 6.1")],
  asks: ["value", "gradient"],
  cost: { time: "O(k^2)", memory: "O(k^2)" },
  tests: [["gradient"], ["step"]],
  // Short steps are no sign of convergence: they are as short where H is still wrong. Whoever wants the test gives its limit.
  tolerance: { gradient: 1e-8 },
};

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno.
 *
 * ```ts
 * import { bfgs } from "nabla";
 *
 * bfgs().settings.search; // → { name: "strong-wolfe", decrease: 0.0001, curvature: 0.9, maxTrials: 30 }
 * ```
 *
 * @throws ArgumentError for an option it does not know, or a search that does not turn a length.
 */
export const bfgs: RecipeFactory<
  NoNumbers,
  InverseBelief,
  "length",
  Line,
  "gradient",
  StrongWolfeState,
  "value" | "gradient"
> = recipe(card, () => ({ model: bfgsModel(), descent: quasiNewtonDirection() }), strongWolfe);
