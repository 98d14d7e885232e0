/** A training from its first word to its last: what is said, what is left, and the exit code. */

import type { Command } from "commander";
import { ArgumentError } from "../../src/core/errors.ts";
import { saveModel } from "../../src/train/index.ts";
import { Interruption, interruptionSignal } from "../interruption.ts";
import { colours, toJson } from "../output.ts";
import { writeWhole } from "../write-file.ts";
import { trainJson } from "./json.ts";
import { checkFiles } from "./keeping/files.ts";
import { commandOf, writeCommand } from "./keeping/stored-command.ts";
import { nextCommands } from "./next.ts";
import type { Asked, TrainOptions } from "./options.ts";
import { type Findings, type Listener, runTask } from "./running.ts";
import { conclusion, figuresTable, type Left } from "./show/conclusion.ts";
import { factsText } from "./show/facts.ts";
import { introductionOf } from "./show/introduction.ts";
import { nextText } from "./show/next-lines.ts";
import { type Progress, trainingProgress } from "./show/progress.ts";
import { readTask, type Task } from "./task.ts";

/** Trains what was asked for, and prints what it came to. */
export async function trainNetwork(command: Command, asked: Asked): Promise<void> {
  const { options } = asked;
  checkFiles(command, options);
  const task = readTask(command, asked);
  const signal = interruptionSignal();
  const stream = options.json ? process.stderr : process.stdout;
  const judgedBy = task.settings.validation === undefined ? "test" : "validation";
  const progress = trainingProgress(stream, { epochs: task.settings.epochs, judgedBy });
  const introduction = factsText(introductionOf(task, options.resume), colours(stream).bold);
  const begin = once(() => {
    progress.say(`${introduction}\n`);
    rememberCommand(task, options);
  });
  const findings = await runTask(task, options, listenerOf(progress, begin), signal)
    .catch((error: unknown) => refused(command, error))
    .finally(progress.close);
  begin();
  await conclude(findings, options);
  const { reason } = findings.result;
  if (reason === "non-finite") process.exitCode = 1;
  if (reason === "aborted" && signal.reason instanceof Interruption)
    process.exitCode = signal.reason.exitCode;
}

/** Everything is shown, after what is said first: before the first step all options have been checked. */
function listenerOf(progress: Progress, begin: () => void): Listener {
  return {
    step: (step) => {
      begin();
      progress.step(step);
    },
    epoch: progress.epoch,
    warn: (warning) => {
      begin();
      progress.warn(warning);
    },
  };
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

/** Options that do not go together are wrong usage; what is wrong with files is told as it is. */
function refused(command: Command, error: unknown): never {
  if (error instanceof ArgumentError) return command.error(`error: ${error.message}`);
  throw error;
}

/** The folder of checkpoints learns of the command before it has the first of them. */
function rememberCommand(task: Task, options: TrainOptions): void {
  if (options.checkpoint !== undefined) writeCommand(options.checkpoint, commandOf(task, options));
}

/** Prints first, so that no mishap in writing loses the result. */
async function conclude(findings: Findings, options: TrainOptions): Promise<void> {
  const { save, checkpoint, report, json } = options;
  const left: Left = {
    ...(save !== undefined && { saved: save }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(report !== undefined && { report }),
  };
  if (json) console.log(toJson(trainJson(findings, left)));
  else console.log(["", figuresTable(findings), ""].filter((text, i) => i !== 1 || text !== "").join("\n"));
  if (save !== undefined) saveModel(save, findings.result);
  if (report !== undefined) await writeReport(findings, left, report);
  if (json) return;
  console.log(factsText(conclusion(findings, left), colours().bold));
  console.log(`\n${nextText(nextCommands(findings, left))}`);
}

async function writeReport(findings: Findings, left: Left, path: string): Promise<void> {
  // A fifth of a second to load, for those who want it.
  const [{ trainingPage }, { reportOf }] = await Promise.all([
    import("../report/training/page.ts"),
    import("./report.ts"),
  ]);
  writeWhole(path, trainingPage(reportOf(findings, left)));
}
