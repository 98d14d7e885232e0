/** The main job without its words and pictures: load, train by each method, test. */

import { loadMnist, type Mnist } from "../../src/data/mnist.ts";
import { firstDigits } from "./batch.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import type { EpochRecord, History } from "./history.ts";
import { chosenMethods, type TrainingMethod } from "./methods.ts";
import type { DigitsOptions } from "./options.ts";
import { type Pause, pauseEvery } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { epochSteps, startingNetwork, stepsPerEpoch } from "./train.ts";

/** A run that reached its end. */
export interface Trained {
  readonly kind: "trained";
  readonly data: Mnist;
  /** What each method made of the same beginning, in the order in which they ran. */
  readonly results: readonly MethodResult[];
  /** The result with the highest test accuracy. */
  readonly best: MethodResult;
  /** From loading the digits to the end of the last test. */
  readonly seconds: number;
}

/** What one method came to. */
export interface MethodResult {
  readonly kind: "learned";
  readonly method: TrainingMethod;
  readonly history: History;
  /** The test after the last step. */
  readonly evaluation: Evaluation;
  /** Of its training and tests. */
  readonly seconds: number;
  /** Whose kernels multiplied; the same seed gives the same bits with the same ones. */
  readonly kernels: string;
}

/** A run whose loss is no longer a number, which no further step can mend. */
export interface Diverged {
  readonly kind: "diverged";
  readonly method: TrainingMethod;
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
  const results: MethodResult[] = [];
  const steps = options.epochs * stepsPerEpoch(data.train.count, options);
  for (const method of chosenMethods(options, steps)) {
    progress.method(method);
    const result = await runMethod(method, data, { options, progress, pause });
    if (result.kind === "diverged") return result;
    results.push(result);
  }
  const best = results.reduce((a, b) => (b.evaluation.accuracy > a.evaluation.accuracy ? b : a));
  return { kind: "trained", data, results, best, seconds: secondsSince(started) };
}

interface Surroundings {
  readonly options: DigitsOptions;
  readonly progress: Progress;
  readonly pause: Pause;
}

async function runMethod(
  method: TrainingMethod,
  data: Mnist,
  { options, progress, pause }: Surroundings,
): Promise<MethodResult | Diverged> {
  const started = performance.now();
  const losses: number[] = [];
  const epochs: EpochRecord[] = [];
  const learner = method.begin(startingNetwork(options));
  for (let epoch = 1; ; epoch++) {
    const epochStarted = performance.now();
    const stepsBefore = losses.length;
    for (const taken of epochSteps(learner, data.train, epoch, options)) {
      losses.push(taken.loss);
      if (!Number.isFinite(taken.loss))
        return { kind: "diverged", method, step: losses.length, loss: taken.loss };
      progress.step({
        ...taken,
        epochs: options.epochs,
        loss: mean(losses.slice(-SHOWN_STEPS)),
        rate: method.rate.at(losses.length),
        examplesPerSecond: taken.seen / secondsSince(epochStarted),
      });
      await pause();
    }
    const seconds = secondsSince(epochStarted);
    const evaluation = await evaluate(learner.network(), data.test, pause);
    const record = {
      epoch,
      loss: mean(losses.slice(stepsBefore)),
      testAccuracy: evaluation.accuracy,
      seconds,
      examplesPerSecond: data.train.count / seconds,
    };
    epochs.push(record);
    progress.epoch(record, options.epochs);
    if (epoch === options.epochs)
      return {
        kind: "learned",
        method,
        history: { losses, epochs },
        evaluation,
        seconds: secondsSince(started),
        kernels: learner.kernels(),
      };
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
