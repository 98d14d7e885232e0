/** What is going to be done, said before it is. */

import { currentKernels } from "../../../src/kernels/index.ts";
import { summary } from "../../../src/nn/index.ts";
import { readCheckpointFolder } from "../../../src/train/checkpoints/index.ts";
import { count } from "../../report/format.ts";
import { countOf, type Dataset } from "../data/dataset.ts";
import type { Task } from "../task.ts";
import type { Fact } from "./facts.ts";
import { counted, shortNumber } from "./figures.ts";

/** The facts of a training before it begins. */
export function introductionOf(task: Task, resume: string | undefined): Fact[] {
  const { dataset, settings, loss, lossReason } = task;
  return [
    ["data", dataText(dataset, settings.validation)],
    ["model", `${settings.model}, ${counted(parameterCount(task), "parameters")}`],
    ["loss", `${loss.lossName}${lossReason === undefined ? "" : ` (${lossReason})`}`],
    ["optimizer", optimizerText(task)],
    resume === undefined ? ["kernels", currentKernels().description] : ["continues", resumedText(resume)],
    ...dataset.notes.map((note): Fact => ["note", note]),
  ];
}

/** Where a run goes on; its kernels are those it began with. */
function resumedText(folder: string): string {
  const latest = readCheckpointFolder(folder, "--resume").latest();
  const passed = latest?.passedOver.map((sentence) => `; passed over: ${sentence}`).join("") ?? "";
  return latest === undefined ? folder : `the run in ${folder}, from step ${count(latest.step)}${passed}`;
}

/** The numbers of a network. */
export function parameterCount({ network }: Task): number {
  return summary(network.layer, network.shape).parameters;
}

/** Where the examples come from, and how many there are. */
export function dataText(dataset: Dataset, validation?: number): string {
  const { name, things, train, test, testSource, answer } = dataset;
  const classes = answer.kind === "classes" ? ` of ${answer.count} classes` : "";
  const judged =
    validation === undefined ? "" : `, of which ${shortNumber(validation)} are set apart to judge by`;
  const source = testSource === "" ? "" : `, ${testSource}`;
  const tested =
    test === undefined ? "none to be tested on" : `${count(countOf(test))} to be tested on${source}`;
  return `${name}: ${counted(countOf(train), things)}${classes} to learn from${judged}; ${tested}`;
}

function optimizerText({ optimizer, settings }: Task): string {
  const { batchSize, schedule, clipNorm, ema, epochs, seed } = settings;
  return [
    settings.optimizer,
    ...(optimizer.rate === undefined ? [] : [`rate ${shortNumber(optimizer.rate)}`]),
    ...(schedule === undefined ? [] : [`schedule ${schedule}`]),
    ...(clipNorm === undefined ? [] : [`gradients clipped at ${shortNumber(clipNorm)}`]),
    ...(ema === undefined ? [] : [`parameters averaged by ${ema}`]),
    batchSize === "full" ? "all examples at once" : `batches of ${batchSize}`,
    counted(epochs, "epochs"),
    `seed ${seed}`,
  ].join(", ");
}
