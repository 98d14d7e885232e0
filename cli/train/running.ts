/** The training itself: the verb `train` with what was asked for, and its test. */

import { readExampleArray } from "../../src/data/examples/example-array.ts";
import { gatherRows } from "../../src/data/examples/gather.ts";
import { metricsFor } from "../../src/train/beginning/metrics-for.ts";
import { predict, train } from "../../src/train/index.ts";
import type { TrainOptions as RunnerOptions } from "../../src/train/options.ts";
import type { EpochReport, Judgement, TrainingStepReport, TrainingWarning } from "../../src/train/reports.ts";
import type { TrainedModel, TrainResult } from "../../src/train/result.ts";
import type { TrainingExamples } from "../../src/train/training-examples.ts";
import { judgedIn, lossIn, parametersIn } from "./chosen/units.ts";
import { countOf, type Part, reshaped } from "./data/dataset.ts";
import type { KeepingOptions } from "./options.ts";
import type { Task } from "./task.ts";

/** What a training came to, in the target's own unit. */
export interface Findings {
  readonly task: Task;
  readonly result: TrainResult;
  /** The test examples judged by the parameters that are the answer. */
  readonly test: Judgement | undefined;
}

/** Who is told of a run while it goes on. */
export interface Listener {
  readonly step: (step: TrainingStepReport) => void;
  readonly epoch: (epoch: EpochReport) => void;
  readonly warn: (warning: TrainingWarning) => void;
}

/** Trains, and judges by the test examples. */
export async function runTask(
  task: Task,
  keeping: KeepingOptions,
  listener: Listener,
  signal: AbortSignal,
): Promise<Findings> {
  const { targets, settings, network } = task;
  const { units } = targets;
  const result = await train<object>(network.layer, examplesOf(task), {
    ...learning(task),
    ...(settings.validation === undefined
      ? targets.test && { validation: examplesIn(task, targets.test) }
      : { validation: settings.validation }),
    ...(keeping.checkpoint !== undefined && {
      checkpoint: {
        folder: keeping.checkpoint,
        ...keeping.every,
        ...(keeping.keep && { keep: keeping.keep }),
        asModel: (parameters: object) => parametersIn(units, parameters),
      },
    }),
    ...(keeping.resume !== undefined && { resume: keeping.resume }),
    signal,
    onStep: (step) => listener.step({ ...judgedIn(units, step), loss: lossIn(units, step.loss) }),
    onEpoch: (epoch) => listener.epoch(epochIn(task, epoch)),
    onWarning: listener.warn,
  });
  return findingsOf(task, result);
}

/** What of the command line says how is learned. */
export function learning(task: Task): Omit<RunnerOptions<object>, "validation"> {
  const { settings, loss, metrics, optimizer, schedule } = task;
  const { epochs, batchSize, clipNorm, ema, seed, standardize, earlyStopping, classWeights } = settings;
  return {
    optimizer: optimizer.method,
    loss,
    epochs,
    batchSize,
    seed,
    ...(metrics && { metrics }),
    ...(schedule && { schedule }),
    ...(clipNorm !== undefined && { clip: clipNorm }),
    ...(ema !== undefined && { average: ema }),
    ...(standardize !== "none" && { standardize }),
    ...(earlyStopping !== undefined && { earlyStopping }),
    ...(classWeights !== undefined && { classWeights }),
  };
}

/** The examples to learn from, with what is to be stored with the model. */
export function examplesOf(task: Task): TrainingExamples {
  const { dataset, targets } = task;
  const { answer, table } = dataset;
  return {
    ...examplesIn(task, targets.train),
    ...(answer.kind === "classes" && answer.labels && { labels: answer.labels }),
    ...(table && { columns: table.columns, target: table.target }),
  };
}

/** Examples as the network takes them. */
export function examplesIn({ network }: Task, part: Part): TrainingExamples {
  return reshaped(part, network.shape);
}

function findingsOf(task: Task, result: TrainResult): Findings {
  const { settings, targets } = task;
  const test =
    settings.validation === undefined || targets.test === undefined
      ? result.validation
      : judge(task, result, targets.test);
  const { units } = targets;
  const shown: TrainResult = {
    ...result,
    parameters: parametersIn(units, result.parameters),
    loss: lossIn(units, result.loss),
    validation: result.validation && judgedIn(units, result.validation),
    epochs: result.epochs.map((epoch) => epochIn(task, epoch)),
    curve: result.curve.map(({ step, loss }) => ({ step, loss: lossIn(units, loss) })),
  };
  return { task, result: shown, test: test && judgedIn(units, test) };
}

function epochIn({ targets: { units } }: Task, epoch: EpochReport): EpochReport {
  const judged = judgedIn(units, epoch);
  return { ...judged, validation: epoch.validation && judgedIn(units, epoch.validation) };
}

/** Loss and metrics over examples. */
function judge(task: Task, trained: TrainedModel, part: Part): Judgement {
  const { loss, network } = task;
  const { outputs } = predict(trained, reshaped(part, network.shape).inputs);
  const rows = Int32Array.from({ length: countOf(part) }, (_, row) => row);
  const targets = gatherRows(readExampleArray("train", part.targets, "targets"), rows);
  const metrics = metricsFor(task.metrics, loss).map(({ name, sums, finish }): [string, number] => [
    name,
    finish(Float64Array.from(sums(outputs, targets).toTypedArray()), rows.length),
  ]);
  return { loss: loss.examples(outputs, targets).mean().item(), metrics: Object.fromEntries(metrics) };
}
