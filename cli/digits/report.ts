/** What the report page shows of the main job. */

import { at } from "../../src/core/exactly.ts";
import { MNIST_SIDE } from "../../src/data/mnist.ts";
import { max } from "../../src/tensor/operations/reduction.ts";
import { confusionMatrix, predict } from "../../src/train/index.ts";
import { rate } from "../report/format.ts";
import { firstLayerWeights } from "../report/training/first-weights.ts";
import { reportDigits, reportMachine, reportModel, reportRun } from "../report/training/gather.ts";
import type { ReportDigits, TrainingReport } from "../report/training/report.ts";
import { digitsNetwork, networkTitle, sizes, startOf } from "./network.ts";
import { nextCommands } from "./next.ts";
import type { DigitsOptions } from "./options.ts";
import type { MethodResult, Trained } from "./run.ts";

const side = { height: MNIST_SIDE, width: MNIST_SIDE };

/** The report of a finished run. */
export function digitsReport(outcome: Trained, options: DigitsOptions): TrainingReport {
  const { data, results, best } = outcome;
  const { digits, confusion } = testOf(outcome, options.seed);
  const weights = firstLayerWeights(
    best.training.parameters,
    { channels: 1, ...side },
    startOf(options.seed),
  );
  return {
    title: "A network learns to read digits",
    data: {
      name: "MNIST",
      training: data.train.targets.length,
      test: data.test.targets.length,
      inputShape: [sizes.input],
    },
    model: reportModel(`a ${networkTitle}`, digitsNetwork),
    seed: options.seed,
    machine: reportMachine(best.training.kernels),
    runs: results.map((result) => ({ ...runOf(result), ...(result === best && { confusion }) })),
    digits,
    ...(weights && { weights }),
    settings: [
      ["loss", "cross-entropy, the mean over a batch"],
      ["inputs", "standardized: one mean and one deviation for all pixels, float32"],
      ["batch size", String(options.batchSize)],
      ["epochs", String(options.epochs)],
    ],
    next: nextCommands,
  };
}

function runOf({ method, training, seconds }: MethodResult) {
  const { title, schedule } = method;
  return reportRun(training, { title, rate: rate(method.rate), schedule, seconds });
}

/** What the best network makes of the digits of the test. */
function testOf({ data, best }: Trained, seed: number): { digits: ReportDigits; confusion: number[][] } {
  const { inputs, targets } = data.test;
  const { classes, probabilities } = predict(best.training, inputs);
  const predicted = at([classes], 0).toTypedArray();
  const probability = max(at([probabilities], 0), 1).toTypedArray();
  const judged = { ...side, images: inputs.data, labels: targets, predicted, probability };
  const { counts } = confusionMatrix(predicted, targets, sizes.output);
  return { digits: reportDigits(judged, seed), confusion: counts.map((row) => [...row]) };
}
