/** The main job without its words and pictures: load, train, test. */

import { loadMnist, type Mnist } from "../../src/data/mnist.ts";
import { firstDigits } from "./batch.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import type { EpochRecord, History } from "./history.ts";
import type { DigitsOptions } from "./options.ts";
import { pauseEvery } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { beginning, epochSteps } from "./train.ts";

/** A run that reached its end. */
export interface Trained {
  readonly kind: "trained";
  readonly data: Mnist;
  readonly history: History;
  /** The test after the last step. */
  readonly evaluation: Evaluation;
  /** From loading the digits to the end of the last test. */
  readonly seconds: number;
}

/** A run whose loss is no longer a number, which no further step can mend. */
export interface Diverged {
  readonly kind: "diverged";
  readonly step: number;
  readonly loss: number;
}

/** Often enough for a bar and for Ctrl-C, too seldom to cost anything. */
const PAUSE_MILLISECONDS = 50;

/** Steps over which the loss that is shown is averaged. */
const SHOWN_STEPS = 50;

/**
 * Trains and tests as `options` say, and gives the event loop its turns.
 *
 * @throws Interruption soon after `signal` is aborted with one.
 */
export async function run(
  options: DigitsOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Trained | Diverged> {
  const started = performance.now();
  const pause = pauseEvery(PAUSE_MILLISECONDS, signal);
  const data = load(options.limit);
  const losses: number[] = [];
  const epochs: EpochRecord[] = [];
  let state = beginning(options);
  for (let epoch = 1; ; epoch++) {
    const epochStarted = performance.now();
    const stepsBefore = losses.length;
    for (const taken of epochSteps(state, data.train, epoch, options)) {
      losses.push(taken.loss);
      if (!Number.isFinite(taken.loss)) return { kind: "diverged", step: losses.length, loss: taken.loss };
      state = taken.state;
      progress.step({
        ...taken,
        epochs: options.epochs,
        loss: mean(losses.slice(-SHOWN_STEPS)),
        examplesPerSecond: taken.seen / secondsSince(epochStarted),
      });
      await pause();
    }
    const seconds = secondsSince(epochStarted);
    const evaluation = await evaluate(state.network, data.test, pause);
    const record = {
      epoch,
      loss: mean(losses.slice(stepsBefore)),
      testAccuracy: evaluation.accuracy,
      seconds,
      examplesPerSecond: data.train.count / seconds,
    };
    epochs.push(record);
    progress.epoch(record, options.epochs);
    if (epoch === options.epochs) {
      const history = { losses, epochs };
      return { kind: "trained", data, history, evaluation, seconds: secondsSince(started) };
    }
  }
}

function load(limit: number | undefined): Mnist {
  const { train, test } = loadMnist();
  return { train: limit === undefined ? train : firstDigits(train, limit), test };
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
