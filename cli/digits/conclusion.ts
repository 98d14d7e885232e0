/** What is said when the main job is done: for people as a table, for programs as one JSON object. */

import type { EpochReport } from "../../src/train/index.ts";
import { table } from "../output.ts";
import { count, duration, loss, percent, rate } from "../report/format.ts";
import { nextCommands } from "./next.ts";
import type { DigitsOptions } from "./options.ts";
import type { MethodResult, Trained } from "./run.ts";
import { testAccuracyOf } from "./test-accuracy.ts";

/** The comparison, what came out, and where to go on. */
export function conclusion(outcome: Trained, { report }: DigitsOptions): string {
  const { best, results, seconds, data } = outcome;
  const digits = data.test.targets.length;
  const right = Math.round(best.testAccuracy * digits);
  const by = results.length > 1 ? ` by ${best.method.title}` : "";
  const width = Math.max(...nextCommands.map(({ command }) => command.length));
  return [
    "",
    comparison(results),
    "",
    `Test accuracy ${percent(best.testAccuracy)}${by}: ${count(right)} of ${count(digits)} digits right. It took ${duration(seconds)}.`,
    `Curves, mistakes and sixteen digits with their predictions are in ${report}.`,
    "",
    "To go on:",
    ...nextCommands.map(({ command, meaning }) => `  ${command.padEnd(width)}  ${meaning}`),
  ].join("\n");
}

/** The methods side by side. */
function comparison(results: readonly MethodResult[]): string {
  const column = (name: string, read: (result: MethodResult) => string): string[] => [
    name,
    ...results.map(read),
  ];
  return table([
    column("method", ({ method }) => method.title),
    column("rate", ({ method }) => rate(method.rate)),
    column("schedule", ({ method }) => method.schedule),
    column("train loss", ({ training }) => loss(training.loss)),
    column("test loss", ({ training }) => loss(training.validation?.loss ?? Number.NaN)),
    column("test accuracy", ({ testAccuracy }) => percent(testAccuracy)),
    column("time", ({ seconds }) => duration(seconds)),
    column("examples/s", ({ training }) => count(speedOf(training.epochs))),
  ]);
}

/** Examples a second over all epochs, tests not included. */
function speedOf(epochs: readonly EpochReport[]): number {
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return epochs.reduce((sum, epoch) => sum + epoch.examplesPerSecond * epoch.seconds, 0) / seconds;
}

/** A run as data: the best result first, then every method's. */
export function summary({ best, results, seconds, data }: Trained, options: DigitsOptions): object {
  const { epochs, batchSize, momentum, seed, report } = options;
  return {
    testAccuracy: best.testAccuracy,
    seconds,
    method: best.method.name,
    epochs,
    batchSize,
    rate: best.method.rate,
    momentum,
    seed,
    trainingDigits: data.train.targets.length,
    report,
    kernels: best.training.kernels,
    history: historyOf(best),
    methods: results.map((result) => ({
      method: result.method.name,
      rate: result.method.rate,
      schedule: result.method.schedule,
      steps: result.training.steps,
      trainLoss: result.training.loss,
      testLoss: result.training.validation?.loss,
      testAccuracy: result.testAccuracy,
      seconds: result.seconds,
      examplesPerSecond: speedOf(result.training.epochs),
      reason: result.training.reason,
      warnings: result.training.warnings,
      history: historyOf(result),
    })),
  };
}

function historyOf({ training }: MethodResult): object[] {
  return training.epochs.map((report) => {
    const { epoch, loss, gradientNorm, seconds, examplesPerSecond, validation } = report;
    return {
      epoch,
      loss,
      testLoss: validation?.loss,
      testAccuracy: testAccuracyOf(report),
      gradientNorm,
      seconds,
      examplesPerSecond,
    };
  });
}
