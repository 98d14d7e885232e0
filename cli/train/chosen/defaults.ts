/** What is chosen where the command line says nothing: by the data, the model and the optimizer. */

import type { MethodCard } from "../../../src/solver/card.ts";
import { countOf, type Dataset } from "../data/dataset.ts";
import type { RunOptions } from "../options.ts";
import { type AskedModel, modelText } from "./model.ts";
import type { ChosenOptimizer } from "./optimizer.ts";

/** Options with nothing left open that depends on the data. */
export interface RunSettings extends RunOptions {
  readonly model: string;
  readonly optimizer: string;
  readonly epochs: number;
  readonly batchSize: number | "full";
  readonly standardize: "features" | "whole" | "none";
  readonly seed: number;
}

/** Options that say what is computed. */
const runNames = [
  "target",
  "features",
  "test",
  "missing",
  "decimal",
  "limit",
  "model",
  "loss",
  "metrics",
  "optimizer",
  "lr",
  "schedule",
  "epochs",
  "batchSize",
  "clipNorm",
  "ema",
  "seed",
  "validation",
  "standardize",
  "earlyStopping",
  "classWeights",
] as const satisfies readonly (keyof RunOptions)[];

/** Those of the options that say what is computed. */
export function runOptions(options: RunOptions): RunOptions {
  const given = Object.entries(options).filter(([name]) => runNames.some((one) => one === name));
  return Object.fromEntries(given);
}

/** How a model is trained by Adam. */
interface Way {
  /** Default: Adam's own. */
  readonly rate?: number;
  readonly schedule?: string;
  readonly batchSize: number;
  /** Of images; tables go by steps. */
  readonly epochs: number;
}

/**
 * What was found to suit. Adam's own rate is that of deep networks: a single layer has one valley, and its weights have farther to go than 0.001 brings them. On
 * MNIST, one cycle up to 0.003 (Smith & Topin 2018) brings lenet to 99.3 % in eight epochs, with each of four seeds; a cosine from 0.002 was 0.1 % behind.
 */
const ways: Readonly<Record<AskedModel["kind"], Way>> = {
  mlp: { batchSize: 128, epochs: 5 },
  lenet: { rate: 0.003, schedule: "one-cycle", batchSize: 64, epochs: 8 },
  linear: { rate: 0.01, batchSize: 128, epochs: 5 },
  logistic: { rate: 0.01, batchSize: 128, epochs: 5 },
  perceptron: { batchSize: 1, epochs: 1000 },
};

/** Examples of a step where there are few. Bengio (2012), section 3.1.2. */
const tableBatch = 32;

/** Steps after which most tables are learned, and epochs between which these are taken. */
const tableSteps = 4000;
const [fewestEpochs, mostEpochs] = [20, 200];

/** Steps of a method that sees all examples in each. */
const fullBatchSteps = 100;

/** The share that early stopping and plateaus judge by: a test set that choices are made by is none any more. */
const usualValidation = 0.1;

/** The rate where nobody says any; undefined: the method's own. */
export function usualRate({ kind }: AskedModel, { name }: MethodCard): number | undefined {
  return name === "adam" ? ways[kind].rate : undefined;
}

/** The settings of a run. */
export function settingsFor(
  given: RunOptions,
  dataset: Dataset,
  model: AskedModel,
  optimizer: ChosenOptimizer,
): RunSettings {
  const { isImages } = dataset;
  const way = ways[model.kind];
  const usualBatch = optimizer.isFullBatch ? "full" : isImages ? way.batchSize : tableBatch;
  const { batchSize = usualBatch } = given;
  const schedule = given.schedule ?? (optimizer.card.name === "adam" ? way.schedule : undefined);
  const needsJudge = given.earlyStopping !== undefined || schedule?.startsWith("plateau") === true;
  const validation = given.validation ?? (needsJudge ? usualValidation : undefined);
  const isInBrackets = given.lr === undefined && /\brate\s*=/.test(given.optimizer ?? "");
  const lr = isInBrackets ? undefined : optimizer.rate;
  return {
    ...given,
    ...(lr !== undefined && { lr }),
    ...(schedule !== undefined && { schedule }),
    model: modelText(model),
    optimizer: given.optimizer ?? optimizer.card.name,
    epochs:
      given.epochs ?? (isImages && !optimizer.isFullBatch ? way.epochs : tableEpochs(dataset, batchSize)),
    batchSize,
    standardize: given.standardize ?? (isImages ? "whole" : "features"),
    seed: given.seed ?? 0,
    ...(validation !== undefined && { validation }),
  };
}

function tableEpochs({ train }: Dataset, batchSize: number | "full"): number {
  if (batchSize === "full") return fullBatchSteps;
  const stepsPerEpoch = Math.ceil(countOf(train) / batchSize);
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(tableSteps / stepsPerEpoch)));
}
