/** A table becomes examples: inputs from its columns, targets from one of them, and what is needed to do the same to a new table. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Label } from "../labels.ts";
import { type ColumnEncoding, featureNamesOf } from "./column-encoding.ts";
import { encodeTable, type TableInputs } from "./encode-table.ts";
import { encodeTarget, type TableTargets } from "./encode-target.ts";
import { findColumn, placeIn, type Table, type TableColumn } from "./table.ts";
import { guessTargetKind } from "./target-kind.ts";

/** Options of `tableExamples`. */
export interface TableExamplesOptions {
  /** The column that is to be predicted. */
  readonly target: string;
  /** The columns to predict it from. Default: all others. */
  readonly features?: readonly string[];
  /** What the target is. Default: guessed (`guessTargetKind`). */
  readonly kind?: "classes" | "values";
  /** What becomes of missing values: an error, or the mean of the column (its commonest text). Default "refuse". */
  readonly missing?: "refuse" | "mean";
  /** How many inputs a column of texts may become. Default 256. */
  readonly maxCategories?: number;
}

/** Examples made of a table. */
export interface TableExamples {
  /** `[n, d]`, float64: standardize before training. */
  readonly inputs: TableInputs;
  /** Numbers of classes `[n]`, or values `[n, 1]`. */
  readonly targets: TableTargets;
  readonly kind: "classes" | "values";
  /** Why this kind was taken. */
  readonly kindReason: string;
  /** What the classes are called, in order; undefined where targets are values. */
  readonly labels?: readonly Label[];
  /** How columns became inputs, for `encodeTable`. */
  readonly columns: readonly ColumnEncoding[];
  /** The names of the inputs, `[d]`. */
  readonly featureNames: readonly string[];
  /** The target's column. */
  readonly target: string;
}

/**
 * Makes examples of a table. Columns of numbers are inputs as they are; a column of texts becomes one input a category, in alphabetical order.
 *
 * @throws ArgumentError for columns that are not there, missing values (unless `missing: "mean"`), a missing target, texts with more than
 *   `maxCategories` categories, and targets that cannot be what `kind` says.
 *
 * ```ts
 * const table = readCsv("age,town,cat\n31,Ulm,yes\n45,Jena,no\n28,Ulm,yes\n");
 * const { inputs, targets, labels, featureNames } = tableExamples(table, { target: "cat" });
 * featureNames; // → [ "age", "town=Jena", "town=Ulm" ]
 * inputs.shape; // → [ 3, 3 ]
 * [...targets.data].map((i) => labels?.[i]); // → [ "yes", "no", "yes" ]
 * ```
 */
export function tableExamples(table: Table, options: TableExamplesOptions): TableExamples {
  checkOptions("tableExamples", options, ["target", "features", "kind", "missing", "maxCategories"]);
  const { target, missing = "refuse", maxCategories = 256 } = options;
  if (missing !== "refuse" && missing !== "mean")
    throw new ArgumentError(
      `tableExamples({ missing }): is "refuse" or "mean"; got ${showValue(missing)}; rows are left out by readCsv({ missing: "drop-rows" })`,
    );
  const wanted = findColumn("tableExamples({ target })", table, target);
  const features = featureColumns(table, target, options.features);
  const columns = features.map((column) => encodingOf(table, column, missing, maxCategories));
  const guess = guessTargetKind(wanted);
  const kind = options.kind ?? guess.kind;
  const kindReason = options.kind === undefined ? guess.reason : "it was said so";
  return {
    inputs: encodeTable(table, columns),
    ...encodeTarget(table, target, { kind }),
    kind,
    kindReason,
    columns,
    featureNames: featureNamesOf(columns),
    target,
  };
}

function featureColumns(
  table: Table,
  target: string,
  features: readonly string[] | undefined,
): TableColumn[] {
  if (features !== undefined && !Array.isArray(features))
    throw new ArgumentError(
      `tableExamples({ features }): is a list of columns' names; got ${showValue(features)}`,
    );
  const columns =
    features?.map((name) => findColumn("tableExamples({ features })", table, name)) ??
    table.columns.filter((column) => column.name !== target);
  if (columns.length === 0)
    throw new ArgumentError(
      `tableExamples: needs a column to predict ${showValue(target)} from; ${table.name} has no other`,
    );
  if (columns.some((column) => column.name === target))
    throw new ArgumentError(
      `tableExamples({ features }): the target ${showValue(target)} cannot be a feature too; take it off the list`,
    );
  if (new Set(columns).size < columns.length)
    throw new ArgumentError(
      `tableExamples({ features }): names each column once; got ${showValue(features)}`,
    );
  return columns;
}

function encodingOf(
  table: Table,
  column: TableColumn,
  missing: "refuse" | "mean",
  maxCategories: number,
): ColumnEncoding {
  const { name } = column;
  if (column.missing > 0 && missing === "refuse") throw holed(table, column);
  if (column.missing === column.values.length)
    throw new ArgumentError(
      `tableExamples: the column "${name}" of ${table.name} has no values at all; leave it out of { features }`,
    );
  if (column.kind === "number")
    return { kind: "number", name, ...(missing === "mean" ? { fill: meanOf(column.values) } : {}) };
  const counts = countTexts(column.values);
  if (counts.size > maxCategories)
    throw new ArgumentError(
      `tableExamples: the column "${name}" of ${table.name} has ${counts.size} different texts and would become as many inputs` +
        `${column.note === undefined ? "" : ` (${column.note})`}; leave it out of { features }, or raise { maxCategories } above ${maxCategories}`,
    );
  const categories = [...counts.keys()].sort();
  const commonest = categories.reduce((best, text) =>
    (counts.get(text) ?? 0) > (counts.get(best) ?? 0) ? text : best,
  );
  return { kind: "category", name, categories, ...(missing === "mean" ? { fill: commonest } : {}) };
}

function holed(table: Table, column: TableColumn): ArgumentError {
  const row = column.values.findIndex((value) => value === "" || Number.isNaN(value));
  return new ArgumentError(
    `tableExamples: ${placeIn(table, column.name, row)}: the value is missing, one of ${column.missing}; fill them in, ` +
      'leave the column out of { features }, leave such rows out with readCsv({ missing: "drop-rows" }), or give { missing: "mean" }',
  );
}

/** The mean of what is there. */
function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function countTexts(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of values) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
