/** A sign that training goes wrong: what it remembers from step to step, plain data, and what it says. */
import type { Measured } from "../measured.ts";
import type { HealthLimits } from "../settings.ts";

/** What a sign saw. */
export interface Sighting<S> {
  readonly state: S;
  /** What is wrong and what helps; left out where nothing is. */
  readonly message?: string;
}

/** A sign that is looked for at every step. */
export interface StepSign<S> {
  readonly init: S;
  readonly step: (state: S, facts: Measured, limits: HealthLimits) => Sighting<S>;
}
