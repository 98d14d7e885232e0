/** What a training begins with: model, parameters, examples and batches, read and checked against each other. */
import { ArgumentError, NablaError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import type { Examples } from "../../data/examples/examples.ts";
import type { Layer } from "../../nn/layer.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { zeros } from "../../tensor/operations/creation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ArraySource, arrayLoader, batchAt, countOf, inOrder } from "../batches/array-loader.ts";
import type { Batch, Loader } from "../batches/batch.ts";
import { firstOf } from "../batches/first-of.ts";
import { type StreamSource, streamLoader } from "../batches/stream-loader.ts";
import { keyFor } from "../course/keys.ts";
import { type Division, divide } from "../course/statistics.ts";
import type { Metric } from "../metrics/metric.ts";
import type { ModelFacts } from "../models/model-facts.ts";
import { refusal, type TrainOptions, type TrainSettings } from "../options.ts";
import type { TrainingExamples } from "../training-examples.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { metricsFor } from "./metrics-for.ts";
import { type Prepared, prepare } from "./preparation.ts";

/** What a training begins with. */
export interface Situation<P extends object> {
  readonly model: Layer<P>;
  readonly start: P;
  readonly division: Division<P>;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly loader: Loader;
  /** Undefined where batches come from elsewhere. */
  readonly train: ArraySource | undefined;
  readonly validation: ArraySource | undefined;
  /** Some inputs, to look at units with. */
  readonly sample: Tensor;
  readonly batchSize: number;
  readonly seed: number;
  readonly facts: ModelFacts;
  /** Tells other data. */
  readonly fingerprint: string;
  /** Closes a stream that was begun and not read. */
  readonly close: () => Promise<void>;
}

/** Examples that are looked at for units that are dead. */
const sampleSize = 256;

/** Reads model, data and options. @throws as `train` does. */
export async function situationOf<P extends object>(
  model: Layer<P>,
  data: TrainingExamples | StreamSource,
  options: TrainOptions<P>,
): Promise<Situation<P>> {
  const source = isExamples(data)
    ? fromArrays(prepare(data, options), options)
    : await fromStream(data, options);
  try {
    return situationIn(model, data, source, options);
  } catch (error) {
    await source.close?.();
    throw error;
  }
}

function situationIn<P extends object>(
  model: Layer<P>,
  data: TrainingExamples | StreamSource,
  source: Source,
  options: TrainOptions<P>,
): Situation<P> {
  const { sample, batch, loss, validation } = source;
  const { seed = 0 } = options;
  const start = options.start ?? model.init(keyFor(seed, "parameters"));
  const division = divide(model, start, batch.inputs, keyFor(seed, "layers", 0));
  if (division.isStatistic.every((is) => is))
    throw new ArgumentError(`train: the model has no parameters to train (${model.title})`);
  checkLastBatch(model, start, source, options);
  const { outputs } = division;
  for (const part of [source.train, validation])
    if (part !== undefined) checkTargets("train", loss, outputs, part);
  checkLabels(model, loss, source.labels, outputs);
  if (loss.reduction === "none")
    throw new ArgumentError(
      'train({ loss }): a training needs one number; take reduction "mean" or "sum" in place of "none"',
    );
  return {
    model,
    start,
    division,
    loss,
    metrics: metricsFor(options.metrics, loss),
    loader: source.loader,
    train: source.train,
    validation,
    sample,
    batchSize: source.batchSize,
    seed,
    facts: {
      format: "nabla-model",
      version: 1,
      ...(model.description && { model: model.description }),
      inputShape: sample.shape.slice(1),
      inputDtype: sample.dtype === "int32" ? "int32" : "float32",
      ...(source.standardization && { standardization: source.standardization }),
      ...(source.labels && { labels: source.labels }),
      ...(isExamples(data) && data.columns && { columns: data.columns }),
      ...(isExamples(data) && data.target !== undefined && { target: data.target }),
      loss: { name: loss.lossName, settings: loss.settings },
    },
    fingerprint: source.fingerprint,
    close: async () => source.close?.(),
  };
}

interface Source extends Omit<Prepared, "train"> {
  /** Closes a stream that was begun and not read. */
  readonly close?: () => Promise<void>;
  readonly train: ArraySource | undefined;
  readonly loader: Loader;
  readonly sample: Tensor;
  /** A few examples, to run the model once. */
  readonly batch: Batch;
  readonly batchSize: number;
  readonly fingerprint: string;
}

/** Whether all examples are at hand. */
export const isExamples = (data: TrainingExamples | StreamSource): data is TrainingExamples =>
  typeof data === "object" && data !== null && "inputs" in data && "targets" in data;

function fromArrays(prepared: Prepared, options: TrainSettings): Source {
  const { train } = prepared;
  const count = countOf(train);
  const { batchSize: wanted = 32, lastBatch = "keep", seed = 0 } = options;
  const batchSize = wanted === "full" ? count : Math.min(wanted, count);
  return {
    ...prepared,
    loader: arrayLoader(train, { batchSize, lastBatch, seed }),
    sample: batchAt(train, inOrder(Math.min(count, sampleSize))).inputs,
    batch: batchAt(train, inOrder(Math.min(count, 2))),
    batchSize,
    fingerprint: fingerprintOf(train),
  };
}

/** The first batch tells the shapes; the stream is begun anew for the first epoch. */
async function fromStream(source: StreamSource, options: TrainSettings): Promise<Source> {
  const { validation, standardize, classWeights, batchSize } = options;
  const misplaced = Object.entries({ standardize, classWeights, batchSize }).find(
    ([, value]) => value !== undefined,
  );
  if (misplaced !== undefined || typeof validation === "number")
    throw refusal(
      misplaced?.[0] ?? "validation",
      "left out, or examples, where batches come ready made from an iterable",
      misplaced?.[1] ?? validation,
    );
  if (typeof source !== "function" && !(typeof source === "object" && source !== null))
    throw refusal(
      "data",
      "{ inputs, targets }, batches of them to iterate over, or a function that gives these",
      source,
    );
  const { first, again, close } = await firstOf(source);
  try {
    return streamSource(first, again, close, options);
  } catch (error) {
    await close();
    throw error;
  }
}

function streamSource(
  first: Examples,
  again: StreamSource,
  close: () => Promise<void>,
  options: TrainSettings,
): Source {
  const prepared = prepare(first, options);
  const { loss, labels } = prepared;
  const read = (raw: Examples): Batch => {
    const { train } = prepare(raw, { loss, ...(labels && { labels }) });
    return batchAt(train, inOrder(countOf(train)));
  };
  const whole = batchAt(prepared.train, inOrder(countOf(prepared.train)));
  return {
    ...prepared,
    train: undefined,
    loader: streamLoader(again, read),
    sample: whole.inputs,
    batch: whole,
    batchSize: whole.size,
    fingerprint: "stream",
    close,
  };
}

/** Labels name the outputs one by one: one too many would be predicted without a name. */
function checkLabels<P extends object>(
  model: Layer<P>,
  loss: Loss,
  labels: Source["labels"],
  outputs: Tensor,
): void {
  const classes = at(outputs.shape, outputs.rank - 1);
  if (labels === undefined || loss.targets !== "classes" || labels.length === classes) return;
  throw new ArgumentError(
    `train: the targets have ${labels.length} labels and the model (${model.title}) ${classes} outputs; give the last layer as many outputs as there are labels`,
  );
}

/** A last batch that is too small for a layer (one example for batch norm) is told before the first step, not at the end of an epoch. */
function checkLastBatch<P extends object>(
  model: Layer<P>,
  start: P,
  { train, batchSize }: Source,
  { lastBatch = "keep", seed = 0 }: TrainSettings,
): void {
  const rest = train === undefined ? 0 : countOf(train) % batchSize;
  if (train === undefined || lastBatch === "drop" || rest !== 1) return;
  try {
    model.apply(start, batchAt(train, inOrder(1)).inputs, { training: true, key: keyFor(seed, "layers", 0) });
  } catch (cause) {
    if (!(cause instanceof NablaError)) throw cause;
    throw new ArgumentError(
      `train({ batchSize }): ${countOf(train)} examples in batches of ${batchSize} leave a last batch of one, which the model cannot be trained on (${cause.message}); give lastBatch: "drop", or another batchSize`,
      { cause },
    );
  }
}

/** Targets must be what the loss takes beside such outputs: known before the first step, since a compiled step checks no values. */
export function checkTargets(call: string, loss: Loss, outputs: Tensor, source: ArraySource): void {
  const count = countOf(source);
  const shape = outputs.shape.slice(1);
  const chunk = 4096;
  for (let from = 0; from < count; from += chunk) {
    const size = Math.min(chunk, count - from);
    const { targets } = batchAt(
      { ...source, inputs: source.targets, standardization: undefined },
      inOrder(size, from),
    );
    if (loss.targets === "classes") checkClasses(call, targets, at(outputs.shape, outputs.rank - 1), from);
    else loss.examples(zeros([size, ...shape], "float32"), targets);
  }
  if (loss.targets === "classes")
    loss.examples(outputs, batchAt(source, inOrder(outputs.shape[0] ?? 0)).targets);
}

function checkClasses(call: string, targets: Tensor, classes: number, from: number): void {
  const data = targets.toTypedArray();
  const wrong = data.findIndex((label: number) => label >= classes);
  if (wrong >= 0)
    throw new ArgumentError(
      `${call}: the model has ${classes} outputs, for classes 0 to ${classes - 1}; target ${from + wrong} is ${data[wrong]}; give the last layer more outputs, or correct the target`,
    );
}
