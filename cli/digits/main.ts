/** The main job as a command: what is said, what is written, and the exit code. */

import { currentKernels, NablaError, useKernels } from "../../src/index.ts";
import { Interruption, interruptionSignal } from "../interruption.ts";
import { count, rate } from "../report/format.ts";
import { obstacle, writeWhole } from "../write-file.ts";
import { conclusion, summary } from "./conclusion.ts";
import { networkTitle, parameterCount } from "./network.ts";
import { type DigitsOptions, parseOptions } from "./options.ts";
import { type Progress, progressOn } from "./progress.ts";
import { type Diverged, run, type Trained } from "./run.ts";

/**
 * Products of a hundred digits are so small that a second thread gains nothing, and where the machine has other work to do, the one waits for the other: on two busy
 * cores one thread saw 33,000 to 69,000 digits a second, two saw 3,500 to 61,000.
 */
const threads = 1;

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
    useKernels({ threads });
    introduce(options, progress);
    const outcome = await run(options, progress, signal);
    progress.close();
    if (outcome.kind === "diverged") return explainDivergence(outcome);
    await writeReport(outcome, options, signal);
    if (options.json) process.stdout.write(`${JSON.stringify(summary(outcome, options))}\n`);
    else progress.say(conclusion(outcome, options));
    return 0;
  } catch (error) {
    progress.close();
    return explain(error);
  }
}

function introduce({ methods, batchSize, seed }: DigitsOptions, progress: Progress): void {
  const often = methods.length > 1 ? `, by ${methods.length} methods from the same start` : "";
  progress.say(`Training a ${networkTitle} (${count(parameterCount)} weights) on MNIST${often},`);
  progress.say(`in batches of ${batchSize}, from seed ${seed}. Ctrl-C stops it.`);
  progress.say(`Kernels: ${currentKernels().description}.`);
}

async function writeReport(outcome: Trained, options: DigitsOptions, signal: AbortSignal): Promise<void> {
  // A fifth of a second to load, while the terminal shows that training is done.
  const [{ trainingPage }, { digitsReport }] = await Promise.all([
    import("../report/training/page.ts"),
    import("./report.ts"),
  ]);
  const page = trainingPage(digitsReport(outcome, options));
  // The last turn of the event loop before the file: an interruption that came until now still counts.
  await new Promise((resume) => setImmediate(resume));
  signal.throwIfAborted();
  writeWhole(options.report, page);
}

function explainDivergence({ method, detail }: Diverged): number {
  process.stderr.write(
    `Training by ${method.title} diverged: ${detail.replace(/\.$/, "")}. No report was written. Try a smaller rate: --method ${method.name} --rate ${rate(method.rate / 10)}.\n`,
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
