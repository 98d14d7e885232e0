/** What is told of a run while it goes on. */
import type { Tensor } from "../tensor/tensor.ts";

/** What looks wrong, and what to do about it. */
export interface TrainingWarning {
  /** Which kind: each is given once. */
  readonly kind: string;
  readonly step: number;
  /** What was noticed, and advice, in a sentence or two. */
  readonly message: string;
}

/** One step. */
export interface TrainingStepReport {
  /** From 1, in the whole run. */
  readonly step: number;
  readonly epoch: number;
  /** From 1 in each epoch. */
  readonly stepInEpoch: number;
  /** Undefined where data come without a length. */
  readonly stepsPerEpoch: number | undefined;
  /** The mean loss of an example of the batch before the step, also where the sum is minimized. */
  readonly loss: number;
  /** The metrics of the batch before the step. */
  readonly metrics: Readonly<Record<string, number>>;
  /** ‖g‖₂ over all parameters. */
  readonly gradientNorm: number;
  /** The rate, where the optimizer has one. */
  readonly rate: number | undefined;
  /** Examples of the batch. */
  readonly examples: number;
}

/** Before a step. */
export interface TrainingMoment<P> {
  /** The step to come, from 1. */
  readonly step: number;
  /** A copy of the parameters, made when it is called. */
  readonly parameters: () => P;
  /** The batch of the step. Its numbers are written over afterwards: copy what is to be kept. */
  readonly batch: { readonly inputs: Tensor; readonly targets: Tensor };
}

/** Loss and metrics over a set of examples. */
export interface Judgement {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** One epoch. */
export interface EpochReport extends Judgement {
  /** From 1. */
  readonly epoch: number;
  /** Steps taken so far. */
  readonly step: number;
  /** The rate of its last step, where the optimizer has one. */
  readonly rate: number | undefined;
  /** The mean of ‖g‖₂ over its steps. */
  readonly gradientNorm: number;
  /** The validation examples judged by the parameters that would be the answer. */
  readonly validation: Judgement | undefined;
  /** Whether it is the best so far. */
  readonly isBest: boolean;
  /** Spent on its steps. */
  readonly seconds: number;
  readonly examplesPerSecond: number;
}
