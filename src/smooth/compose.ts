/**
 * A smooth method is model × descent × search: what is believed near x, where to go, how far. This file is the method they
 * make together; the parts know nothing of each other.
 */
import { dot, isFiniteVector, norm } from "../core/vector.ts";
import type { Control, Descent, Proposal } from "../descent/descent.ts";
import type { Belief, Model } from "../model/model.ts";
import type { Search, SearchState } from "../search/search.ts";
import type { Method, Start, State } from "../solver/method.ts";
import { type Answer, type Evaluation, type Query, read, type Want } from "../solver/question.ts";

/** The three parts. They fit when the model holds what the descent reads, and the search turns what the descent offers. */
export interface Parts<
  B extends Belief,
  C extends Control,
  Plan extends object,
  J extends SearchState,
  WM extends Want,
  WS extends "value" | "gradient",
> {
  readonly model: Model<B, WM>;
  readonly descent: Descent<B, C, Plan>;
  readonly search: Search<C, J, WS>;
}

/** Between two questions. */
export type SmoothState<B extends Belief, Plan extends object, J extends SearchState> = State & {
  readonly search: J;
} & (
    | { readonly phase: "start" }
    | ({ readonly phase: "trial" } & Attempt<B, Plan>)
    | ({ readonly phase: "learn"; readonly before: J; readonly told: Evaluation } & Attempt<B, Plan>)
    | { readonly phase: "over" }
  );

/** A step being tried. */
interface Attempt<B, Plan> {
  readonly belief: B;
  readonly plan: Plan;
  readonly proposal: Proposal;
  /** x + p. */
  readonly target: Float64Array;
  /** ‖p‖ of the first step tried from x. */
  readonly intended: number;
}

/** The method of three parts: everything but its card and settings. */
export function compose<
  B extends Belief,
  C extends Control,
  Plan extends object,
  J extends SearchState,
  WM extends Want,
  WS extends "value" | "gradient",
>({
  model,
  descent,
  search,
}: Parts<B, C, Plan, J, WM, WS>): Pick<
  Method<SmoothState<B, Plan, J>, WM | WS | "value">,
  "init" | "ask" | "tell"
> {
  type Asked = WM | WS | "value";
  type Current = SmoothState<B, Plan, J>;
  /** What is known of x where a step begins. */
  interface Base extends State {
    readonly value: number;
    readonly belief: B;
  }
  const atStart: readonly Asked[] = [...new Set<Asked>(["value", ...model.asks])];
  const atTrial: readonly Asked[] = [...new Set<Asked>(["value", ...search.asks])];
  const atPoint: readonly Asked[] = model.asks.filter((want) => !atTrial.includes(want));

  const over = (base: Base, memory: J, detail: string): Current => ({
    ...common(base),
    search: memory,
    phase: "over",
    verdict: { reason: "stalled", detail },
  });

  /** Begins a step from a point of which everything is known. */
  const openStep = (base: Base, memory: J): Current => {
    const { belief, x, value } = base;
    if (!Number.isFinite(value) || !isFiniteVector(belief.gradient))
      return over(base, memory, "the function is not finite");
    const plan = descent.prepare(belief, x);
    const opening = descent.opening(belief, plan, x);
    if (!(opening.slope < 0)) return startAfresh(base, memory, "there is no direction of descent");
    return attempt(base, plan, search.open(memory, { ...opening, value }));
  };

  /** Proposes steps until there is one to be tried. */
  const attempt = (base: Base, plan: Plan, judged: J, first?: number): Current => {
    let memory = judged;
    while (memory.status === "trying") {
      const proposal = descent.propose(base.belief, plan, memory.control);
      if (proposal !== undefined && isFiniteVector(proposal.p)) {
        const target = base.x.map((xi, i) => xi + (proposal.p[i] ?? Number.NaN));
        if (target.every((xi, i) => xi === base.x[i]))
          return startAfresh(base, memory, "the step became too short to change x");
        const intended = first ?? norm(proposal.p);
        const { belief } = base;
        return { ...common(base), search: memory, phase: "trial", belief, plan, proposal, target, intended };
      }
      memory = search.judge(memory, impossible);
    }
    return startAfresh(base, memory, memory.detail ?? `${search.name} found no step to accept`);
  };

  /** The last resort: a model that learned from steps forgets; one that has nothing to forget is at its end. */
  const startAfresh = (base: Base, memory: J, detail: string): Current => {
    const belief = model.forget?.(base.belief);
    return belief === undefined ? over(base, memory, detail) : openStep({ ...base, belief }, search.begin());
  };

  /** Takes the step that was accepted. */
  const advance = (state: Current & Attempt<B, Plan>, memory: J, told: Evaluation<Asked>): Current => {
    const { proposal, target, intended, steps } = state;
    const value = read<Asked, "value">(told, "value");
    const belief = model.update(state.belief, proposal.p, told);
    const cut = Math.min(1, norm(proposal.p) / intended);
    return openStep({ x: target, value, gradient: belief.gradient, steps: steps + 1, cut, belief }, memory);
  };

  const baseOf = (state: Current & Attempt<B, Plan>): Base => ({
    ...common(state),
    value: state.value ?? Number.NaN,
    belief: state.belief,
  });

  const tellTrial = (state: Current & Attempt<B, Plan>, told: Evaluation<Asked>): Current => {
    const { proposal, plan, intended } = state;
    const value = read<Asked, "value">(told, "value");
    const { gradient }: Evaluation = told;
    const slope = gradient === undefined ? Number.NaN : dot(gradient, proposal.p) / state.search.control;
    const usable = !Number.isNaN(value) && (gradient === undefined || isFiniteVector(gradient));
    const memory = search.judge(state.search, {
      value: usable ? value : Infinity,
      slope,
      predicted: proposal.predicted,
      norm: norm(proposal.p),
    });
    if (memory.status !== "accepted") return attempt(baseOf(state), plan, memory, intended);
    if (atPoint.length === 0) return advance(state, memory, told);
    return { ...state, phase: "learn", before: state.search, search: memory, told };
  };

  /** A point whose derivatives do not exist is no point to go on from: its trial is rejected after all. */
  const tellPoint = (
    state: Current & Attempt<B, Plan> & { readonly before: J; readonly told: Evaluation },
    told: Evaluation<Asked>,
  ): Current => {
    const isUsable = Object.values(told).every((known) => typeof known === "number" || isFiniteVector(known));
    if (isUsable) return advance(state, state.search, { ...state.told, ...told });
    return attempt(baseOf(state), state.plan, search.judge(state.before, impossible), state.intended);
  };

  return {
    init: ({ x }: Start) => ({ phase: "start", x, value: undefined, steps: 0, search: search.begin() }),
    ask: (state): Query<Asked> => {
      switch (state.phase) {
        case "trial":
          return { points: [state.target], wants: atTrial };
        case "learn":
          return { points: [state.target], wants: atPoint };
        default:
          return { points: [state.x], wants: atStart };
      }
    },
    tell: (state, { evaluations }: Answer<Asked>) => {
      const told = evaluations[0] ?? {};
      switch (state.phase) {
        case "trial":
          return tellTrial(state, told);
        case "learn":
          return tellPoint(state, told);
        default: {
          const belief = model.begin(told);
          const { gradient } = belief;
          return openStep(
            { x: state.x, value: read<Asked, "value">(told, "value"), gradient, steps: 0, belief },
            state.search,
          );
        }
      }
    },
  };
}

/** What a trial is told that cannot be made. */
const impossible = { value: Infinity, slope: Number.NaN, predicted: Number.NaN, norm: Number.NaN };

/** The part of a state that the loop reads. */
function common({ x, value, gradient, steps, cut }: State): State {
  return {
    x,
    value,
    steps,
    ...(gradient === undefined ? {} : { gradient }),
    ...(cut === undefined ? {} : { cut }),
  };
}
