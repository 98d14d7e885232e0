/** Writing a file so that whoever looks sees the old one, or the whole new one, and never a part. */

import { accessSync, constants, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
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

/** Writes beside the path, then renames: atomic on one file system. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { flag: "wx", flush: true });
    renameSync(beside, path);
  } catch (cause) {
    // Not `force`, which throws for names that the file system refuses.
    if (existsSync(beside)) rmSync(beside);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${path} cannot be written (${reason}); give another path.`, { cause });
  }
}
