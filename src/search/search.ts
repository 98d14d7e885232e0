/** Searches: how far to go. A search judges trials and names the next; it evaluates nothing. */
import type { Control, Opening } from "../descent/descent.ts";

/** What a search knows while it searches: plain data, kept from step to step. */
export interface SearchState {
  /** The control to try, or the one accepted. */
  readonly control: number;
  readonly status: "trying" | "accepted" | "failed";
  /** Why it failed, as the end of a sentence. */
  readonly detail?: string;
}

/** A trial step and what came of it. */
export interface Trial {
  /** f(x + p); +∞ where it is not a number or the step does not exist. */
  readonly value: number;
  /** ∇f(x + p)ᵀp / t, the slope along the line at the trial; NaN where the search does not ask for gradients. */
  readonly slope: number;
  /** The model's prediction of f(x + p) − f(x). */
  readonly predicted: number;
  /** ‖p‖₂. */
  readonly norm: number;
}

/** A way to judge. It accepts only the trial it has just been told of. */
export interface Search<C extends Control, J extends SearchState, W extends "value" | "gradient"> {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly control: C;
  /** What it must be told of a trial. */
  readonly asks: readonly W[];
  /** Its state before the first step. */
  readonly begin: () => J;
  /** Begins a step: the state is `trying`, with the first control. */
  readonly open: (state: J, opening: Opening) => J;
  /** Judges the trial at `state.control`. */
  readonly judge: (state: J, trial: Trial) => J;
}
