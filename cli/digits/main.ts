/** The main job as a command: what is said, what is written, and the exit code. */

import { NablaError } from "../../src/index.ts";
import { count, duration, percent, rate } from "./format.ts";
import { Interruption, interruptionSignal } from "./interruption.ts";
import { parameterCount, SIZES } from "./network.ts";
import { type DigitsOptions, parseOptions } from "./options.ts";
import { pauseEvery } from "./pace.ts";
import { type Progress, progressOn } from "./progress.ts";
import { reportPage } from "./report/page.ts";
import { type Diverged, run, type Trained } from "./run.ts";
import { obstacle, writeWhole } from "./write-file.ts";

/**
 * Runs `npm start` with these arguments and returns its exit code: 0 done, 1 failed, 2 wrong arguments,
 * 130 or 143 interrupted.
 */
export async function main(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args);
  if (parsed.kind === "exit") return parsed.code;
  const { options } = parsed;
  const problem = obstacle(options.report);
  if (problem !== undefined) {
    process.stderr.write(`error: --report needs the path of a file that can be written: ${problem}.\n`);
    return 2;
  }
  const signal = interruptionSignal();
  const progress = progressOn(options.json ? process.stderr : process.stdout);
  try {
    introduce(options, progress);
    const outcome = await run(options, progress, signal);
    progress.close();
    if (outcome.kind === "diverged") return explainDivergence(outcome, options);
    const page = reportPage(outcome, options);
    // The last turn of the event loop before the file: an interruption that came until now still counts.
    await pauseEvery(0, signal)();
    writeWhole(options.report, page);
    conclude(outcome, options, progress);
    return 0;
  } catch (error) {
    progress.close();
    return explain(error);
  }
}

function introduce(options: DigitsOptions, progress: Progress): void {
  const { input, hidden, output } = SIZES;
  progress.say(
    `Training a ${input}-${hidden}-${output} network (${count(parameterCount)} weights) on MNIST: SGD with momentum ${options.momentum},`,
  );
  progress.say(
    `rate ${rate(options.rate)} falling to 0, batches of ${options.batchSize}, seed ${options.seed}. Ctrl-C stops it.`,
  );
}

function conclude(outcome: Trained, options: DigitsOptions, progress: Progress): void {
  const { evaluation, history, seconds, data } = outcome;
  if (options.json) {
    const { report, json: _, limit: __, ...settings } = options;
    const summary = {
      testAccuracy: evaluation.accuracy,
      seconds,
      ...settings,
      trainingDigits: data.train.count,
      report,
      history: history.epochs,
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  progress.say(
    `Test accuracy ${percent(evaluation.accuracy)}: ${count(evaluation.correct)} of ${count(data.test.count)} digits right. It took ${duration(seconds)}.`,
  );
  progress.say(`The loss curve and sixteen digits with their predictions are in ${options.report}.`);
}

function explainDivergence({ step, loss }: Diverged, options: DigitsOptions): number {
  process.stderr.write(
    `Training diverged: the loss is ${loss} at step ${step}, and no report was written. Try a smaller rate: --rate ${rate(options.rate / 10)}.\n`,
  );
  return 1;
}

function explain(error: unknown): number {
  if (error instanceof Interruption) {
    process.stderr.write(
      `Interrupted (${error.message}): training has stopped, and no report was written.\n`,
    );
    return error.exitCode;
  }
  if (error instanceof NablaError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  throw error;
}
