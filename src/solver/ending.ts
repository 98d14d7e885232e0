/** When a run ends: budgets, interruptions, and what the point reached says. */
import { showNumber } from "../core/show-number.ts";
import { maxNorm } from "../core/vector.ts";
import type { MethodCard } from "./card.ts";
import { type Criteria, describeTests, groupMet } from "./criteria.ts";
import type { State } from "./method.ts";
import type { Limits } from "./options.ts";
import { type Counts, wants } from "./question.ts";
import type { Reason } from "./reason.ts";
import { total } from "./record.ts";

/** Why the run is over. */
export interface End {
  readonly reason: Reason;
  readonly detail: string;
  readonly error?: unknown;
}

/** How a run can be ended from outside. */
export type Interruption = "stop" | "aborted" | "too-late";

/** A point so far out, or a value so low, is taken for divergence: nobody's minimum lies there. */
const beyond = 1e100;

/** The budget that is spent, if one is. `elapsed` counts this run alone, steps and evaluations those it continues too. */
export function budgetEnd(
  limits: Limits,
  { steps }: Pick<State, "steps">,
  spent: Counts,
  elapsed: number,
): End | undefined {
  if (steps >= limits.maxSteps)
    return { reason: "max-steps", detail: `took ${steps} ${steps === 1 ? "step" : "steps"}` };
  if (elapsed >= limits.timeLimit) return interruption("too-late");
  return evaluationsEnd(limits, spent);
}

/** The budget of evaluations that is spent, if one is. */
export function evaluationsEnd(limits: Limits, spent: Counts): End | undefined {
  for (const kind of wants) {
    const count = spent[kind];
    if (count >= (limits.maxEvaluations[kind] ?? Infinity))
      return { reason: "max-evaluations", detail: `evaluated ${kind} ${count} times` };
  }
  const count = total(spent);
  if (count >= limits.maxTotal) return { reason: "max-evaluations", detail: `made ${count} evaluations` };
  return undefined;
}

/** The end that an interruption makes. */
export function interruption(by: Interruption): End {
  switch (by) {
    case "aborted":
      return { reason: "aborted", detail: "the signal was aborted" };
    case "too-late":
      return { reason: "time-limit", detail: "the time was up" };
    case "stop":
      return { reason: "stopped", detail: "onStep asked to stop" };
  }
}

/** What the point reached says: trouble before success, success before giving up. */
export function stateEnd(card: MethodCard, state: State, criteria: Criteria): End | undefined {
  if (state.value === undefined) return undefined;
  const met = groupMet(card.tests, criteria);
  return (
    troubleAt(state, state.value) ??
    (met && { reason: "converged", detail: describeTests(met, criteria) }) ??
    state.verdict
  );
}

function troubleAt({ x, gradient }: State, value: number): End | undefined {
  const size = maxNorm(x);
  if (value < -beyond || size > beyond)
    return {
      reason: "diverged",
      detail: `reached the value ${showNumber(value, 3)} at a point of size ${showNumber(size, 3)}`,
    };
  if (!Number.isFinite(value)) return { reason: "non-finite", detail: `the value became ${value}` };
  if (Number.isNaN(size)) return { reason: "non-finite", detail: "the point became NaN" };
  const slope = gradient === undefined ? 0 : maxNorm(gradient);
  if (Number.isFinite(slope)) return undefined;
  const what = Number.isNaN(slope) ? "NaN" : "an infinity";
  return { reason: "non-finite", detail: `the gradient holds ${what}` };
}
