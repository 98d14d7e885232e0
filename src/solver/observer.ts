/** Observers watch a run; they cannot change it. */
import type { MethodCard } from "./card.ts";
import type { Outcome } from "./outcome.ts";
import type { StepReport } from "./report.ts";

/** Told what happens, in this order. All members may be left out. */
export interface Observer<Step = StepReport> {
  readonly begin?: (card: MethodCard) => void;
  readonly step?: (step: Step) => void;
  readonly end?: (outcome: Outcome) => void;
}

/** True for what can be told: an object whose members, where it has them, are functions. */
export function isObserver(value: unknown): value is Observer<never> {
  if (typeof value !== "object" || value === null) return false;
  const members: unknown[] = ["begin", "step", "end"].map((name) => Reflect.get(value, name));
  return members.every((member) => member === undefined || typeof member === "function");
}
