/** The second-order Taylor model: f(x + p) ≈ f + gᵀp + ½pᵀBp with B = ∇²f(x). Nocedal & Wright (2006), eq. 2.14. */
import { read } from "../solver/question.ts";
import type { Belief, Model } from "./model.ts";

/** What is believed of a function that is known to second order. */
export interface SecondOrderBelief extends Belief {
  /** B, `[n, n]` row-major; its lower triangle is read. */
  readonly hessian: Float64Array;
}

type Asked = "gradient" | "hessian";

/** The model that asks for the Hessian wherever a step begins, and remembers nothing. */
export function exactHessian(): Model<SecondOrderBelief, Asked> {
  const begin: Model<SecondOrderBelief, Asked>["begin"] = (evaluation) => ({
    gradient: read<Asked, "gradient">(evaluation, "gradient"),
    hessian: unknown,
  });
  return {
    name: "exact Hessian",
    asks: ["gradient"],
    completes: {
      asks: ["hessian"],
      complete: ({ gradient }, evaluation) => ({
        gradient,
        hessian: read<Asked, "hessian">(evaluation, "hessian"),
      }),
    },
    begin,
    update: (_belief, _s, evaluation) => begin(evaluation),
  };
}

/** The Hessian of a belief that is not complete yet. */
const unknown = new Float64Array();
