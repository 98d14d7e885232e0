/** Examples to learn from: inputs and what is wanted for them, as people have them, read once at the edge. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { encodeLabels, type Label } from "../labels.ts";
import { type ExampleArray, type ExampleData, readExampleArray } from "./example-array.ts";

/** Inputs and targets, one of each for every example. */
export interface Examples {
  /** `[n, …]`. */
  readonly inputs: ExampleArray;
  /** Values `[n, …]`, or numbers of classes `[n]`, which may be given as texts. */
  readonly targets: ExampleArray | readonly string[];
}

/** Examples that were read. Nothing is copied but lists and numbers of classes. */
export interface ReadExamples {
  /** How many there are. */
  readonly count: number;
  readonly inputs: ExampleData;
  readonly targets: ExampleData;
  /** What the classes are called, where targets were texts. */
  readonly labels?: readonly Label[];
}

/** How targets are to be read. */
export interface TargetReading {
  /** Numbers of classes become int32; values are float32. */
  readonly kind: "classes" | "values";
  /** The labels that are known already, for examples to judge by: texts are numbered by them. */
  readonly labels?: readonly Label[];
  /** How many classes there are, where that is known: none may be beyond. */
  readonly classes?: number;
}

/**
 * Reads examples.
 *
 * @param call what errors call the caller: `train`.
 * @param what what errors call the examples, such as "validation". Default "".
 * @throws ArgumentError for what is no array of finite numbers, no examples, and classes that are no whole numbers from 0, or out of range;
 *   ShapeError where there are not as many targets as inputs.
 */
export function readExamples(
  call: string,
  examples: Examples,
  reading: TargetReading,
  what = "",
): ReadExamples {
  if (typeof examples !== "object" || examples === null || !("inputs" in examples && "targets" in examples))
    throw new ArgumentError(`${call}: ${what} examples are { inputs, targets }; got ${showValue(examples)}`);
  const named = (part: string): string => (what === "" ? part : `${what} ${part}`);
  const inputs = readExampleArray(call, examples.inputs, named("inputs"));
  const { targets, labels } = readTargets(call, examples.targets, reading, named("targets"));
  const count = inputs.shape[0] ?? 0;
  if (targets.shape[0] !== count)
    throw new ShapeError(
      `${call}: needs a target for each of the ${count} ${named("inputs")}; got ${targets.shape[0]}`,
    );
  return { count, inputs, targets, ...(labels === undefined ? {} : { labels }) };
}

function readTargets(
  call: string,
  targets: Examples["targets"],
  { kind, labels, classes }: TargetReading,
  what: string,
): { readonly targets: ExampleData; readonly labels?: readonly Label[] } {
  if (isTexts(targets)) {
    if (kind === "values")
      throw new ArgumentError(
        `${call}: ${what} are values, so numbers; got ${showValue(targets[0])}; a loss for classes takes texts`,
      );
    const encoded = encodeLabels(targets, labels);
    return { targets: classData(encoded.classes), labels: encoded.labels };
  }
  const read = readExampleArray(call, targets, what);
  return { targets: kind === "classes" ? readClasses(call, read, what, classes) : asValues(read) };
}

function isTexts(targets: Examples["targets"]): targets is readonly string[] {
  return Array.isArray(targets) && targets.length > 0 && targets.every((label) => typeof label === "string");
}

/** Whole numbers as values are numbers like others. */
function asValues(read: ExampleData): ExampleData {
  return { ...read, dtype: "float32" };
}

/**
 * Numbers of classes as int32 `[n]`; targets `[n, 1]` are taken for `[n]`.
 *
 * @throws ArgumentError for what is no whole number from 0, or beyond the number of classes, with the example; ShapeError for another shape.
 */
export function readClasses(call: string, read: ExampleData, what: string, classes?: number): ExampleData {
  const { data, shape } = read;
  if (data.length !== shape[0])
    throw new ShapeError(
      `${call}: ${what} are numbers of classes, [n]; got the shape [${shape.join(", ")}]; of one-hot rows take the place of the 1`,
    );
  const limit = classes ?? 2 ** 31;
  for (let i = 0; i < data.length; i++) {
    const one = data[i] ?? Number.NaN;
    if (Number.isInteger(one) && one >= 0 && one < limit) continue;
    const rule = classes === undefined ? "whole numbers from 0 on" : `0 to ${classes - 1}`;
    throw new ArgumentError(
      `${call}: ${what}: classes are ${rule}; example ${i} has ${one}; number them with encodeLabels`,
    );
  }
  return classData(data instanceof Int32Array ? data : Int32Array.from(data));
}

function classData(classes: Int32Array): ExampleData {
  return { data: classes, shape: [classes.length], dtype: "int32" };
}
