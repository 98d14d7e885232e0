/** CSV files are refused with remedies for programs; here they are those of the command line. */

import { FileError } from "../../../src/index.ts";

/** Reads a table. @throws FileError whose remedies are options of the command line, where there are such. */
export function readingCsv<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = error.message.replaceAll(/\{ decimal: "([.,])" \}/g, "--decimal $1");
    throw message === error.message ? error : new FileError(message, { cause: error });
  }
}
