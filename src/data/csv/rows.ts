/** The rows of a CSV text, one after the other, each with the line it begins in. The parsing is csv-parse's; RFC 4180. */
import { type CsvError, parse } from "csv-parse/browser/esm/sync";
import { FileError, NablaError } from "../../core/errors.ts";
import { lineAt, lineCounter, longLineIn } from "./text.ts";

/** A longer row is a mark that was never closed, or no table. */
const LONGEST_ROW = 2 ** 23;

const tooLong = `the row has more than ${LONGEST_ROW / 2 ** 20} MiB; is a quotation mark never closed, or the delimiter another one?`;

/** Where a text is and how it is to be taken apart. */
export interface RowSource {
  readonly bytes: Uint8Array;
  /** What errors call the file. */
  readonly name: string;
  readonly delimiter: string;
}

/** A row as it is handed out. */
export type RowVisitor = (fields: readonly string[], line: number) => void;

/**
 * Visits every row but blank lines; white space around fields is dropped. The rows may have different lengths.
 *
 * @throws FileError for marks that are not closed or stand in the middle of a field, and rows of more than 8 MiB.
 */
export function eachRow(source: RowSource, visit: RowVisitor): void {
  walk(source, visit, {});
}

/** The first rows, and the line that the first of them begins in. */
export interface FirstRows {
  readonly rows: readonly (readonly string[])[];
  readonly line: number;
}

/** The first rows, however badly the rest is written. */
export function firstRows(source: RowSource, count: number): FirstRows {
  const rows: string[][] = [];
  let first = 1;
  const visit: RowVisitor = (fields, line) => {
    if (rows.length === 0) first = line;
    rows.push([...fields]);
  };
  try {
    walk(source, visit, { to: count, relax_quotes: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return { rows, line: first };
}

function walk(
  { bytes, name, delimiter }: RowSource,
  visit: RowVisitor,
  more: { to?: number; relax_quotes?: true },
): void {
  // The parser counts what fields hold, and of millions of empty ones that is nothing.
  const long = longLineIn(bytes, LONGEST_ROW);
  if (long >= 0) throw new FileError(`${name}, line ${lineAt(bytes, long)}: ${tooLong}`);
  const lines = lineCounter(bytes);
  let end = 0;
  try {
    parse(bytes, {
      ...more,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
      on_record: (fields: string[], info) => {
        const line = lines.lineOfText(end);
        end = info.bytes;
        visit(fields, line);
        return null; // Nothing is kept.
      },
    });
  } catch (error) {
    if (error instanceof NablaError || !isCsvError(error)) throw error;
    // Where the field begins that could not be read: behind the end of the one before it.
    const line = lines.lineOfText(Math.max(end, error.bytes));
    throw new FileError(`${name}, line ${line}, column ${error.index + 1}: ${complaint(error)}`, {
      cause: error,
    });
  }
}

/** What csv-parse's errors carry, by name: classes differ from one build of it to another. */
function isCsvError(error: unknown): error is CsvError & { readonly bytes: number; readonly index: number } {
  return (
    error instanceof Error &&
    "bytes" in error &&
    typeof error.bytes === "number" &&
    "index" in error &&
    typeof error.index === "number"
  );
}

function complaint({ code }: CsvError): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return 'a quotation mark opens and is never closed; close it, or write "" for a mark that belongs to the text.';
    case "CSV_MAX_RECORD_SIZE":
      return tooLong;
    default:
      return 'a quotation mark stands in the middle of a field; put the whole field into marks and double those inside: "5"" pipe".';
  }
}
