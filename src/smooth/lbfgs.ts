/** L-BFGS = lbfgs × two-loop × strong Wolfe. Nocedal & Wright (2006), algorithm 7.5. */
import type { Line } from "../descent/line.ts";
import { twoLoopDirection } from "../descent/two-loop.ts";
import { type LbfgsBelief, lbfgsModel } from "../model/lbfgs.ts";
import { type StrongWolfeState, strongWolfe } from "../search/strong-wolfe.ts";
import type { MethodCard } from "../solver/card.ts";
import { lineSearchSetting, type RecipeFactory, recipe } from "./recipe.ts";

const card: MethodCard = {
  name: "lbfgs",
  title: "L-BFGS",
  family: "smooth",
  summary: "BFGS from the last few steps alone: for smooth functions of many variables.",
  equation:
    "x_{k+1} = x_k - t_k H_k \\nabla f(x_k), \\quad H_k = \\mathrm{BFGS}(\\gamma_k I;\\, s_{k-m}, y_{k-m}, \\dots, s_{k-1}, y_{k-1})",
  paper: "Nocedal (1980); Liu & Nocedal (1989); Nocedal & Wright (2006), algorithm 7.5",
  settings: [
    {
      kind: "number",
      name: "memory",
      symbol: "m",
      meaning: "how many steps are remembered",
      default: 10,
      source: "SciPy; Nocedal & Wright (2006), section 7.2, name 3 to 20",
      range: "[1, ∞)",
      integer: true,
    },
    lineSearchSetting("strongWolfe()", "Nocedal & Wright (2006), algorithm 7.5"),
  ],
  asks: ["value", "gradient"],
  cost: { time: "O(mk)", memory: "O(mk)" },
  tests: [["gradient"], ["step"]],
  // Short steps are no sign of convergence: they are as short where H is still wrong. Whoever wants the test gives its limit.
  tolerance: { gradient: 1e-8 },
};

/** Numbers of `lbfgs`. */
export interface LbfgsOptions {
  /** How many steps are remembered. Default 10, SciPy's. */
  readonly memory?: number;
}

/**
 * BFGS with limited memory.
 *
 * ```ts
 * import { lbfgs } from "nabla";
 *
 * lbfgs({ memory: 5 }).settings.memory; // → 5
 * ```
 *
 * @throws ArgumentError for an option it does not know, a memory below 1, or a search that does not turn a length.
 */
export const lbfgs: RecipeFactory<
  LbfgsOptions,
  LbfgsBelief,
  "length",
  Line,
  "gradient",
  StrongWolfeState,
  "value" | "gradient"
> = recipe(
  card,
  ({ memory }: Required<LbfgsOptions>) => ({ model: lbfgsModel({ memory }), descent: twoLoopDirection() }),
  strongWolfe,
);
