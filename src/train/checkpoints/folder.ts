/**
 * A folder of checkpoints that a training writes. A checkpoint is written into a folder with a passing name, to the disk, and then renamed: at every
 * moment, also that of a SIGKILL, the folder holds whole checkpoints, of which the newest is at least as new as the last that `write` returned from.
 */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { type FileSystem, fileSystem, troubleOf } from "../../core/files/file-system.ts";
import { calling, checkPath } from "../../core/files/whole-file.ts";
import { commit, contentsOf, prune } from "./commit.ts";
import { sweep, syncFolder } from "./disk.ts";
import { entriesAmong, leftoversAmong, lockName, namesIn, type StoredEntry } from "./entries.ts";
import { type Lock, takeLock } from "./lock.ts";
import { type CheckpointReader, elsewhere, readerOf } from "./reading.ts";

/** Options of `checkpointFolder`. */
export interface FolderOptions {
  /** How many of the last checkpoints are kept; the best is kept besides. Default 3 (Nabla's). */
  readonly keep?: number;
  /** The step from which a run is continued, where the folder holds its checkpoints: later ones are given up with the first that is written. Default: none, a new run. */
  readonly from?: number;
}

/** A folder of checkpoints, open for writing. */
export interface CheckpointFolder extends CheckpointReader {
  /**
   * Keeps files as the checkpoint of a step, and removes those that are not to be kept any more. A step that is written again replaces the former one,
   * and is the best where that was.
   *
   * @throws ArgumentError for a step before the last, or what are no files; FileError when the disk refuses, or another process has taken over.
   */
  readonly write: (
    step: number,
    files: Readonly<Record<string, Uint8Array | string>>,
    options?: { readonly isBest?: boolean },
  ) => void;
  /** Lets others write. */
  readonly close: () => void;
}

/**
 * Opens a folder for the checkpoints of one run, and makes it where it is missing. What a killed process left is cleared away.
 *
 * @param call the call that messages name.
 * @throws FileError for a folder that holds anything else, or checkpoints that `from` does not continue, that another process writes to, or that cannot be written.
 * @throws ArgumentError for options out of range, or where there are no files.
 */
export function checkpointFolder(
  path: string,
  options: FolderOptions = {},
  call = "checkpointFolder",
): CheckpointFolder {
  checkPath(call, path, "the path of a folder");
  checkOptions(call, options, ["keep", "from"]);
  const { keep = 3, from } = options;
  checkWhole(`${call}({ keep })`, keep, 1);
  if (from !== undefined) checkWhole(`${call}({ from })`, from, 0);
  const system = fileSystem(`${call}(path)`, elsewhere);
  const title = calling(call, path);
  const lock = open(system, path, title, from);
  let last = from ?? -1;
  let isClosed = false;
  return {
    ...readerOf(system, path, title),
    write: (step, files, { isBest = false } = {}) => {
      if (isClosed) throw new ArgumentError(`${title}: was closed; open it again to write`);
      checkWhole(`${title}: write(step)`, step, Math.max(0, last));
      const contents = contentsOf(files, title);
      attempt(`${title}: the checkpoint of step ${step} cannot be written`, () => {
        lock.check();
        commit(system, path, title, { step, last, isBest, contents });
      });
      last = step;
      prune(system, path, title, keep);
    },
    close: () => {
      isClosed = true;
      lock.release();
    },
  };
}

function checkWhole(what: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || Number(value) < least || Number(value) >= 1e15)
    throw new ArgumentError(`${what} must be a whole number ≥ ${least}; got ${showValue(value)}`);
}

function attempt<T>(rule: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`${rule} (${troubleOf(cause)}); make room on the disk, or choose another folder`, {
      cause,
    });
  }
}

function open(system: FileSystem, path: string, title: string, from: number | undefined): Lock {
  return attempt(`${title}: no folder for checkpoints can be made there`, () => {
    makeFolder(system, system.path.resolve(path));
    syncFolder(system, system.path.dirname(path));
    const names = namesIn(system, path);
    checkOurs(names, title);
    checkContinued(entriesAmong(names), title, from);
    const lock = takeLock(system, path, title);
    sweep(system, path);
    return lock;
  });
}

/** Makes a folder and those it lies in, one by one: Node's own recursion never ends where a folder exists and takes none (`/proc`). */
function makeFolder(system: FileSystem, path: string): void {
  const { fs } = system;
  const isFolder = (): boolean => fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder()) return;
  if (!fs.existsSync(path)) makeFolder(system, system.path.dirname(path));
  try {
    fs.mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isFolder()) throw error;
  }
}

/** Refuses a folder of somebody else's: only one that is empty, or shows that it was made for checkpoints, is taken. */
function checkOurs(names: readonly string[], title: string): void {
  const isOurs = entriesAmong(names).length + leftoversAmong(names).length > 0 || names.includes(lockName);
  if (isOurs || names.length === 0) return;
  const shown = names.slice(0, 3).join(", ");
  throw new FileError(
    `${title}: holds what are no checkpoints (${shown}${names.length > 3 ? ", …" : ""}); choose an empty folder, or a new one`,
  );
}

/** Refuses to mix two runs. */
function checkContinued(entries: readonly StoredEntry[], title: string, from: number | undefined): void {
  const newest = entries.at(-1);
  if (newest === undefined || entries.some(({ step }) => step === from)) return;
  const what = `${title}: holds checkpoints of a run, up to step ${newest.step}`;
  throw new FileError(
    from === undefined
      ? `${what}; continue that run (resume), or choose another folder`
      : `${what}, but none of step ${from}; choose another folder`,
  );
}
