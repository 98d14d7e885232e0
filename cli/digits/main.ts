/** The main job as a command: what is said, what is written, and the exit code. */

import { currentKernels, NablaError } from "../../src/index.ts";
import { Interruption, interruptionSignal } from "../interruption.ts";
import { obstacle, writeWhole } from "../write-file.ts";
import { count, duration, percent, rate } from "./format.ts";
import { parameterCount, SIZES } from "./network.ts";
import { type DigitsOptions, parseOptions } from "./options.ts";
import { pauseEvery } from "./pace.ts";
import { type Progress, progressOn } from "./progress.ts";
import { reportPage } from "./report/page.ts";
import { type Diverged, run, type Trained } from "./run.ts";

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
    if (outcome.kind === "diverged") return explainDivergence(outcome);
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
  const often = options.methods.length > 1 ? ", once by each method" : "";
  progress.say(
    `Training a ${input}-${hidden}-${output} network (${count(parameterCount)} weights) on MNIST${often},`,
  );
  progress.say(`in batches of ${options.batchSize}, from seed ${options.seed}. Ctrl-C stops it.`);
  progress.say(`Kernels: ${currentKernels().description}.`);
}

function conclude(outcome: Trained, options: DigitsOptions, progress: Progress): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(summarize(outcome, options))}\n`);
    return;
  }
  const { best, results, seconds, data } = outcome;
  const by = results.length > 1 ? ` by ${best.method.title}` : "";
  progress.say(
    `Test accuracy ${percent(best.evaluation.accuracy)}${by}: ${count(best.evaluation.correct)} of ${count(data.test.count)} digits right. It took ${duration(seconds)}.`,
  );
  progress.say(`The learning curves and sixteen digits with their predictions are in ${options.report}.`);
}

/** A run as data: the best result first, then every method's. */
function summarize({ best, results, seconds, data }: Trained, options: DigitsOptions): object {
  const { epochs, batchSize, momentum, seed, report } = options;
  return {
    testAccuracy: best.evaluation.accuracy,
    seconds,
    method: best.method.name,
    epochs,
    batchSize,
    rate: best.method.rate.at(1),
    momentum,
    seed,
    trainingDigits: data.train.count,
    report,
    kernels: best.kernels,
    history: best.history.epochs,
    methods: results.map((result) => ({
      method: result.method.name,
      rate: result.method.rate.at(1),
      testAccuracy: result.evaluation.accuracy,
      seconds: result.seconds,
      history: result.history.epochs,
    })),
  };
}

function explainDivergence({ method, step, loss }: Diverged): number {
  process.stderr.write(
    `Training diverged: the loss of ${method.title} is ${loss} at step ${step}, and no report was written. Try a smaller rate: ${method.rateOption} ${rate(method.rate.at(1) / 10)}.\n`,
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
