/** Parts of a report made of what the library gives: a network, a machine, a training. */

import { availableParallelism, cpus } from "node:os";
import { at } from "../../../src/core/exactly.ts";
import type { SomeLayer } from "../../../src/nn/layer.ts";
import { summary } from "../../../src/nn/summary.ts";
import type { TrainResult } from "../../../src/train/index.ts";
import { chooseImages } from "./choice.ts";
import type { ReportDigits, ReportMachine, ReportModel, ReportRun } from "./report.ts";

/** The network; of the shape of an example the network itself may know. */
export function reportModel(title: string, model: SomeLayer, inputShape?: readonly number[]): ReportModel {
  const { rows, parameters } = summary(model, inputShape);
  const layers = rows.map((row) => ({
    title: row.title,
    parameters: row.parameters,
    ...(row.output && { outputShape: row.output }),
  }));
  return { title, layers, parameters };
}

/** This machine, with the kernels that computed. */
export function reportMachine(kernels: string): ReportMachine {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const cores = availableParallelism();
  return {
    kernels,
    node: process.versions.node,
    cpu: `${model}, ${cores} ${cores === 1 ? "core" : "cores"}`,
  };
}

/** What only whoever trained knows of a run. */
export type RunWords = Pick<ReportRun, "title" | "rate" | "schedule"> &
  Partial<Pick<ReportRun, "seconds" | "confusion">>;

/** What is read of a result, whatever its parameters are. */
type Told = Pick<
  TrainResult,
  "optimizer" | "curve" | "epochs" | "validation" | "seconds" | "reason" | "warnings"
>;

/** A training that ended; judged by its validation. Seconds are those of its steps, unless others are given. */
export function reportRun(result: Told, words: RunWords): ReportRun {
  const { optimizer, curve, epochs, validation, seconds, reason, warnings } = result;
  const examples = epochs.reduce((sum, epoch) => sum + epoch.examplesPerSecond * epoch.seconds, 0);
  return {
    optimizer: optimizer.name,
    curve,
    epochs,
    ...(validation && { test: validation }),
    seconds,
    examplesPerSecond: seconds > 0 ? examples / seconds : 0,
    reason,
    warnings,
    ...words,
  };
}

/** Grey images, their classes, and what a network made of them. */
export interface JudgedImages {
  readonly height: number;
  readonly width: number;
  /** `[n, height * width]`, 0 paper to 255 ink. */
  readonly images: Uint8Array;
  readonly labels: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** How probable the prediction is held. */
  readonly probability: ArrayLike<number>;
}

/** Sixteen of them. */
export function reportDigits(judged: JudgedImages, seed: number): ReportDigits {
  const { height, width, images, labels, predicted, probability } = judged;
  const { byChance, mistakes } = chooseImages(predicted, probability, labels, seed);
  const chosen = [...byChance, ...mistakes];
  const size = height * width;
  return {
    height,
    width,
    images: chosen.map((index) => images.slice(index * size, (index + 1) * size)),
    labels: chosen.map((index) => at(labels, index)),
    predicted: chosen.map((index) => at(predicted, index)),
    probability: chosen.map((index) => at(probability, index)),
    mistakes: mistakes.length,
  };
}
