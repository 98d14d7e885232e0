/** From what the user gives to what the run takes: examples read and checked once, classes numbered, inputs standardized, a part set apart. */
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import {
  type ExampleArray,
  type ExampleData,
  isTypedArray,
  readExampleArray,
} from "../../data/examples/example-array.ts";
import { type Examples, type ReadExamples, readClasses, readExamples } from "../../data/examples/examples.ts";
import { splitExamples } from "../../data/examples/split.ts";
import { type Standardization, standardizationOf } from "../../data/examples/standardization.ts";
import { classWeightsBalanced, encodeLabels, type Label } from "../../data/labels.ts";
import { crossEntropy } from "../../nn/losses/cross-entropy.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { squaredError } from "../../nn/losses/squared-error.ts";
import { samePlain } from "../../solver/plain-data.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { ArraySource } from "../batches/array-loader.ts";
import { keyFor } from "../course/keys.ts";
import { refusal, type TrainSettings } from "../options.ts";
import type { TrainingExamples } from "../training-examples.ts";

/** Examples ready for batches. */
export interface Prepared {
  readonly train: ArraySource;
  readonly validation: ArraySource | undefined;
  readonly labels: readonly Label[] | undefined;
  readonly standardization: Standardization | undefined;
  readonly loss: Loss;
}

type Given = Pick<TrainSettings, "loss" | "validation" | "standardize" | "classWeights" | "seed">;

/** Prepares examples. @throws ArgumentError and ShapeError naming the example that is wrong. */
export function prepare(data: TrainingExamples, options: Given): Prepared {
  const loss = options.loss ?? (areClasses(data.targets) ? crossEntropy() : squaredError());
  const read = readFor("train", data, loss, data.labels);
  const { labels = data.labels } = read;
  const { seed = 0, validation } = options;
  const split = typeof validation === "number" ? apart(read, validation, seed, loss) : undefined;
  const standardization = standardizationFor(options.standardize, read.inputs, split?.training);
  const { inputs, targets } = read;
  const judged =
    typeof validation === "object"
      ? readFor("train", renumbered(validation, loss, labels), loss, labels, "validation")
      : undefined;
  const classWeights = weightsFor(options.classWeights, loss, read.targets, judged?.targets, labels);
  const common = { standardization, classWeights };
  const own = { ...common, inputs, targets };
  return {
    train: split === undefined ? own : { ...own, indices: split.training },
    validation: split
      ? { ...own, indices: split.validation }
      : judged && { ...common, inputs: judged.inputs, targets: judged.targets },
    labels,
    standardization,
    loss,
  };
}

/** Whether targets look like classes: texts, bytes, int32. */
function areClasses(targets: Examples["targets"]): boolean {
  if (targets instanceof Tensor)
    return targets.rank === 1 && (targets.dtype === "int32" || targets.dtype === "bool");
  if (Array.isArray(targets)) return typeof targets[0] === "string";
  const data: unknown = isTypedArray(targets) ? targets : (targets as { data?: unknown } | undefined)?.data;
  return data instanceof Uint8Array || data instanceof Int32Array;
}

/**
 * Examples whose classes are numbered by labels of their own, in the order of others.
 *
 * @throws ArgumentError for a label that is none of the others.
 */
export function renumbered(
  data: TrainingExamples,
  loss: Loss,
  labels: readonly Label[] | undefined,
): TrainingExamples {
  const own = data.labels;
  const isSame = own === undefined || labels === undefined || samePlain(own, labels);
  if (isSame || loss.targets !== "classes" || typeof at(own, 0) !== typeof at(labels, 0)) return data;
  const { targets } = data;
  if (Array.isArray(targets) && typeof targets[0] === "string") return data;
  const read = readExampleArray("targets", targets as ExampleArray, "targets");
  const { data: classes } = readClasses("targets", read, "targets", own.length);
  const places = encodeLabels(own, labels).classes;
  return { ...data, labels, targets: Int32Array.from(classes, (one) => at(places, one)) };
}

/** Examples with targets as the loss takes them: two classes with names are what a loss of yes and no asks. */
function readFor(
  call: string,
  data: Examples,
  loss: Loss,
  labels: readonly Label[] | undefined,
  what = "",
): ReadExamples {
  const known = labels === undefined ? {} : { labels };
  if (loss.targets === "classes") return readExamples(call, data, { kind: "classes", ...known }, what);
  const isYesOrNo = loss.outputs === "logit" || loss.outputs === "score";
  const texts = Array.isArray(data.targets) && typeof data.targets[0] === "string";
  if (!isYesOrNo || !texts) return readExamples(call, data, { kind: "values" }, what);
  const encoded = encodeLabels(data.targets as readonly string[], labels);
  if (encoded.labels.length !== 2)
    throw new ArgumentError(
      `${call}: ${loss.lossName} asks yes or no; the targets have ${encoded.labels.length} labels; take crossEntropy()`,
    );
  const no = loss.outputs === "score" ? -1 : 0;
  const targets = Float32Array.from(encoded.classes, (label) => (label === 1 ? 1 : no));
  return { ...readExamples(call, { ...data, targets }, { kind: "values" }, what), labels: encoded.labels };
}

function apart({ count, targets }: ReadExamples, share: number, seed: number, loss: Loss) {
  if (!(share > 0 && share < 1)) throw refusal("validation", "examples, or a share of them in (0, 1)", share);
  const stratify = loss.targets === "classes" ? { stratify: targets.data } : {};
  return splitExamples(count, share, keyFor(seed, "split"), stratify);
}

function weightsFor(
  given: Given["classWeights"],
  loss: Loss,
  { data }: ExampleData,
  judged: ExampleData | undefined,
  labels: readonly Label[] | undefined,
): readonly number[] | undefined {
  if (given === undefined) return undefined;
  if (loss.targets !== "classes")
    throw new ArgumentError(
      `train({ classWeights }): belongs to losses of classes; ${loss.lossName} compares values; leave it out`,
    );
  const met = [data, judged?.data ?? []].map((classes) => 1 + Int32Array.from(classes).reduce(larger, 0));
  const classes = Math.max(...met, labels?.length ?? 0);
  if (given === "balanced") return Array.from(classWeightsBalanced(Int32Array.from(data), classes));
  const isList = Array.isArray(given) && given.every((weight) => weight >= 0 && weight < Infinity);
  if (!isList || given.length < classes || given.every((weight) => weight === 0))
    throw refusal(
      "classWeights",
      `"balanced" or a weight ≥ 0 for each of ${classes} classes, not all of them 0`,
      given,
    );
  return given;
}

const larger = (a: number, b: number): number => Math.max(a, b);

function standardizationFor(
  given: Given["standardize"],
  inputs: ExampleData,
  rows: Int32Array | undefined,
): Standardization | undefined {
  if (given === undefined) return undefined;
  if (inputs.dtype === "int32")
    throw new ArgumentError(
      "train({ standardize }): inputs that are int32 are names, such as words; give numbers as floats, or leave it out",
    );
  if (typeof given === "object") return given;
  if (given !== "features" && given !== "whole")
    throw refusal("standardize", '"features", "whole" or a standardization', given);
  const { mean, scale } = standardizationOf(inputs, given, rows);
  return { mean, scale };
}
