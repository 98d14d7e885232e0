/** The names of the columns: from the first row, from the caller, or numbered. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { looksLikeHeader, type Sample } from "./dialect.ts";

/** A table with more columns is one that was turned on its side, or none. */
const MOST_COLUMNS = 100_000;

/** What the first row turned out to be. */
export interface Header {
  readonly names: readonly string[];
  /** How many rows are no data: 0 or 1. */
  readonly skipped: number;
  /** The sampled rows that are data. */
  readonly rows: Sample["rows"];
}

/**
 * The columns' names.
 *
 * @throws FileError for no rows, a column without a name, and two of one name; ArgumentError where the caller names another number of columns.
 */
export function columnNames(
  file: string,
  { rows, line }: Sample,
  header: boolean | readonly string[] | undefined,
  missing: ReadonlySet<string>,
): Header {
  const [first] = rows;
  if (first === undefined) throw new FileError(`${file} has no rows; check that this is the right file.`);
  if (first.length > MOST_COLUMNS)
    throw new FileError(
      `${file} has ${first.length} columns and no table more than ${MOST_COLUMNS}; do rows and columns have to change places?`,
    );
  if (typeof header !== "boolean" && header !== undefined) {
    if (header.length !== first.length)
      throw new ArgumentError(
        `readCsv({ header }): ${file} has ${first.length} columns; got ${header.length} names`,
      );
    if (header.includes("") || new Set(header).size < header.length)
      throw new ArgumentError(
        `readCsv({ header }): every column has a name of its own; got ${showValue(header)}`,
      );
    return { names: header, skipped: 0, rows };
  }
  if (!(header ?? looksLikeHeader(rows, missing)))
    return { names: first.map((_, column) => `column ${column + 1}`), skipped: 0, rows };
  const names = first.map((name) => name.trim());
  checkNames(`${file}, line ${line}`, names);
  return { names, skipped: 1, rows: rows.slice(1) };
}

function checkNames(where: string, names: readonly string[]): void {
  const empty = names.indexOf("");
  if (empty >= 0)
    throw new FileError(
      `${where}: column ${empty + 1} has no name; name it, or take it out (pandas leaves its index out by \`to_csv(index=False)\`).`,
    );
  const places = new Map<string, number>();
  for (const [column, name] of names.entries()) {
    const earlier = places.get(name);
    if (earlier !== undefined)
      throw new FileError(
        `${where}: columns ${earlier + 1} and ${column + 1} are both called ${JSON.stringify(name)}; rename one, or give { header: false } if that row is data.`,
      );
    places.set(name, column);
  }
}
