/**
 * Newton's method, damped: p = −(B + δD)⁻¹ g with B = ∇²f(x), δ = 0 wherever B is positive definite and its step gains what it
 * promises. Nocedal & Wright (2006), §3.3 and §3.4; the damping by Nielsen (1999).
 */
import type { DampedNewtonPlan } from "../descent/damped-newton.ts";
import { levenberg } from "../descent/levenberg.ts";
import { exactHessian, type SecondOrderBelief } from "../model/exact-hessian.ts";
import {
  type DampingChoice,
  type DampingState,
  damping,
  dampingSettings,
  decreaseLeft,
} from "../search/damping.ts";
import { type MethodCard, readSettings } from "../solver/card.ts";
import { type MethodFactory, methodFactory } from "../solver/method.ts";
import { compose, stepLeft } from "./compose.ts";
import type { SmoothState } from "./state.ts";

/** What may be chosen of Newton's method. */
export interface NewtonOptions extends DampingChoice {
  /** What is added to the Hessian: `levenberg()` (default) or `marquardt()`. */
  readonly regularization?: ReturnType<typeof levenberg>;
  /** The first damping, as a share of the Hessian. Default 0: Newton's own step comes first. */
  readonly damping?: number;
}

const card: MethodCard = {
  name: "newton",
  title: "Newton's method",
  family: "smooth",
  summary:
    "Goes to the stationary point of the second-order model, and where that is no minimum or does not lower f, dampens the Hessian until it does. Converges quadratically; for problems with a cheap Hessian.",
  equation: String.raw`x_{k+1} = x_k - \left(\nabla^2 f(x_k) + \delta_k D_k\right)^{-1} \nabla f(x_k)`,
  paper:
    "Nocedal & Wright, Numerical Optimization (2006), sections 3.3 and 3.4; damping: Nielsen, Damping parameter in Marquardt's method (1999), eq. 2.4",
  settings: [
    {
      kind: "part",
      name: "regularization",
      symbol: "D",
      meaning: "what is added to the Hessian: the identity, or the size of its diagonal",
      default: "levenberg()",
      source: "Nocedal & Wright, eq. 3.41",
    },
    {
      kind: "number",
      name: "damping",
      symbol: String.raw`\delta_0 / \lVert B \rVert`,
      meaning: "the first damping, as a share of the bound on the Hessian's eigenvalues",
      default: 0,
      source: "Newton's own step comes first",
      range: "[0, ∞)",
    },
    ...dampingSettings,
  ],
  asks: ["value", "gradient", "hessian"],
  cost: { time: "O(k^3)", memory: "O(k^2)" },
  tests: [["gradient"], ["step"], ["decrease"]],
  tolerance: { gradient: 1e-8, step: 1e-12, decrease: 1e-12 },
};

/**
 * Below this share of the Hessian there is no damping, and at it damping begins. Far below Nielsen's 10⁻³, which down a curved
 * valley, where the Hessian is large across and a little negative along, makes steps too short: the condition of Powell's badly
 * scaled problem is 10¹³. It costs some factorizations.
 */
const floor = 1e-15;

/**
 * Newton's method with the exact Hessian, damped where it must be: it takes Newton's own step wherever the Hessian is
 * positive definite and f falls as the model promises, and otherwise adds δI (or δ|diag|), so that it leaves saddles and maxima.
 *
 * ```ts
 * import { newton } from "nabla";
 *
 * newton.card.title; // → Newton's method
 * newton({ increase: 10, decrease: 10 }).settings.increase; // → 10
 * ```
 *
 * @throws ArgumentError for a setting out of range.
 */
export const newton: MethodFactory<
  NewtonOptions,
  SmoothState<SecondOrderBelief, DampedNewtonPlan, DampingState>,
  "value" | "gradient" | "hessian"
> = methodFactory(
  card,
  ({ regularization = levenberg(), ...numbers }: NewtonOptions) => {
    const chosen = readSettings(card, numbers);
    return {
      settings: { regularization: regularization.name, ...chosen },
      ...compose({
        model: exactHessian(),
        descent: regularization,
        search: damping({ floor, ...chosen }),
      }),
      // A damped step may be short for its damping alone: the step test is made on Newton's own.
      measure: (state) => ({
        ...(state.search.taken === 0 ? {} : { step: undefined }),
        ...stepLeft(state),
        ...decreaseLeft(state),
      }),
    };
  },
  {},
);
