/** Tables: columns of numbers and of text, all of one length, by name. What a CSV file is read into. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { closest } from "../../expression/formula/closest.ts";

/** A column of a table. */
export type TableColumn = NumberColumn | TextColumn;

/** Numbers; a missing one is NaN. */
export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
  /** How many are missing. */
  readonly missing: number;
}

/** Texts; a missing one is "". */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly values: readonly string[];
  readonly missing: number;
  /** Why it is text, where most of its values are numbers. */
  readonly note?: string;
}

/** Columns of one length. */
export interface Table {
  /** What errors call it: the file's name. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** How many rows there are. */
  readonly rows: number;
  /** The line of the file that each row begins in, counted from 1; undefined for tables that come from no file. */
  readonly lines?: Int32Array;
  /** How many rows were left out because a value was missing. */
  readonly dropped: number;
}

/**
 * A table of values that are at hand: numbers, NaN where missing, or texts, "" where missing.
 *
 * @throws ArgumentError for a column that is neither; ShapeError for columns of different lengths.
 *
 * ```ts
 * tableOf({ age: [31, 45], town: ["Ulm", "Jena"] }).columns.map(({ kind }) => kind); // → [ "number", "text" ]
 * ```
 */
export function tableOf(
  columns: Readonly<Record<string, ArrayLike<number> | readonly string[]>>,
  options: { readonly name?: string } = {},
): Table {
  checkOptions("tableOf", options, ["name"]);
  if (typeof columns !== "object" || columns === null)
    throw new ArgumentError(
      `tableOf: needs an object of columns, such as { age: [31, 45] }; got ${showValue(columns)}`,
    );
  const made = Object.entries(columns).map(([name, values]) => columnOf(name, values));
  const [first] = made;
  if (first === undefined) throw new ArgumentError("tableOf: needs at least one column; got none");
  const other = made.find((column) => column.values.length !== first.values.length);
  if (other !== undefined)
    throw new ShapeError(
      `tableOf: columns have one length; "${first.name}" has ${first.values.length} values, "${other.name}" ${other.values.length}`,
    );
  return { name: options.name ?? "the table", columns: made, rows: first.values.length, dropped: 0 };
}

function columnOf(name: string, values: ArrayLike<number | string>): TableColumn {
  const list: unknown[] = Array.from(values ?? []);
  if (list.length > 0 && list.every((value) => typeof value === "string"))
    return { kind: "text", name, values: list, missing: list.filter((value) => value === "").length };
  if (list.every((value) => typeof value === "number")) {
    const missing = list.filter((value) => Number.isNaN(value)).length;
    return { kind: "number", name, values: Float64Array.from(list), missing };
  }
  throw new ArgumentError(
    `tableOf: the column "${name}" is a list of numbers or a list of texts; got ${showValue(values)}`,
  );
}

/**
 * The column of a name.
 *
 * @throws ArgumentError that names the nearest one, where there is none.
 */
export function findColumn(call: string, table: Table, name: string): TableColumn {
  const found = table.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = table.columns.map((column) => column.name);
  const near = typeof name === "string" ? closest(name, names) : undefined;
  throw new ArgumentError(
    `${call}: ${table.name} has no column ${showValue(name)}; ${near === undefined ? `it has ${listed(names)}` : `did you mean ${showValue(near)}?`}`,
  );
}

/** Names for a sentence, the first dozen of them. */
export function listed(names: readonly (string | number)[]): string {
  const shown = names.slice(0, 12).map((name) => showValue(name));
  return `${shown.join(", ")}${names.length > shown.length ? `, … ${names.length - shown.length} more` : ""}`;
}

/** Where a value of a table stands: `ages.csv, line 7, column "age"`. */
export function placeIn(table: Table, column: string, row: number): string {
  const place = table.lines === undefined ? `row ${row + 1}` : `line ${table.lines[row]}`;
  return `${table.name}, ${place}, column "${column}"`;
}
