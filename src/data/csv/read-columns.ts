/** The rows of a file become columns, in one pass where the first rows told the truth about the kinds of columns, else in two. */
import { FileError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import type { Table, TableColumn } from "../tables/table.ts";
import { type ColumnDraft, columnDraft, type ValueRules } from "./column-draft.ts";
import { type MissingPolicy, refuseMissing } from "./missing.ts";
import { hasDecimalComma, numberIn } from "./numbers.ts";
import { eachRow, type RowSource } from "./rows.ts";

/** What is known of a file before its rows are read. */
export interface Plan {
  readonly source: RowSource;
  readonly names: readonly string[];
  /** How many rows at the beginning are no data. */
  readonly skipped: number;
  /** Some of the rows, by which kinds are guessed. */
  readonly sampled: readonly (readonly string[])[];
  /** Columns that are text whatever they hold. */
  readonly text: ReadonlySet<string>;
  readonly missing: MissingPolicy;
  readonly rules: ValueRules;
}

/** @throws FileError with line and column for what does not fit. */
export function readColumns(plan: Plan): Table {
  const guessed = plan.names.map((name, column) => guessKind(plan, name, column));
  const first = pass(plan, guessed);
  for (const column of first.columns) refuseDecimalCommas(plan, column);
  const kinds = first.columns.map(({ kind, seen }) => (seen.texts > 0 ? "text" : kind));
  const { columns, lines, dropped } = kinds.every((kind, i) => kind === guessed[i])
    ? first
    : pass(plan, kinds);
  const { name } = plan.source;
  if (lines.length === 0)
    throw new FileError(
      dropped > 0
        ? `${name}: all of the ${dropped} rows have missing values; keep them with { missing: "keep" }, or take out the column that is empty.`
        : `${name} has a first row of names and no other; check that the file is complete, or give { header: false }.`,
    );
  for (const column of columns) refuseInfinite(name, column);
  if (plan.missing === "refuse") refuseMissing(name, columns);
  return {
    name,
    columns: columns.map((column) => column.finish()),
    rows: lines.length,
    lines: Int32Array.from(lines),
    dropped,
  };
}

function guessKind({ sampled, text, rules }: Plan, name: string, column: number): TableColumn["kind"] {
  if (text.has(name)) return "text";
  // Decimal commas are no reason for text yet: whoever reads the whole column judges them.
  const isText = sampled.some((row) => {
    const value = row[column] ?? "";
    const isNumber = !Number.isNaN(numberIn(value, rules.decimal)) || hasDecimalComma(value);
    return !isNumber && !rules.missing.has(value.trim());
  });
  return isText ? "text" : "number";
}

interface Pass {
  readonly columns: readonly ColumnDraft[];
  readonly lines: readonly number[];
  readonly dropped: number;
}

function pass({ source, names, skipped, missing, rules }: Plan, kinds: readonly TableColumn["kind"][]): Pass {
  const columns = names.map((name, i) => columnDraft(name, at(kinds, i), rules));
  const lines: number[] = [];
  let dropped = 0;
  let rows = 0;
  eachRow(source, (fields, line) => {
    if (rows++ < skipped) return;
    if (fields.length !== names.length) throw ragged(source, fields.length, names.length, line, skipped);
    if (missing === "drop-rows" && fields.some((field) => rules.missing.has(field.trim()))) {
      dropped++;
      return;
    }
    lines.push(line);
    for (let i = 0; i < fields.length; i++) at(columns, i).add(at(fields, i), line);
  });
  return { columns, lines, dropped };
}

function ragged(
  { name, delimiter }: RowSource,
  got: number,
  wanted: number,
  line: number,
  skipped: number,
): FileError {
  const fields = (count: number): string => `${count} ${count === 1 ? "field" : "fields"}`;
  return new FileError(
    `${name}, line ${line}: has ${fields(got)} where ${skipped > 0 ? "the header" : "the first row"} has ${wanted} ` +
      `(taken apart at ${JSON.stringify(delimiter)}); put texts that hold it into quotation marks, or give another { delimiter }.`,
  );
}

/** A column whose every text is a number written with a comma is a mistake that one-hot inputs would hide. */
function refuseDecimalCommas({ source, rules }: Plan, { name, kind, seen }: ColumnDraft): void {
  const { firstText, texts, decimalCommas } = seen;
  if (kind === "text" || rules.decimalIsGiven || firstText === undefined || decimalCommas < texts) return;
  throw new FileError(
    `${source.name}, line ${firstText.line}, column "${name}": ${JSON.stringify(firstText.text)} is written with a decimal comma; ` +
      'give { decimal: "," } to read it as a number, or { decimal: "." } to keep the column as text.',
  );
}

function refuseInfinite(file: string, { name, kind, seen: { firstInfinite } }: ColumnDraft): void {
  if (kind === "text" || firstInfinite === undefined) return;
  throw new FileError(
    `${file}, line ${firstInfinite.line}, column "${name}": ${JSON.stringify(firstInfinite.text)} is no finite number; ` +
      "mend it, name it among { missingMarks }, or read the column as { text }.",
  );
}
