/**
 * The method of Levenberg and Marquardt: the Gauss-Newton model, damped. Levenberg (1944), Marquardt (1963); the linear
 * algebra and the scaling after Moré (1978), the damping by Nielsen (1999).
 */
import { at } from "../core/exactly.ts";
import { norm } from "../core/vector.ts";
import {
  columnScaling,
  type DampedLeastSquaresPlan,
  dampedLeastSquares,
  reachable,
  type Scaling,
} from "../descent/damped-least-squares.ts";
import { gaussNewtonModel, type ResidualsBelief } from "../model/gauss-newton.ts";
import {
  type DampingChoice,
  type DampingState,
  damping,
  dampingSettings,
  decreaseLeft,
} from "../search/damping.ts";
import { compose } from "../smooth/compose.ts";
import type { SmoothState } from "../smooth/state.ts";
import { type MethodCard, readSettings } from "../solver/card.ts";
import type { Measured } from "../solver/criteria.ts";
import { type MethodFactory, methodFactory } from "../solver/method.ts";

/** What may be chosen of the method of Levenberg and Marquardt. */
export interface LevenbergMarquardtOptions extends DampingChoice {
  /** How steps are measured where they are damped: `columnScaling()` (default) or `identityScaling()`. */
  readonly scaling?: Scaling;
  /** The first damping, as a share of the largest diagonal element of JᵀJ, scaled. Default 10⁻³ (Nielsen 1999). */
  readonly damping?: number;
}

const card: MethodCard = {
  name: "levenberg-marquardt",
  title: "Levenberg-Marquardt",
  family: "least-squares",
  summary:
    "Minimises a sum of squares by making the residuals linear and damping the step: between Gauss-Newton, which it becomes near the solution, and gradient descent. The standard for curve fitting.",
  equation: String.raw`x_{k+1} = x_k + \arg\min_p \lVert J_k p + r_k \rVert^2 + \delta_k \lVert D_k p \rVert^2`,
  paper:
    "Levenberg (1944); Marquardt (1963); Moré, The Levenberg-Marquardt algorithm: implementation and theory (1978), sections 3 and 6; damping: Nielsen, Damping parameter in Marquardt's method (1999), eq. 2.4",
  settings: [
    {
      kind: "part",
      name: "scaling",
      symbol: "D",
      meaning:
        "how steps are measured where they are damped: by the norms of the Jacobian's columns, or as they are",
      default: "columnScaling()",
      source: "Moré (1978), eq. 6.3",
    },
    {
      kind: "number",
      name: "damping",
      symbol: String.raw`\tau`,
      meaning:
        "the first damping, as a share of the largest diagonal element of the scaled Jacobian's square",
      default: 1e-3,
      source: "Nielsen (1999), section 3",
      range: "[0, ∞)",
    },
    ...dampingSettings,
  ],
  asks: ["value", "residuals", "jacobian"],
  cost: { time: "O(m k^2)", memory: "O(m k)" },
  tests: [["gradient"], ["step"], ["residual"], ["decrease"]],
  tolerance: { gradient: 1e-10, step: 1e-12, residual: 1e-14, decrease: 1e-12 },
};

/**
 * Two tests of its own. `gradient` is the cosine between r and what the columns of J span: 0 at a solution, the same in all
 * units; Bates & Watts (1981) call its like the relative offset, and 10⁻¹⁰ is a step of 10⁻¹⁰ standard errors or so. (Beside
 * it Dennis & Schnabel's measure ends fits with small residuals too early, and fits with small parameters never.) Where the
 * residuals themselves vanish their direction is noise, and ‖r‖ against ‖|J||x|‖, `residual`, says so: a rounding of x alone
 * changes r by as much as ε of that. (Against the first ‖r‖, a start far out would make anything seem small.)
 */
function measure({ x, belief, plan }: Reached): Measured {
  const size = norm(belief.residuals);
  if (size === 0) return { gradient: 0, residual: 0 };
  return { gradient: norm(reachable(plan)) / size, residual: size / norm(terms(belief, x)) };
}

interface Reached {
  readonly x: Float64Array;
  readonly belief: ResidualsBelief;
  readonly plan: DampedLeastSquaresPlan;
}

/** |J||x|: what the variables contribute to residuals, without cancellation. */
function terms({ jacobian, residuals }: ResidualsBelief, x: Float64Array): Float64Array {
  const n = x.length;
  return residuals.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(at(jacobian, i * n + j) * at(x, j));
    return sum;
  });
}

/** Below this share the damping is 0. */
const floor = 1e-12;

/**
 * The method of Levenberg and Marquardt for min ½‖r(x)‖². JᵀJ is never formed, so that ill-conditioned fits keep their digits;
 * Jacobians without full rank and fewer residuals than variables are no trouble.
 *
 * ```ts
 * import { levenbergMarquardt } from "nabla";
 *
 * levenbergMarquardt.card.asks; // → ["value", "residuals", "jacobian"]
 * levenbergMarquardt({ damping: 0.1 }).settings.damping; // → 0.1
 * ```
 *
 * @throws ArgumentError for a setting out of range.
 */
export const levenbergMarquardt: MethodFactory<
  LevenbergMarquardtOptions,
  SmoothState<ResidualsBelief, DampedLeastSquaresPlan, DampingState>,
  "value" | "residuals" | "jacobian"
> = methodFactory(
  card,
  ({ scaling = columnScaling(), ...numbers }: LevenbergMarquardtOptions) => {
    const chosen = readSettings(card, numbers);
    return {
      settings: { scaling: scaling.name, ...chosen },
      ...compose({
        model: gaussNewtonModel(),
        descent: dampedLeastSquares(scaling),
        search: damping({ floor, ...chosen }),
      }),
      measure: (state) => ({
        ...("plan" in state ? measure(state) : {}),
        ...decreaseLeft(state),
        // A step may be short for its damping alone, and where J is all but singular a little of it is enough.
        ...((state.search.taken ?? 0) === 0 ? {} : { step: undefined }),
      }),
    };
  },
  {},
);
