/** What `train` may be told. */
import { checkFunction, checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { Standardization } from "../data/examples/standardization.ts";
import type { Plateau } from "../first-order/schedules/plateau.ts";
import type { Schedule } from "../first-order/schedules/schedule.ts";
import type { SomeTransformation } from "../first-order/transformation.ts";
import type { Loss } from "../nn/losses/loss.ts";
import type { ObjectiveWant } from "../problem/types.ts";
import type { MethodCard } from "../solver/card.ts";
import type { Method, State } from "../solver/method.ts";
import type { Query } from "../solver/question.ts";
import type { Metric } from "./metrics/metric.ts";
import type { EpochReport, TrainingMoment, TrainingStepReport, TrainingWarning } from "./reports.ts";
import type { TrainingExamples } from "./training-examples.ts";

/**
 * What moves the parameters: a first-order method such as `adam()`, a chain of gradient transformations, or a method that wants the same function at every step,
 * such as `lbfgs()`: that needs the full batch.
 */
export type Optimizer = SomeTransformation | SomeFirstOrderMethod | SomeMethod;

/** What `adam()` and its kin give: a method, and the transformation it is made of. */
export interface SomeFirstOrderMethod {
  readonly card: MethodCard;
  readonly transformation: SomeTransformation;
  /** Its hyperparameters, of which `rate` is told while the run goes on. */
  readonly schedules?: Readonly<Record<string, Schedule>>;
}

/** A method for functions, whose state only it knows. */
export interface SomeMethod extends Pick<Method, "card" | "settings" | "init"> {
  readonly ask: (state: never) => Query<ObjectiveWant>;
  readonly tell: (state: never, answer: never) => State;
}

/** How long a run is to be, for schedules that end with it. */
export interface Plan {
  readonly epochs: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** When to stop before the last epoch. */
export interface EarlyStoppingOptions {
  /** Epochs in a row that may bring nothing better. Default 5, Nabla's. */
  readonly patience?: number;
  /** By how much a value must be better to count. Default 0. */
  readonly minChange?: number;
}

/** Where and when checkpoints are written. Of the intervals several may be given; without any it is every epoch. */
export interface CheckpointOptions {
  /** A folder; made if it is not there. */
  readonly folder: string;
  readonly everySteps?: number;
  readonly everyEpochs?: number;
  readonly everySeconds?: number;
  /** So many are kept, and the best beside them. Default 3. */
  readonly keep?: number;
  /** What is written as the model's own file, of parameters in the same tree: values in another unit. The run goes on as it is. Default: the parameters as they are. */
  readonly asModel?: (parameters: object) => object;
}

/** Options of `train` but those that depend on the model. */
export interface TrainSettings {
  /** Default `adam()`. A function is told how long the run is to be. */
  readonly optimizer?: Optimizer | ((plan: Plan) => Optimizer);
  /** Default: cross-entropy where targets are classes (texts, bytes, int32), else squared error. */
  readonly loss?: Loss;
  /** Passes over the examples. Default 10, unless `steps` is given. */
  readonly epochs?: number;
  /** Steps in all. */
  readonly steps?: number;
  /** Examples of a step. Default 32 (Bengio 2012, section 3.1.2), or all where there are fewer; "full" takes all. */
  readonly batchSize?: number | "full";
  /** What becomes of examples that fill no whole batch at the end of an epoch. Default "keep". */
  readonly lastBatch?: "keep" | "drop";
  /** A factor of every update: a schedule from 1, or a plateau that is told the validation's loss (else the training's) after each epoch. */
  readonly schedule?: Schedule | Plateau | ((plan: Plan) => Schedule);
  /** The largest global norm of the gradient, or a transformation of it in front of the optimizer. */
  readonly clip?: number | SomeTransformation;
  /** An average of the parameters that is the answer: the decay of a moving one whose memory grows from short to that (`rampedMovingAverage`), or a transformation such as `polyakRuppert()`. */
  readonly average?: number | SomeTransformation;
  /** What to measure besides the loss. Default: accuracy where targets are classes. */
  readonly metrics?: readonly Metric[];
  /** Examples to judge by after each epoch, or the share of the training examples that is set apart for it. */
  readonly validation?: number | TrainingExamples;
  /** Stops when the validation's loss (else the training's) has not become better for some epochs, and answers with the best parameters. */
  readonly earlyStopping?: number | EarlyStoppingOptions;
  /** Inputs to zero mean and unit variance, fitted on the training part and stored with the model: each feature, or the whole by one mean. */
  readonly standardize?: "features" | "whole" | Standardization;
  /** Weights of classes in the loss: "balanced" gives each class the same say. */
  readonly classWeights?: "balanced" | readonly number[];
  /** Parameters, shuffling, dropout and splitting come from it. Default 0. */
  readonly seed?: number;
  readonly checkpoint?: string | CheckpointOptions;
  /** A folder of checkpoints to continue from; the run ends with the bits of one that was not interrupted. */
  readonly resume?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds at most, of this call. */
  readonly timeLimit?: number;
  /** Called after every step; "stop" ends the run. */
  readonly onStep?: (step: TrainingStepReport) => unknown;
  /** Called after every epoch; "stop" ends the run. */
  readonly onEpoch?: (epoch: EpochReport) => unknown;
  /** Told what looks wrong, each thing once. */
  readonly onWarning?: (warning: TrainingWarning) => void;
}

/** Options of `train`. */
export interface TrainOptions<P extends object> extends TrainSettings {
  /** Parameters to begin with. Default: `model.init`, from the seed. */
  readonly start?: P;
  /** Called before every step, with what it begins with: for tools such as `conditioningMonitor`. */
  readonly onBatch?: (moment: TrainingMoment<P>) => void;
}

const names = [
  "optimizer",
  "loss",
  "epochs",
  "steps",
  "batchSize",
  "lastBatch",
  "schedule",
  "clip",
  "average",
  "metrics",
  "validation",
  "earlyStopping",
  "standardize",
  "classWeights",
  "seed",
  "start",
  "checkpoint",
  "resume",
  "signal",
  "timeLimit",
  "onBatch",
  "onStep",
  "onEpoch",
  "onWarning",
] as const satisfies readonly (keyof TrainOptions<object>)[];

/** Checks what can be checked without the data. @throws ArgumentError naming the option, the value and the rule. */
export function checkTrainOptions(options: TrainSettings & { readonly onBatch?: unknown }): void {
  checkOptions("train", options, names);
  const { epochs, steps, batchSize, lastBatch, seed, timeLimit, signal } = options;
  whole("epochs", epochs, 0);
  whole("steps", steps, 0);
  if (batchSize !== "full") whole("batchSize", batchSize, 1, ' or "full"');
  if (lastBatch !== undefined && lastBatch !== "keep" && lastBatch !== "drop")
    throw refusal("lastBatch", '"keep" or "drop"', lastBatch);
  if (seed !== undefined && !Number.isFinite(seed)) throw refusal("seed", "a finite number", seed);
  if (timeLimit !== undefined && !(timeLimit >= 0))
    throw refusal("timeLimit", "a number of milliseconds ≥ 0", timeLimit);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refusal("signal", "an AbortSignal", signal);
  for (const name of ["onBatch", "onStep", "onEpoch", "onWarning"] as const)
    if (options[name] !== undefined) checkFunction(`train({ ${name} })`, options[name]);
}

/** What ends a run whether or not it has become good: whichever comes first. */
export function limitsOf({ epochs, steps }: TrainSettings): {
  readonly epochs: number;
  readonly steps: number;
} {
  return { epochs: epochs ?? (steps === undefined ? defaultEpochs : Infinity), steps: steps ?? Infinity };
}

const defaultEpochs = 10;

/** Refuses what is no whole number from `least` on; undefined passes. */
export function whole(name: string, value: unknown, least: number, or = ""): void {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= least)) return;
  throw refusal(name, `a whole number ≥ ${least}${or}`, value);
}

/** The error for an option out of range. */
export function refusal(name: string, rule: string, value: unknown, remedy = ""): ArgumentError {
  return new ArgumentError(`train({ ${name} }): must be ${rule}; got ${showValue(value)}${remedy}`);
}
