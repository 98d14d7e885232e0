/** Reading a folder of checkpoints, also while somebody writes to it. */
import { FileError } from "../../core/errors.ts";
import { type FileSystem, fileSystem, troubleOf } from "../../core/files/file-system.ts";
import { calling, checkPath } from "../../core/files/whole-file.ts";
import { entriesAmong, namesIn, type StoredEntry } from "./entries.ts";
import { digestOf, type Manifest, manifestName, parseManifest } from "./manifest.ts";

/** A checkpoint, read and found whole. */
export interface StoredCheckpoint {
  readonly step: number;
  /** Whether it was the best so far when it was written. */
  readonly isBest: boolean;
  /** Its own folder. */
  readonly path: string;
  /** What was written, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** A sentence for each newer one that was passed over because it is damaged. */
  readonly passedOver: readonly string[];
}

/** A folder of checkpoints as its readers see it. */
export interface CheckpointReader {
  /** The steps there are, oldest first. */
  readonly list: () => readonly number[];
  /** The newest that is whole; undefined where there is none at all. @throws FileError when all are damaged. */
  readonly latest: () => StoredCheckpoint | undefined;
  /** The one that was written last as the best so far; undefined where none was. @throws FileError when it is damaged. */
  readonly best: () => StoredCheckpoint | undefined;
  /** The checkpoint of a step. @throws FileError when it is not there, or damaged. */
  readonly read: (step: number) => StoredCheckpoint;
}

/** What can be done where there are no files. */
export const elsewhere = "checkpoints of a training need Node";

/**
 * A folder of checkpoints, for reading alone: nothing in it is changed, and whoever writes to it is not disturbed.
 *
 * @param call the call that messages name.
 * @throws ArgumentError for what is no path, or where there are no files. A folder that does not exist holds no checkpoints.
 */
export function readCheckpointFolder(path: string, call = "readCheckpointFolder"): CheckpointReader {
  checkPath(call, path, "the path of a folder");
  const system = fileSystem(`${call}(path)`, elsewhere);
  return readerOf(system, path, calling(call, path));
}

/** The reading side of a folder; `title` names it in messages. */
export function readerOf(system: FileSystem, path: string, title: string): CheckpointReader {
  const entries = (): StoredEntry[] => listed(system, path, title);
  const newest = (choose: (entry: StoredEntry) => boolean): StoredCheckpoint | undefined =>
    newestWhole(system, path, title, choose);
  return {
    list: () => [...new Set(entries().map(({ step }) => step))],
    latest: () => newest(() => true),
    best: () => newest((entry) => manifestIn(system, path, entry)?.best === true),
    read: (step) => {
      const found = newest((entry) => entry.step === step);
      if (found !== undefined) return found;
      const steps = entries().map((entry) => entry.step);
      const known = steps.length === 0 ? "there are none" : `there are ${[...new Set(steps)].join(", ")}`;
      throw new FileError(`${title}: holds no checkpoint of step ${step}; ${known}`);
    },
  };
}

/** The checkpoints of a folder, oldest first. @throws FileError when it cannot be looked into. */
export function listed(system: FileSystem, path: string, title: string): StoredEntry[] {
  try {
    return entriesAmong(namesIn(system, path));
  } catch (cause) {
    throw new FileError(`${title}: cannot be read (${troubleOf(cause)}); give a folder of checkpoints`, {
      cause,
    });
  }
}

/** As often a folder is looked into again because a checkpoint was removed while it was read. */
const attempts = 10;

function newestWhole(
  system: FileSystem,
  path: string,
  title: string,
  choose: (entry: StoredEntry) => boolean,
): StoredCheckpoint | undefined {
  let passedOver: string[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    passedOver = [];
    let isGone = false;
    for (const entry of listed(system, path, title).filter(choose).toReversed()) {
      try {
        return { ...readEntry(system, path, entry), passedOver };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        passedOver.push(error.message);
        isGone ||= !system.fs.existsSync(system.path.join(path, entry.name));
      }
    }
    if (!isGone) break;
  }
  if (passedOver.length === 0) return undefined;
  throw new FileError(
    `${title}: no checkpoint is whole: ${passedOver.join("; ")}. Take a copy of the folder, or begin anew in another.`,
  );
}

function readEntry(
  system: FileSystem,
  folder: string,
  entry: StoredEntry,
): Omit<StoredCheckpoint, "passedOver"> {
  const path = system.path.join(folder, entry.name);
  const text = new TextDecoder().decode(bytesIn(system, path, manifestName));
  const manifest = parseManifest(text, entry, system.path.join(path, manifestName));
  const files = Object.entries(manifest.files).map(([name, facts]): [string, Uint8Array] => {
    const bytes = bytesIn(system, path, name, facts.bytes);
    if (digestOf(system, bytes) !== facts.sha256)
      throw new FileError(
        `${system.path.join(path, name)} is damaged: its SHA-256 is not that in ${manifestName}`,
      );
    return [name, bytes];
  });
  return { step: entry.step, isBest: manifest.best, path, files: Object.fromEntries(files) };
}

function bytesIn(system: FileSystem, folder: string, name: string, size?: number): Uint8Array {
  const path = system.path.join(folder, name);
  try {
    const present = system.fs.statSync(path).size;
    if (size === undefined || present === size) return system.fs.readFileSync(path);
    throw new FileError(`${path} is damaged: it has ${present} bytes, and was written with ${size}`);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`${path} cannot be read (${troubleOf(cause)})`, { cause });
  }
}

/** The manifest of a checkpoint; undefined where it is damaged or gone. */
export function manifestIn(system: FileSystem, folder: string, entry: StoredEntry): Manifest | undefined {
  const path = system.path.join(folder, entry.name, manifestName);
  try {
    return parseManifest(system.fs.readFileSync(path, "utf8"), entry, path);
  } catch {
    return undefined;
  }
}
