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
