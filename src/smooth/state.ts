/** The state of a smooth method between two questions. */
import type { Proposal } from "../descent/descent.ts";
import type { Belief } from "../model/model.ts";
import type { SearchState } from "../search/search.ts";
import type { State } from "../solver/method.ts";
import type { Evaluation } from "../solver/question.ts";

/** Between two questions. */
export type SmoothState<B extends Belief, Plan extends object, J extends SearchState> = State & {
  readonly search: J;
} & (
    | { readonly phase: "start" }
    | (Base<B> & { readonly phase: "complete" })
    | (Base<B> & { readonly phase: "trial" } & Attempt<Plan>)
    | (Base<B> & { readonly phase: "learn" } & Attempt<Plan> & Verge<J>)
    | (Base<B> & { readonly phase: "over" })
  );

/** What is known of x where a step begins. */
export interface Base<B> extends State {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly cut: number;
  readonly belief: B;
  /** f where the model last forgot what it had learned; ∞ before. */
  readonly forgotAt: number;
  /** Whether the model's own step, from here, was too short to change x. */
  readonly isAtRest: boolean;
}

/** A step being tried. */
export interface Attempt<Plan> {
  readonly plan: Plan;
  readonly proposal: Proposal;
  /** x + p, and ‖p‖. */
  readonly target: Float64Array;
  readonly length: number;
  /** ‖p‖ of the first step tried from x. */
  readonly intended: number;
}

/** A step accepted by the search, while the model is still to be told of the point where it leads. */
export interface Verge<J> {
  /** The search before it accepted. */
  readonly before: J;
  /** What the search was told. */
  readonly told: Evaluation;
}

// A trial's state is built field by field: spreading objects into it takes ten times as long as a small step's arithmetic.

/** The fields of a base alone. */
export function copyBase<B>({
  x,
  value,
  gradient,
  steps,
  cut,
  belief,
  forgotAt,
  isAtRest,
}: Base<B>): Base<B> {
  return { x, value, gradient, steps, cut, belief, forgotAt, isAtRest };
}

/** A base with a step to be tried. */
export function trialOf<B, Plan, J>(
  { x, value, gradient, steps, cut, belief, forgotAt, isAtRest }: Base<B>,
  search: J,
  { plan, proposal, target, length, intended }: Attempt<Plan>,
): Base<B> & Attempt<Plan> & { readonly search: J; readonly phase: "trial" } {
  return {
    phase: "trial",
    x,
    value,
    gradient,
    steps,
    cut,
    belief,
    forgotAt,
    isAtRest,
    search,
    plan,
    proposal,
    target,
    length,
    intended,
  };
}
