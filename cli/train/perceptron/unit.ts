/** Rosenblatt's rule on data: standardized like networks' inputs, and told in the units of the data. */

import type { Command } from "commander";
import { at } from "../../../src/core/exactly.ts";
import { entry } from "../../../src/core/vector.ts";
import { type Standardization, standardizationOf } from "../../../src/data/index.ts";
import { type PerceptronResult, perceptron } from "../../../src/nn/index.ts";
import { countOf, type Dataset, type Part } from "../data/dataset.ts";
import { readDataset } from "../data/read.ts";
import type { TrainOptions } from "../options.ts";

/** What was learned. */
export interface Learned {
  readonly dataset: Dataset;
  readonly result: PerceptronResult;
  /** What was done to the inputs; undefined for nothing. */
  readonly standardization: Standardization | undefined;
  readonly seconds: number;
}

/** Epochs at most where nothing is said, as `perceptron` has it. */
export const usualEpochs = 1000;

/** Reads the data, which must have two classes, and learns. */
export function learn(command: Command, data: string, options: TrainOptions): Learned {
  const dataset = readDataset(command, data, options, "classes");
  const { answer } = dataset;
  if (answer.kind === "values" || answer.count !== 2) {
    const has = answer.kind === "values" ? "numbers" : `${answer.count} classes`;
    command.error(
      `error: --model: a perceptron tells two classes apart, and the targets of ${dataset.name} are ${has}; take logistic`,
    );
  }
  return learnFrom(dataset, options);
}

/** Learns from the training part; with other columns where these are given. */
export function learnFrom(dataset: Dataset, options: TrainOptions, columns?: readonly number[]): Learned {
  const { lr, epochs = usualEpochs, seed, standardize = dataset.isImages ? "whole" : "features" } = options;
  const { train } = dataset;
  const standardization = standardize === "none" ? undefined : standardizationOf(train.inputs, standardize);
  const started = performance.now();
  const result = perceptron(rowsOf(train, standardization, columns), Array.from(train.targets.data), {
    maxEpochs: epochs,
    recordPath: true,
    ...(lr !== undefined && { rate: lr }),
    ...(seed !== undefined && { seed }),
  });
  return { dataset, result, standardization, seconds: (performance.now() - started) / 1000 };
}

/** The share of examples that a unit gets right. */
export function accuracyOn({ result, standardization }: Learned, part: Part): number {
  const rows = rowsOf(part, standardization);
  const right = rows.filter((row, i) => result.predict(row) === part.targets.data[i]);
  return right.length / rows.length;
}

/** The examples of a part, each standardized. */
function rowsOf(
  { inputs }: Part,
  standardization: Standardization | undefined,
  columns?: readonly number[],
): Float64Array[] {
  const count = inputs.shape[0] ?? 0;
  const size = inputs.data.length / count;
  const used = columns ?? Array.from({ length: size }, (_, j) => j);
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(used, (j) => {
      const { mean, scale } = featureOf(standardization, j);
      return (at(inputs.data, i * size + j) - mean) / scale;
    }),
  );
}

/** What was done to one feature. */
export function featureOf(
  standardization: Standardization | undefined,
  j: number,
): { readonly mean: number; readonly scale: number } {
  if (standardization === undefined) return { mean: 0, scale: 1 };
  const { mean, scale } = standardization;
  return { mean: mean[j] ?? at(mean, 0), scale: scale[j] ?? at(scale, 0) };
}

/** Weights and bias for inputs as they are: w·(x − m)/s + b. */
export function inUnits(
  { weights, bias }: { readonly weights: Float64Array; readonly bias: number },
  standardization: Standardization | undefined,
  columns: readonly number[] = Array.from(weights, (_, j) => j),
): { readonly weights: number[]; readonly bias: number } {
  const features = columns.map((j) => featureOf(standardization, j));
  return {
    weights: features.map(({ scale }, k) => entry(weights, k) / scale),
    bias: features.reduce((sum, { mean, scale }, k) => sum - (entry(weights, k) * mean) / scale, bias),
  };
}

/** How many examples there are to learn from and to test on. */
export function countsOf({ train, test }: Dataset): { readonly train: number; readonly test: number } {
  return { train: countOf(train), test: test === undefined ? 0 : countOf(test) };
}

/** The names of the features: those of columns, else their numbers. */
export function featureNames({ table, train }: Dataset): readonly string[] {
  const size = train.inputs.data.length / countOf(train);
  return table?.featureNames ?? Array.from({ length: size }, (_, j) => `x${j + 1}`);
}

/** The names of both classes. */
export function classNames({ answer }: Dataset): readonly [string, string] {
  const labels = answer.kind === "classes" ? (answer.labels ?? [0, 1]) : [0, 1];
  return [String(labels[0]), String(labels[1])];
}
