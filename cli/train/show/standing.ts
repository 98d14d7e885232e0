/** Where a run stands between its epochs: means of the last steps, speed, and the time that is left. */

import type { TrainingStepReport } from "../../../src/train/reports.ts";
import { accuracyOf } from "./figures.ts";

/** What can be said after a step. */
export interface Standing {
  readonly epoch: number;
  /** The share of the whole run that is done. */
  readonly share: number;
  readonly loss: number;
  /** Undefined where nothing is measured that is an accuracy. */
  readonly accuracy: number | undefined;
  readonly rate: number | undefined;
  readonly examplesPerSecond: number;
  readonly secondsLeft: number;
}

/** Follows the steps of a run. */
export interface Follower {
  /** Hears of a step; `now` is a clock in milliseconds. */
  readonly hear: (step: TrainingStepReport, now: number) => Standing;
}

/** Steps over which losses are averaged: those of single batches leap. */
const memory = 50;

/** Follows a run of so many epochs. */
export function follower(epochs: number): Follower {
  let [loss, accuracy, weight] = [0, 0, 0];
  let [examples, began, first] = [0, 0, 0];
  let isAccurate = false;
  return {
    hear: (step, now) => {
      const { stepsPerEpoch = Number.NaN, metrics } = step;
      if (weight === 0) [began, first] = [now, step.step - 1];
      const measured = accuracyOf({ metrics });
      isAccurate = measured !== undefined;
      const kept = 1 - 1 / Math.min(memory, step.step);
      weight = kept * weight + (1 - kept);
      loss = kept * loss + (1 - kept) * step.loss;
      accuracy = kept * accuracy + (1 - kept) * (measured ?? 0);
      // The first step is compiled, and tells nothing of the others.
      if (step.step > first + 1) examples += step.examples;
      else began = now;
      const seconds = (now - began) / 1000;
      const all = epochs * stepsPerEpoch;
      const done = step.step - first - 1;
      return {
        epoch: step.epoch,
        share: step.step / all,
        loss: loss / weight,
        accuracy: isAccurate ? accuracy / weight : undefined,
        rate: step.rate,
        examplesPerSecond: examples / seconds,
        secondsLeft: (seconds / done) * (all - step.step),
      };
    },
  };
}
