/** A training that was asked for, read and put together: data, network, loss, optimizer. */

import type { Command } from "commander";
import type { Loss } from "../../src/nn/losses/index.ts";
import type { Metric } from "../../src/train/metrics/index.ts";
import { type RunSettings, runOptions, settingsFor, usualRate } from "./chosen/defaults.ts";
import { askedLoss, askedMetrics, usualLoss } from "./chosen/loss.ts";
import { type AskedModel, kindFor, type Network, networkFor, readModel, usualModel } from "./chosen/model.ts";
import { type ChosenOptimizer, chosenOptimizer } from "./chosen/optimizer.ts";
import { type ChosenSchedule, chosenSchedule } from "./chosen/schedule.ts";
import { type Targets, targetsFor } from "./chosen/targets.ts";
import type { Dataset } from "./data/dataset.ts";
import { readDataset } from "./data/read.ts";
import type { Asked, RunOptions } from "./options.ts";

/** Everything that is needed to train. */
export interface Task {
  /** As it was named: `mnist`, `houses.csv`. */
  readonly data: string;
  readonly dataset: Dataset;
  readonly model: AskedModel;
  readonly network: Network;
  readonly targets: Targets;
  readonly loss: Loss;
  /** Why this loss, where nobody asked for it. */
  readonly lossReason: string | undefined;
  readonly metrics: readonly Metric[] | undefined;
  readonly optimizer: ChosenOptimizer;
  readonly schedule: ChosenSchedule | undefined;
  readonly settings: RunSettings;
  /** What of them was said. */
  readonly given: RunOptions;
}

/** The optimizer where none is named: the one that asks for the least tuning. */
const usualOptimizer = "adam";

/** Reads what was asked for. What is wrong with the command line ends as wrong usage, before any data is read where that can be. */
export function readTask(command: Command, { data, options, given }: Asked): Task {
  const run = runOptions(options);
  const asked = readModel(command, run.model);
  const lossAsked = askedLoss(command, run.loss);
  const optimizerFor = (lr: number | undefined): ChosenOptimizer =>
    chosenOptimizer(command, run.optimizer ?? usualOptimizer, lr);
  const first = optimizerFor(run.lr);
  if (run.schedule !== undefined) chosenSchedule(command, run.schedule);
  const dataset = readDataset(command, data, run, lossAsked?.kind ?? kindFor(asked));
  const loss = lossAsked?.loss ?? usualLoss(dataset.answer);
  if (lossAsked !== undefined && lossAsked.kind !== dataset.answer.kind)
    command.error(
      `error: --loss: ${loss.lossName} is for ${lossAsked.kind}, and the targets of ${data} are ${dataset.answer.kind}; leave it out`,
    );
  const model = asked ?? usualModel(dataset);
  const targets = targetsFor(command, loss, dataset);
  const optimizer = first.isRateGiven ? first : optimizerFor(usualRate(model, first.card));
  const settings = settingsFor(run, dataset, model, optimizer);
  return {
    data,
    dataset,
    model,
    network: networkFor(command, model, dataset, targets.outputs),
    targets,
    loss,
    lossReason: lossAsked === undefined ? dataset.answer.because : undefined,
    metrics: askedMetrics(command, run.metrics, loss),
    optimizer,
    schedule: settings.schedule === undefined ? undefined : chosenSchedule(command, settings.schedule),
    settings,
    given,
  };
}
