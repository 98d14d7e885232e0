/** Files that are read whole and replaced whole: whoever looks sees the old one, or the new one, and never a part. */
import { showValue } from "../checks.ts";
import { ArgumentError, FileError } from "../errors.ts";
import { type FileSystem, fileSystem, troubleOf } from "./file-system.ts";

/**
 * Where writing to a path goes: links are followed, so that they stay links.
 *
 * @throws Error saying why nothing can be written there: it is a folder, a pipe or a device.
 */
export function targetOf({ fs }: FileSystem, path: string): string {
  const found = fs.statSync(path, { throwIfNoEntry: false });
  if (path === "" || found?.isDirectory()) throw new Error("it is a folder");
  // A device or pipe would be replaced.
  if (found?.isFile() === false) throw new Error("it is no ordinary file");
  return found === undefined ? path : fs.realpathSync(path);
}

/** A name beside a file, under which the next one is written before it takes its place. */
const besideOf = (target: string): string => `${target}.tmp-${crypto.randomUUID().slice(0, 8)}`;

/** Tries out whether `replaceFile` could write, and throws what speaks against it. */
export function tryBeside({ fs }: FileSystem, target: string): void {
  const beside = besideOf(target);
  fs.writeFileSync(beside, "");
  fs.rmSync(beside);
}

/** Writes beside the file, to the disk, and renames: atomic on one file system. What `targetOf` gave is written to. */
export function replaceFile({ fs }: FileSystem, target: string, data: string | Uint8Array): void {
  const beside = besideOf(target);
  try {
    fs.writeFileSync(beside, data, { flag: "wx", flush: true });
    fs.renameSync(beside, target);
  } catch (error) {
    // Not `force`, which throws for names that the file system refuses.
    if (fs.existsSync(beside)) fs.rmSync(beside);
    throw error;
  }
}

/** Refuses what is no path, such as bytes where their file is meant. */
export function checkPath(call: string, path: unknown, what = "the path of a file"): asserts path is string {
  if (typeof path !== "string" || path === "")
    throw new ArgumentError(`${call}: needs ${what} as text; got ${showValue(path)}`);
}

/**
 * Puts a whole file in its place. `call` names the call in messages, without its brackets; `elsewhere` says what can be done where there are no files.
 *
 * @throws FileError when it cannot be written; ArgumentError for what is no path, or where there are no files.
 */
export function writeWhole(call: string, path: string, data: string | Uint8Array, elsewhere: string): void {
  checkPath(call, path);
  const system = fileSystem(`${call}(path)`, elsewhere);
  try {
    replaceFile(system, targetOf(system, path), data);
  } catch (cause) {
    throw new FileError(
      `${calling(call, path)}: cannot be written (${troubleOf(cause)}); choose a path in a folder that exists and may be written`,
      { cause },
    );
  }
}

/**
 * The bytes of a whole file; see `writeWhole`.
 *
 * @throws FileError when it is missing or cannot be read; ArgumentError for what is no path, or where there are no files.
 */
export function readWhole(call: string, path: string, elsewhere: string): Uint8Array {
  checkPath(call, path);
  const { fs } = fileSystem(`${call}(path)`, elsewhere);
  try {
    return fs.readFileSync(path);
  } catch (cause) {
    const trouble = troubleOf(cause);
    const sentence =
      trouble === "ENOENT"
        ? "there is no such file; check the path"
        : `cannot be read (${trouble}); check what it is and who may read it`;
    throw new FileError(`${calling(call, path)}: ${sentence}`, { cause });
  }
}

/** A call with its path as messages show it. */
export function calling(call: string, path: string): string {
  return `${call}(${JSON.stringify(path.slice(0, 300))})`;
}
