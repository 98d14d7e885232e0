/** The column that is to be predicted becomes targets. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { closest } from "../../expression/formula/closest.ts";
import { encodeLabels, type Label } from "../labels.ts";
import { findColumn, listed, placeIn, type Table, type TableColumn } from "./table.ts";

/** Targets made of a column: numbers of classes `[n]`, or values `[n, 1]`. */
export type TableTargets =
  | { readonly data: Int32Array; readonly shape: readonly [number] }
  | { readonly data: Float64Array; readonly shape: readonly [number, 1] };

/** What the targets are. */
export type TargetOptions =
  | { readonly kind: "values" }
  /** The labels known from training, in their order; default: those found, sorted. */
  | { readonly kind: "classes"; readonly labels?: readonly Label[] };

/**
 * The targets in a column, for training, or to judge predictions for another table by the labels of training.
 *
 * @throws ArgumentError for a column that is not there, a missing value, text where values are wanted, and a label that is not known; with
 *   the line of the file.
 *
 * ```ts
 * const table = readCsv("x,animal\n1,dog\n2,cat\n");
 * encodeTarget(table, "animal", { kind: "classes", labels: ["cat", "dog"] }).targets.data; // → Int32Array(2) [ 1, 0 ]
 * ```
 */
export function encodeTarget(
  table: Table,
  name: string,
  options: TargetOptions,
): { readonly targets: TableTargets; readonly labels?: readonly Label[] } {
  const column = findColumn("encodeTarget", table, name);
  const hole = column.values.findIndex((value) => value === "" || Number.isNaN(value));
  if (hole >= 0)
    throw new ArgumentError(
      `encodeTarget: ${placeIn(table, name, hole)}: the target is missing; such rows are left out by readCsv({ missing: "drop-rows" })`,
    );
  if (options.kind === "values") {
    if (column.kind === "text")
      throw new ArgumentError(
        `encodeTarget: ${placeIn(table, name, 0)}: values are numbers; got ${showValue(column.values[0])}${column.note === undefined ? "" : ` (${column.note})`}; take { kind: "classes" }, or mend the file`,
      );
    return { targets: { data: column.values.slice(), shape: [table.rows, 1] } };
  }
  const { kind, labels: known }: { readonly kind: string; readonly labels?: readonly Label[] } = options;
  if (kind !== "classes")
    throw new ArgumentError(`encodeTarget({ kind }): is "classes" or "values"; got ${showValue(kind)}`);
  const values = labelsIn(column, known);
  if (known !== undefined) {
    const stranger = values.findIndex((label) => !known.includes(label));
    if (stranger >= 0) throw strange(table, name, stranger, values[stranger] ?? "", known);
  }
  const { labels, classes } = encodeLabels(values, known);
  return { targets: { data: classes, shape: [classes.length] }, labels };
}

/** The column's values as labels: as texts where the known ones are, since "1" is read as a number where a file has no other texts. */
function labelsIn(column: TableColumn, known: readonly Label[] | undefined): readonly Label[] {
  if (column.kind === "text") return column.values;
  const areTexts = known?.every((label) => typeof label === "string");
  return Array.from(column.values, (value) => (areTexts ? String(value) : value));
}

function strange(
  table: Table,
  name: string,
  row: number,
  label: Label,
  known: readonly Label[],
): ArgumentError {
  const near = typeof label === "string" ? closest(label, known.map(String)) : undefined;
  return new ArgumentError(
    `encodeTarget: ${placeIn(table, name, row)}: ${showValue(label)} is no class that the model was trained on; ` +
      `${near === undefined ? "it" : `did you mean ${showValue(near)}? It`} knows ${listed(known)}`,
  );
}
