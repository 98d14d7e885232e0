/** The page of a training, filled: what it was, how it went, what the network sees and mistakes. */

import { max } from "../../src/tensor/operations/reduction.ts";
import { confusionMatrix, predict } from "../../src/train/index.ts";
import { firstLayerWeights } from "../report/training/first-weights.ts";
import { reportDigits, reportMachine, reportModel, reportRun } from "../report/training/gather.ts";
import type { ReportDigits, TrainingReport } from "../report/training/report.ts";
import { countOf, exampleShape, type Part, reshaped } from "./data/dataset.ts";
import { nextCommands } from "./next.ts";
import type { Findings } from "./running.ts";
import type { Left } from "./show/conclusion.ts";
import { shortNumber } from "./show/figures.ts";
import type { Task } from "./task.ts";

/** Everything that the page shows. */
export function reportOf(findings: Findings, left: Left): TrainingReport {
  const { task, result } = findings;
  const { dataset, settings, network, targets } = task;
  const judged = settings.validation === undefined ? "test" : "validation";
  const seen = targets.test === undefined ? {} : lookAt(findings, targets.test);
  const [channels = 1, height = 1, width = 1] = exampleShape(dataset);
  const weights = dataset.isImages && firstLayerWeights(result.parameters, { channels, height, width });
  const labels = dataset.answer.kind === "classes" ? dataset.answer.labels : undefined;
  return {
    title: `${settings.model} on ${dataset.name}`,
    data: {
      name: dataset.name,
      training: countOf(targets.train),
      test: targets.test === undefined ? 0 : countOf(targets.test),
      ...(targets.test === undefined && { testName: judged }),
      inputShape: network.shape,
    },
    model: reportModel(settings.model, network.layer, network.shape),
    seed: settings.seed,
    machine: reportMachine(result.kernels),
    runs: [runOf(findings, seen.confusion)],
    ...(labels && { labels }),
    ...(seen.digits && { digits: seen.digits }),
    ...(weights && { weights }),
    settings: settingsOf(task),
    next: nextCommands(findings, left),
  };
}

function runOf({ task, result, test }: Findings, confusion: Seen["confusion"]) {
  const { optimizer, settings } = task;
  const rate = optimizer.rate === undefined ? "" : shortNumber(optimizer.rate);
  const words = { title: settings.optimizer, rate, schedule: settings.schedule ?? "constant" };
  return { ...reportRun(result, words), ...(test && { test }), ...(confusion && { confusion }) };
}

/** What the network takes the test examples for. */
interface Seen {
  readonly confusion?: readonly (readonly number[])[];
  readonly digits?: ReportDigits;
}

function lookAt({ task, result }: Findings, test: Part): Seen {
  const { dataset, network, settings } = task;
  const labels = dataset.test?.targets.data ?? [];
  const { classes, probabilities } = predict(result, reshaped(test, network.shape).inputs);
  if (dataset.answer.kind === "values" || classes === undefined) return {};
  const predicted = classes.toTypedArray();
  const { counts } = confusionMatrix(predicted, labels, dataset.answer.count);
  const [, channels, height = 0, width = 0] = dataset.test?.inputs.shape ?? [];
  const { data } = test.inputs;
  const isGrey = dataset.isImages && channels === 1 && data instanceof Uint8Array;
  if (!isGrey || probabilities?.rank !== 2) return { confusion: counts };
  const probability = max(probabilities, 1).toTypedArray();
  const judged = { height, width, images: data, labels, predicted, probability };
  return { confusion: counts, digits: reportDigits(judged, settings.seed) };
}

/** What was chosen, in the order of `nabla train --help`. */
function settingsOf({ settings, loss, lossReason }: Task): [string, string][] {
  const { batchSize, epochs, standardize, schedule, clipNorm, ema, validation, earlyStopping } = settings;
  const chosen: [string, unknown][] = [
    ["loss", lossReason === undefined ? loss.lossName : `${loss.lossName} (${lossReason})`],
    ["optimizer", settings.optimizer],
    ["schedule", schedule],
    ["batch size", batchSize === "full" ? "all examples" : batchSize],
    ["epochs", epochs],
    ["inputs standardized", standardize],
    ["gradients clipped at", clipNorm],
    ["parameters averaged by", ema],
    ["set apart to judge by", validation],
    ["stopped early after", earlyStopping === undefined ? undefined : `${earlyStopping} epochs`],
    ["class weights", settings.classWeights],
  ];
  return chosen
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : String(value)]);
}
