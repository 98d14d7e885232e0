/** CSV files on disk, compressed or not; Node only. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { findFile, unpack } from "../files.ts";
import type { Table } from "../tables/table.ts";
import { type CsvOptions, readCsv } from "./read-csv.ts";

/**
 * Reads a table from a CSV file; where there is none of this name but one with `.gz`, from that one.
 *
 * @param options those of `readCsv`; `name` is the path where nothing else is given.
 * @throws FileError for a file that is missing, cannot be read or unpacked, and everything that `readCsv` refuses.
 */
export function readCsvFile(file: string, options: CsvOptions = {}): Table {
  if (typeof file !== "string")
    throw new ArgumentError(`readCsvFile: needs the path of a file; got ${showValue(file)}`);
  const found = findFile(file, "check its name");
  return readCsv(unpack(found), { name: found.name, ...options });
}
