/** The page of a perceptron: its mistakes, and the line between two classes after every epoch. */

import { at } from "../../../src/core/exactly.ts";
import { linearModel } from "../../../src/nn/index.ts";
import type { EpochReport } from "../../../src/train/reports.ts";
import { reportMachine, reportModel } from "../../report/training/gather.ts";
import type { ReportDecision, TrainingReport } from "../../report/training/report.ts";
import { countOf } from "../data/dataset.ts";
import type { TrainOptions } from "../options.ts";
import { accuracyOn, classNames, countsOf, featureNames, inUnits, type Learned, learnFrom } from "./unit.ts";

/** Everything that the page shows. */
export function perceptronReport(
  learned: Learned,
  options: TrainOptions,
  next: TrainingReport["next"],
): TrainingReport {
  const { dataset, result, seconds } = learned;
  const { train, test } = dataset;
  const inputs = result.weights.length;
  const drawn = drawnColumns(learned);
  const accuracy = test && accuracyOn(learned, test);
  const epochs = epochsOf(learned);
  return {
    title: `A perceptron on ${dataset.name}`,
    data: {
      name: dataset.name,
      training: countOf(train),
      test: countsOf(dataset).test,
      inputShape: [inputs],
    },
    model: reportModel("perceptron", linearModel({ inputs }), [inputs]),
    seed: options.seed ?? 0,
    machine: reportMachine("none: single numbers"),
    runs: [
      {
        title: "Rosenblatt's rule",
        optimizer: "perceptron",
        rate: String(options.lr ?? 1),
        schedule: "constant",
        curve: epochs.map(({ step, loss }) => ({ step, loss })),
        epochs,
        ...(accuracy !== undefined && { test: { loss: 1 - accuracy, metrics: { accuracy } } }),
        seconds,
        examplesPerSecond: (countOf(train) * epochs.length) / seconds,
        reason: result.reason,
        warnings: [],
      },
    ],
    labels: classNames(dataset),
    ...(drawn && { decision: decisionOf(learned, options, drawn) }),
    settings: [
      ["loss", "the share of training examples that were mistaken"],
      ["order", options.seed === undefined ? "as given" : "shuffled in every epoch"],
      ["ended", result.detail],
      ...(drawn && inputs > 2 ? [drawnAlone(dataset, drawn)] : []),
    ],
    next,
  };
}

const drawnAlone = (dataset: Learned["dataset"], [i, j]: readonly [number, number]): [string, string] => {
  const names = featureNames(dataset);
  return ["drawn", `a perceptron of ${names[i]} and ${names[j]} alone, the two with the longest weights`];
};

/** An epoch's mistakes are its loss. */
function epochsOf({ dataset, result, seconds }: Learned): EpochReport[] {
  const count = countOf(dataset.train);
  return result.mistakes.map((mistakes, i, all) => ({
    epoch: i + 1,
    step: (i + 1) * count,
    loss: mistakes / count,
    metrics: { accuracy: 1 - mistakes / count },
    rate: undefined,
    gradientNorm: Number.NaN,
    validation: undefined,
    isBest: mistakes === Math.min(...all),
    seconds: seconds / all.length,
    examplesPerSecond: (count * all.length) / seconds,
  }));
}

/** The two features that weigh most, in their order; undefined where there is but one. */
function drawnColumns({ result }: Learned): readonly [number, number] | undefined {
  const sizes = Array.from(result.weights, Math.abs);
  const order = sizes.map((_, j) => j).sort((a, b) => at(sizes, b) - at(sizes, a));
  const [first, second] = order.slice(0, 2).sort((a, b) => a - b);
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** The line in the plane of two features; of more features a unit of these two alone is learned, so that what is drawn is so. */
function decisionOf(
  learned: Learned,
  options: TrainOptions,
  columns: readonly [number, number],
): ReportDecision {
  const { dataset } = learned;
  const drawn = learned.result.weights.length === 2 ? learned : learnFrom(dataset, options, columns);
  const names = featureNames(dataset);
  const { inputs, targets } = dataset.train;
  const size = learned.result.weights.length;
  const value = (row: number, column: number): number => at(inputs.data, row * size + column);
  return {
    features: [names[columns[0]] ?? "x1", names[columns[1]] ?? "x2"],
    classes: classNames(dataset),
    points: Array.from({ length: countOf(dataset.train) }, (_, row) => ({
      x: value(row, columns[0]),
      y: value(row, columns[1]),
      class: targets.data[row] === 1 ? 1 : 0,
    })),
    lines: (drawn.result.path ?? []).map((point, i) => {
      const { weights, bias } = inUnits(point, drawn.standardization, columns);
      return { epoch: i + 1, a: at(weights, 0), b: at(weights, 1), c: bias };
    }),
  };
}
