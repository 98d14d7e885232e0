/** What is remembered of a training run. */

/** One pass over the training digits, and the test after it. */
export interface EpochRecord {
  readonly epoch: number;
  /** The mean of its batches' losses. */
  readonly loss: number;
  /** The share of test digits that are right after it, 0 to 1. */
  readonly testAccuracy: number;
  /** Spent on training, the test not included. */
  readonly seconds: number;
  readonly examplesPerSecond: number;
}

/** A whole run: the loss of every step, and a record of every epoch. */
export interface History {
  readonly losses: readonly number[];
  readonly epochs: readonly EpochRecord[];
}
