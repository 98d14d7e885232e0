/** Descents: where to go from what is believed. Each offers a curve of steps, along which a search moves by one number. */
import type { Belief } from "../model/model.ts";

/**
 * The number a search turns: the length t of a step along a line, the damping δ added to a matrix (more is shorter), or the
 * radius Δ within which the model is trusted.
 */
export type Control = "length" | "damping" | "radius";

/** What a search is told when a step begins. */
export interface Opening {
  /** f(x). */
  readonly value: number;
  /** gᵀd along a line, negative for a descent; for other controls ‖g‖ with a minus. */
  readonly slope: number;
  /** Whether the control 1 is the step the model itself would take (Newton's), so that it is the one to try first. */
  readonly isNatural: boolean;
  /** A first control where none is known: a length, damping or radius that suits the scale of x and f. */
  readonly guess: number;
  /** By how much the model would lower f if nothing held its step back; NaN where that is not known before any is made. */
  readonly promise: number;
}

/** A step on the curve. */
export interface Proposal {
  readonly p: Float64Array;
  /** The change of f that the model predicts: negative. */
  readonly predicted: number;
}

/** A way to go. Plans are plain data. */
export interface Descent<B extends Belief, C extends Control, Plan extends object> {
  readonly name: string;
  readonly control: C;
  /** What is computed once for all steps tried from x. */
  readonly prepare: (belief: B, x: Float64Array) => Plan;
  readonly opening: (belief: B, plan: Plan, x: Float64Array) => Omit<Opening, "value">;
  /** The step for a control, fresh; undefined where there is none (a matrix that is not positive definite). */
  readonly propose: (belief: B, plan: Plan, control: number) => Proposal | undefined;
}
