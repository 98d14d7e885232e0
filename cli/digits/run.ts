/** The main job without its words and pictures: load, train by each method, test. */

import { type MnistExamples, mnistExamples } from "../../src/data/mnist-examples.ts";
import { type TrainResult, train } from "../../src/train/index.ts";
import { chosenMethods, type TrainingMethod } from "./methods.ts";
import { type DigitsParameters, digitsNetwork, startOf } from "./network.ts";
import type { DigitsOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { testAccuracyOf } from "./test-accuracy.ts";

/** Both parts of the data. */
export interface Digits {
  readonly train: MnistExamples;
  readonly test: MnistExamples;
}

/** A run that reached its end. */
export interface Trained {
  readonly kind: "trained";
  readonly data: Digits;
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
  readonly training: TrainResult<DigitsParameters>;
  /** The share of test digits that are right after the last step, 0 to 1. */
  readonly testAccuracy: number;
  /** Of its training and tests. */
  readonly seconds: number;
}

/** A run whose loss is no longer a number, which no further step can mend. */
export interface Diverged {
  readonly kind: "diverged";
  readonly method: TrainingMethod;
  /** What happened, in a sentence. */
  readonly detail: string;
}

/**
 * Trains and tests as `options` say, and gives the event loop its turns.
 *
 * @throws The reason of `signal`, soon after it is aborted.
 */
export async function run(
  options: DigitsOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Trained | Diverged> {
  const started = performance.now();
  const data = load(options.limit);
  const results: MethodResult[] = [];
  for (const method of chosenMethods(options)) {
    progress.method(method);
    const result = await runMethod(method, data, { options, progress, signal });
    if (result.kind === "diverged") return result;
    results.push(result);
  }
  const best = results.reduce((a, b) => (b.testAccuracy > a.testAccuracy ? b : a));
  return { kind: "trained", data, results, best, seconds: secondsSince(started) };
}

interface Surroundings {
  readonly options: DigitsOptions;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function runMethod(
  method: TrainingMethod,
  data: Digits,
  { options, progress, signal }: Surroundings,
): Promise<MethodResult | Diverged> {
  const started = performance.now();
  const { epochs, batchSize, seed } = options;
  const training = await train(digitsNetwork, data.train, {
    start: startOf(seed),
    optimizer: method.optimizer,
    epochs,
    batchSize,
    seed,
    standardize: "whole",
    validation: data.test,
    signal,
    onStep: (step) => progress.step(step, epochs),
    onEpoch: (epoch) => progress.epoch(epoch, epochs),
    onWarning: ({ message }) => progress.warn(message),
  });
  signal.throwIfAborted();
  const { reason, detail } = training;
  if (reason === "non-finite") return { kind: "diverged", method, detail };
  return {
    kind: "learned",
    method,
    training,
    testAccuracy: testAccuracyOf(training),
    seconds: secondsSince(started),
  };
}

function load(limit: number | undefined): Digits {
  const { train, test } = mnistExamples();
  return { train: limit === undefined ? train : firstDigits(train, limit), test };
}

/** The first `count` digits, or all when there are fewer. */
function firstDigits({ inputs, targets }: MnistExamples, count: number): MnistExamples {
  const [all = 0, ...rest] = inputs.shape;
  const kept = Math.min(count, all);
  const size = inputs.data.length / all;
  return {
    inputs: { data: inputs.data.subarray(0, kept * size), shape: [kept, ...rest] },
    targets: targets.subarray(0, kept),
  };
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
