/** Writing a file so that whoever looks sees the old one, or the whole new one, and never a part. */

import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileSystem } from "../src/core/files/file-system.ts";
import { replaceFile, targetOf } from "../src/core/files/whole-file.ts";
import { FileError } from "../src/index.ts";

/** Why a path cannot be written, to be asked before the work; `undefined` when nothing speaks against it. */
export function obstacle(path: string): string | undefined {
  const directory = dirname(resolve(path));
  try {
    accessSync(directory, constants.W_OK);
  } catch {
    return `${directory} is not a directory that can be written to`;
  }
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isDirectory ? `${path} is a directory` : undefined;
}

/** Writes beside the file and renames; links are followed. */
export function writeWhole(path: string, text: string): void {
  const system = fileSystem("writeWhole", "run the command in Node");
  try {
    replaceFile(system, targetOf(system, path), text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${path} cannot be written (${reason}); give another path.`, { cause });
  }
}
