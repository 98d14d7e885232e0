/** What the monitor is told, and what it answers. */

/** One step. */
export interface HealthStep {
  /** From 1, in the whole run. */
  readonly step: number;
  /** The loss of the batch before the step. */
  readonly loss: number;
  /** The paths of the trained leaves, from the first layer to the last: `[0].weight`. */
  readonly paths: readonly string[];
  /** ‖g‖ of each leaf, of the gradient as it is before clipping. Sums of squares are to be float64, so that neither large nor small norms are lost. */
  readonly gradientNorms: Float64Array;
  /** ‖Δx‖ of each leaf. May be left out on steps that did not measure it; rates are judged by the others, of which the first ten matter most. */
  readonly updateNorms?: Float64Array | undefined;
  /** ‖x‖ of each leaf before the step; beside `updateNorms`. */
  readonly parameterNorms?: Float64Array | undefined;
}

/** How many units of a layer are 0 on all examples that were looked at. */
export interface DeadUnits {
  /** Where the layer stands: `[1]`. */
  readonly path: string;
  readonly dead: number;
  readonly units: number;
}

/** One epoch. */
export interface HealthEpoch {
  /** From 1. */
  readonly epoch: number;
  /** The mean loss of its steps. */
  readonly loss: number;
  /** Those of the epochs before it. */
  readonly previousLosses: readonly number[];
  /** Of layers whose outputs pass a ReLU. */
  readonly deadUnits: readonly DeadUnits[];
}

/** What can go wrong. */
export type HealthKind =
  | "non-finite"
  | "rate-too-high"
  | "exploding-gradients"
  | "dead-units"
  | "vanishing-gradients"
  | "rate-too-low";

/** What was noticed. */
export interface HealthWarning {
  readonly kind: HealthKind;
  /** The step after which it was. */
  readonly step: number;
  /** What was noticed, and advice, in a sentence or two. */
  readonly message: string;
}
