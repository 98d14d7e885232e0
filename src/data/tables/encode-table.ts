/** A table becomes inputs by the encodings of its columns: those found in training, for whatever table comes later. */
import { checkList, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { closest } from "../../expression/formula/closest.ts";
import { type ColumnEncoding, widthOf } from "./column-encoding.ts";
import { findColumn, listed, placeIn, type Table, type TableColumn } from "./table.ts";

/** Inputs made of a table: `[n, d]`, row-major. */
export interface TableInputs {
  readonly data: Float64Array;
  readonly shape: readonly [number, number];
}

/**
 * The rows of a table as inputs `[n, d]` of a model: numbers as they are, texts as one input a category. Columns that no encoding names are
 * ignored.
 *
 * @throws ArgumentError for a column that is missing or of another kind, a category that training did not see, and a missing value where
 *   the encoding has nothing to fill in; with the line of the file.
 *
 * ```ts
 * const columns = [{ kind: "number", name: "age" }, { kind: "category", name: "town", categories: ["Jena", "Ulm"] }] as const;
 * encodeTable(readCsv("town,age\nUlm,31\n"), columns).data; // → Float64Array(3) [ 31, 0, 1 ]
 * ```
 */
export function encodeTable(table: Table, columns: readonly ColumnEncoding[]): TableInputs {
  checkList("encodeTable", columns, "a list of the columns' encodings");
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const inputs = roomFor(table.rows * width);
  let first = 0;
  for (const encoding of columns) {
    const column = findColumn("encodeTable", table, encoding.name);
    const place = { inputs, first, width };
    if (encoding.kind === "number") fillNumbers(table, column, encoding, place);
    else fillCategories(table, column, encoding, place);
    first += widthOf(encoding);
  }
  return { data: inputs, shape: [table.rows, width] };
}

function roomFor(count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch (cause) {
    throw new ArgumentError(
      `encodeTable: ${count} inputs do not fit into memory; leave out the texts with the most categories`,
      { cause },
    );
  }
}

/** Where in the rows a column's inputs begin. */
interface Place {
  readonly inputs: Float64Array;
  readonly first: number;
  readonly width: number;
}

function fillNumbers(
  table: Table,
  column: TableColumn,
  { name, fill }: Extract<ColumnEncoding, { kind: "number" }>,
  { inputs, first, width }: Place,
): void {
  if (column.kind === "text") {
    const row = column.values.findIndex((text) => text !== "");
    throw new ArgumentError(
      `encodeTable: ${placeIn(table, name, Math.max(row, 0))}: the model takes numbers there; got ${showValue(column.values[row] ?? "")}${column.note === undefined ? "" : ` (${column.note})`}`,
    );
  }
  for (let row = 0; row < table.rows; row++) {
    const value = column.values[row] ?? Number.NaN;
    const used = Number.isNaN(value) ? fill : value;
    if (used === undefined) throw missingAt(table, name, row);
    inputs[row * width + first] = used;
  }
}

function fillCategories(
  table: Table,
  column: TableColumn,
  { name, categories, fill }: Extract<ColumnEncoding, { kind: "category" }>,
  { inputs, first, width }: Place,
): void {
  const places = new Map(categories.map((category, place) => [category, place]));
  for (let row = 0; row < table.rows; row++) {
    const text = textAt(column, row);
    const used = text === "" ? fill : text;
    if (used === undefined) throw missingAt(table, name, row);
    const place = places.get(used);
    if (place === undefined) {
      const near = closest(used, categories);
      throw new ArgumentError(
        `encodeTable: ${placeIn(table, name, row)}: ${showValue(used)} is no category that the model was trained on; ` +
          `${near === undefined ? "it" : `did you mean ${showValue(near)}? It`} knows ${listed(categories)}`,
      );
    }
    inputs[row * width + first + place] = 1;
  }
}

/** Categories such as "1" and "2" are read as numbers where a new file has no others. */
function textAt(column: TableColumn, row: number): string {
  if (column.kind === "text") return column.values[row] ?? "";
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? "" : String(value);
}

function missingAt(table: Table, name: string, row: number): ArgumentError {
  return new ArgumentError(
    `encodeTable: ${placeIn(table, name, row)}: the value is missing, and the model was trained on tables without such; fill it in, or train with tableExamples({ missing: "mean" })`,
  );
}
