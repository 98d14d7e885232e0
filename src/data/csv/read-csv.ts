/** CSV files become tables: delimiter, header and the kinds of columns are found out, and whatever does not fit is refused with its place. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Table } from "../tables/table.ts";
import { type Sample, sample } from "./dialect.ts";
import { columnNames } from "./header.ts";
import { type MissingPolicy, missingPolicies } from "./missing.ts";
import { type Decimal, missingMarks } from "./numbers.ts";
import { readColumns } from "./read-columns.ts";
import { eachRow } from "./rows.ts";
import { utf8Of } from "./text.ts";

/** Options of `readCsv`. */
export interface CsvOptions {
  /** What errors call the file. Default "CSV data". */
  readonly name?: string;
  /** What stands between fields, one character. Default: tab, semicolon or comma, whichever fits the first rows. */
  readonly delimiter?: string;
  /** Whether the first row names the columns, or their names where the file has none. Default: found out. */
  readonly header?: boolean | readonly string[];
  /** What stands before fractions. Default ".", and a column written with commas is refused. */
  readonly decimal?: Decimal;
  /** What becomes of missing values. Default "refuse". */
  readonly missing?: MissingPolicy;
  /** What stands for a missing value. Default "", NA, N/A, NaN, nan, null and ?. */
  readonly missingMarks?: readonly string[];
  /** Columns that are text even where all their values are numbers, such as numbers of houses. Default none. */
  readonly text?: readonly string[];
}

/**
 * Reads a table from the text or the bytes of a CSV file (RFC 4180; UTF-8, or UTF-16 with its mark), in Node or in a browser. A column in
 * which every value is a number is one of numbers, any other is text. Blank lines are skipped.
 *
 * @throws ArgumentError for options out of range; FileError with file, line and column for everything that is wrong with the file: rows of
 *   another length than the first, marks that are not closed, columns without a name or with one name, missing values, infinite numbers,
 *   decimal commas, no rows, bytes that are no text.
 *
 * ```ts
 * const table = readCsv("age,town\n31,Ulm\n45,Jena\n");
 * table.columns.map(({ name, kind }) => `${name}: ${kind}`); // → [ "age: number", "town: text" ]
 * readCsv("age;town\n31;Ulm\n;Jena\n"); // throws CSV data, line 3, column "age": the value is missing ("")
 * ```
 */
export function readCsv(data: string | Uint8Array, options: CsvOptions = {}): Table {
  checkCsvOptions(options);
  const { name = "CSV data", missing = "refuse", decimal = "." } = options;
  const bytes = utf8Of("readCsv", data, name);
  const marks = new Set(options.missingMarks ?? missingMarks);
  const first: Sample = sample(bytes, name, options.delimiter);
  const source = { bytes, name, delimiter: first.delimiter };
  // A first row that cannot be read has a complaint of its own.
  if (first.rows.length === 0) eachRow(source, () => {});
  const { names, skipped, rows } = columnNames(name, first, options.header, marks);
  const unknown = options.text?.find((column) => !names.includes(column));
  if (unknown !== undefined)
    throw new ArgumentError(
      `readCsv({ text }): ${name} has no column ${showValue(unknown)}; it has ${names.slice(0, 12).join(", ")}`,
    );
  return readColumns({
    source,
    names,
    skipped,
    sampled: rows,
    text: new Set(options.text ?? []),
    missing,
    rules: { decimal, decimalIsGiven: options.decimal !== undefined, missing: marks },
  });
}

function checkCsvOptions(options: CsvOptions): void {
  const names = ["name", "delimiter", "header", "decimal", "missing", "missingMarks", "text"];
  checkOptions("readCsv", options, names);
  const { delimiter, header, decimal, missing } = options;
  if (delimiter !== undefined && !(typeof delimiter === "string" && /^[^"\r\n]$/u.test(delimiter)))
    throw new ArgumentError(
      `readCsv({ delimiter }): is one character, no quotation mark and no line end; got ${showValue(delimiter)}`,
    );
  if (header !== undefined && typeof header !== "boolean" && !isTexts(header))
    throw new ArgumentError(
      `readCsv({ header }): is true, false or the names of the columns; got ${showValue(header)}`,
    );
  if (decimal !== undefined && decimal !== "." && decimal !== ",")
    throw new ArgumentError(`readCsv({ decimal }): is "." or ","; got ${showValue(decimal)}`);
  if (missing !== undefined && !missingPolicies.includes(missing))
    throw new ArgumentError(
      `readCsv({ missing }): is one of ${missingPolicies.map(showValue).join(", ")}; got ${showValue(missing)}`,
    );
  for (const list of ["missingMarks", "text"] as const)
    if (options[list] !== undefined && !isTexts(options[list]))
      throw new ArgumentError(`readCsv({ ${list} }): is a list of texts; got ${showValue(options[list])}`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
