/** What the page of a training shows: plain data, made by `npm start` and by `nabla train --report`. */

import type { EpochReport, Judgement, TrainingWarning } from "../../../src/train/reports.ts";

/** A training, or several that began alike. */
export interface TrainingReport {
  /** The heading: "A network learns to read digits". */
  readonly title: string;
  readonly data: ReportData;
  readonly model: ReportModel;
  readonly seed: number;
  readonly machine: ReportMachine;
  /** At least one, in the order in which they ran. */
  readonly runs: readonly ReportRun[];
  /** What the classes are called, in the order of the outputs. Default: their numbers. */
  readonly labels?: readonly (string | number)[];
  /** Some images with what the best run takes them for. */
  readonly digits?: ReportDigits;
  /** What the first layer of the best run has learned, where inputs are images. */
  readonly weights?: ReportWeights;
  /** The line between two classes, where a single linear unit looks at two features. */
  readonly decision?: ReportDecision;
  /** Everything else that was chosen, in the order in which it is to be read: `["batch size", "100"]`. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** How to go on. */
  readonly next: readonly ReportCommand[];
}

/** What was learned from. */
export interface ReportData {
  /** "MNIST", "iris.csv". */
  readonly name: string;
  /** Examples trained on. */
  readonly training: number;
  /** Examples judged by and not trained on; 0 where there were none. */
  readonly test: number;
  /** What these are: a test set, or a part of the training examples that was set apart. Default "test". */
  readonly testName?: "test" | "validation";
  /** Of one example: `[784]`. */
  readonly inputShape: readonly number[];
}

/** The network. */
export interface ReportModel {
  /** As it stands in a sentence: "a 784-128-10 network", "lenet". */
  readonly title: string;
  /** A row of the summary for each layer. */
  readonly layers: readonly ReportLayer[];
  /** Numbers to be learned, in all. */
  readonly parameters: number;
}

/** A layer of the network. */
export interface ReportLayer {
  /** "dense 784 → 128". */
  readonly title: string;
  /** Of one example: `[128]`; left out where nobody knows it. */
  readonly outputShape?: readonly number[];
  readonly parameters: number;
}

/** Who computed. */
export interface ReportMachine {
  /** "OpenBLAS 0.3.21, 2 threads". */
  readonly kernels: string;
  /** "20.20.0". */
  readonly node: string;
  /** "Intel Xeon, 2 cores". */
  readonly cpu?: string;
}

/** One training. */
export interface ReportRun {
  /** Tells it from the others: "AdamW with cosine decay". */
  readonly title: string;
  /** The name of the optimizer: "adamw". */
  readonly optimizer: string;
  /** Of its first step: "0.003"; "" where the optimizer has none. */
  readonly rate: string;
  /** What becomes of the rate: "constant", "cosine to 0". */
  readonly schedule: string;
  /** The loss along its steps: `TrainResult.curve`. */
  readonly curve: readonly { readonly step: number; readonly loss: number }[];
  readonly epochs: readonly EpochReport[];
  /** The test examples judged by the parameters that are the answer; accuracy is `metrics.accuracy`. */
  readonly test?: Judgement;
  /** Of its steps and tests. */
  readonly seconds: number;
  /** Over all its steps. */
  readonly examplesPerSecond: number;
  /** Why it ended: "max-epochs", which goes without saying, "early-stopping". */
  readonly reason: string;
  readonly warnings: readonly TrainingWarning[];
  /** How many test examples of class i (rows) were taken for class j (columns). */
  readonly confusion?: readonly (readonly number[])[];
}

/** Images of test examples, first those drawn by chance, then the surest mistakes. */
export interface ReportDigits {
  readonly height: number;
  readonly width: number;
  /** Grey values of each, `height * width`, 0 paper to 255 ink. */
  readonly images: readonly Uint8Array[];
  /** The class of each. */
  readonly labels: readonly number[];
  /** The class it was taken for. */
  readonly predicted: readonly number[];
  /** How probable that was held, 0 to 1. */
  readonly probability: readonly number[];
  /** How many at the end are there as mistakes. */
  readonly mistakes: number;
}

/** Weights of a first layer, or what training has added to them, a picture for each of its units. */
export interface ReportWeights {
  readonly height: number;
  readonly width: number;
  /** The weights of each unit, `height * width`. */
  readonly units: readonly ArrayLike<number>[];
  /** How many units there are; more than are shown, maybe. */
  readonly of: number;
  /** Whether these are the changes since the first step. */
  readonly isChange: boolean;
}

/** Two classes in a plane, and the line between them after each epoch. */
export interface ReportDecision {
  /** The names of the two features. */
  readonly features: readonly [x: string, y: string];
  /** The names of the two classes. */
  readonly classes: readonly [negative: string, positive: string];
  readonly points: readonly DecisionPoint[];
  /** In order; the first may be that of epoch 0, before training. */
  readonly lines: readonly DecisionLine[];
}

/** An example. */
export interface DecisionPoint {
  readonly x: number;
  readonly y: number;
  readonly class: 0 | 1;
}

/** Where ax + by + c is 0; above 0 is class 1. In the units of the points, whatever the network was given. */
export interface DecisionLine {
  readonly epoch: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Something to try. */
export interface ReportCommand {
  /** "nabla train mnist --model lenet". */
  readonly command: string;
  /** What it does, in a few words. */
  readonly meaning: string;
}

/** The accuracy of a run on the test examples, 0 to 1; undefined where there are no classes or no test, and where it is no number. */
export function accuracyOf({ test }: ReportRun): number | undefined {
  const accuracy = test?.metrics.accuracy;
  return Number.isNaN(accuracy) ? undefined : accuracy;
}

/** The index of the run with the highest test accuracy; where there is none, with the lowest loss of the test, else of the training. */
export function bestRun(runs: readonly ReportRun[]): number {
  const merits = runs.map(meritOf);
  return merits.reduce((best, merit, i) => (merit > (merits[best] ?? -Infinity) ? i : best), 0);
}

function meritOf(run: ReportRun): number {
  const merit = accuracyOf(run) ?? -(run.test?.loss ?? run.epochs.at(-1)?.loss ?? Infinity);
  return Number.isNaN(merit) ? -Infinity : merit;
}
