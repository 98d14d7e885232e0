/** What a model says, row by row: as CSV, and as JSON; and how often it is right. */

import { at } from "../../src/core/exactly.ts";
import { losses } from "../../src/nn/losses/index.ts";
import type { Prediction, TrainedModel } from "../../src/train/index.ts";
import { percent } from "../report/format.ts";
import { shortNumber } from "../train/show/figures.ts";

/** What is said of each row. */
export interface Answers {
  /** Labels, numbers of classes, or values; several values where the model has several outputs. */
  readonly predictions: readonly (string | number | readonly number[])[];
  /** Of every class, where the model knows them. */
  readonly probabilities: readonly (readonly number[])[] | undefined;
  /** What the classes are called. */
  readonly classes: readonly string[];
}

/** How many classes a model tells apart; 0 where it gives values. */
export function classCount({ facts, parameters }: TrainedModel): number {
  const outputs = losses.find(({ card }) => card.name === facts.loss.name)?.card.outputs;
  if (outputs === undefined || outputs === "values") return 0;
  if (outputs === "logit" || outputs === "score") return 2;
  if (facts.labels !== undefined) return facts.labels.length;
  const last: unknown = Array.isArray(parameters) ? parameters.at(-1) : parameters;
  return last !== null && typeof last === "object" && "bias" in last ? lengthOf(last.bias) : 0;
}

const lengthOf = (tensor: unknown): number =>
  typeof tensor === "object" && tensor !== null && "size" in tensor ? Number(tensor.size) : 0;

/** Reads a prediction. Numbers in float32 have nine digits at most. */
export function answersOf(
  { outputs, classes, probabilities, labels }: Prediction,
  count: number,
  names?: readonly (string | number)[],
): Answers {
  const rows = outputs.shape[0] ?? 0;
  const named = (names ?? Array.from({ length: count }, (_, one) => one)).map(String);
  if (classes === undefined)
    return { predictions: rowsOf(outputs.toTypedArray(), rows, true), probabilities: undefined, classes: [] };
  const numbers = Array.from(classes.toTypedArray(), Number);
  const known = probabilities && rowsOf(probabilities.toTypedArray(), rows, false);
  return {
    predictions: labels ?? numbers,
    // Of yes and no only yes was told.
    probabilities: known?.map((row) =>
      row.length === 1 && count === 2 ? [digits(1 - at(row, 0)), at(row, 0)] : row,
    ),
    classes: named,
  };
}

const digits = (value: number): number => Number(value.toPrecision(9));

function rowsOf(data: ArrayLike<number>, rows: number, isFlat: true): (number | number[])[];
function rowsOf(data: ArrayLike<number>, rows: number, isFlat: false): number[][];
function rowsOf(data: ArrayLike<number>, rows: number, isFlat: boolean): (number | number[])[] {
  const size = data.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    const values = Array.from({ length: size }, (__, i) => digits(at(data, row * size + i)));
    return isFlat && size === 1 ? at(values, 0) : values;
  });
}

/** A heading and a line for every row. */
export function csvOf({ predictions, probabilities, classes }: Answers, withProbabilities: boolean): string {
  const [first] = predictions;
  const width = Array.isArray(first) ? first.length : 1;
  const head = width === 1 ? ["prediction"] : Array.from({ length: width }, (_, i) => `prediction_${i + 1}`);
  const shown = withProbabilities ? probabilities : undefined;
  const lines = predictions.map((prediction, row) => [...[prediction].flat(), ...(shown?.[row] ?? [])]);
  const heading = [...head, ...(shown ? classes.map((name) => `p_${name}`) : [])];
  return `${[heading, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`;
}

function csvCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** How good the predictions are. */
export type Verdict =
  | { readonly kind: "classes"; readonly right: number; readonly accuracy: number }
  | { readonly kind: "values"; readonly meanAbsoluteError: number; readonly rSquared: number };

/** Judges predictions by what the examples are. */
export function verdictOf({ outputs, classes }: Prediction, answers: ArrayLike<number>): Verdict {
  const truth = Array.from(answers);
  if (classes !== undefined) {
    const right = Array.from(classes.toTypedArray()).filter((one, row) => one === truth[row]).length;
    return { kind: "classes", right, accuracy: right / truth.length };
  }
  const given = Array.from(outputs.toTypedArray(), Number);
  const mean = truth.reduce((sum, value) => sum + value / truth.length, 0);
  const errors = truth.map((value, i) => value - at(given, i));
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);
  return {
    kind: "values",
    meanAbsoluteError: errors.reduce((sum, error) => sum + Math.abs(error) / truth.length, 0),
    rSquared: 1 - squares(errors) / squares(truth.map((value) => value - mean)),
  };
}

/** The verdict in a line. */
export function verdictText(verdict: Verdict, rows: number): string {
  return verdict.kind === "classes"
    ? `accuracy ${percent(verdict.accuracy)}: ${verdict.right} of ${rows} are right`
    : `mean absolute error ${shortNumber(verdict.meanAbsoluteError)}, R² ${shortNumber(verdict.rSquared)}`;
}
