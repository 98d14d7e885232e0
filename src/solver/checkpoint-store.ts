/** Checkpoints go to files in Node, or to a function anywhere; they come back from files or as they are. */
import { showValue } from "../core/checks.ts";
import { ArgumentError, FileError } from "../core/errors.ts";
import { fileSystem, troubleOf } from "../core/files/file-system.ts";
import { replaceFile, targetOf, tryBeside } from "../core/files/whole-file.ts";
import type { Settings } from "./card.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import type { CheckpointSink } from "./options.ts";
import { toJson } from "./plain-text.ts";

/** Writes a run's checkpoints now and then, and at the end. */
export interface CheckpointWriter {
  /** Writes when ten seconds have passed since the last time; where that fails, the next time is another chance. */
  readonly step: (save: () => Checkpoint) => void;
  /** Writes; what went wrong, if anything did. */
  readonly end: (save: () => Checkpoint) => unknown;
}

/** Milliseconds between checkpoints. */
const interval = 10_000;

/**
 * A writer into a sink, which is tried out at once: an hour later would be late to learn that nothing can be written.
 *
 * @throws ArgumentError for settings that cannot be written, or a path where there are no files; FileError for a path that
 * cannot be written.
 */
export function checkpointWriter(
  sink: CheckpointSink,
  settings: Settings,
  call: string,
  now: () => number,
): CheckpointWriter {
  toJson(settings, `${call}({ checkpoint }): the method's settings`);
  const keep = typeof sink === "string" ? fileKeeper(sink, call) : sink;
  if (typeof keep !== "function")
    throw new ArgumentError(
      `${call}({ checkpoint }): needs a file's path, or a function that keeps the text; got ${showValue(sink)}`,
    );
  let last = now();
  const write = (save: () => Checkpoint): unknown => {
    last = now();
    try {
      keep(encodeCheckpoint(save()));
      return undefined;
    } catch (error) {
      return error;
    }
  };
  return {
    step: (save) => {
      if (now() - last >= interval) write(save);
    },
    end: write,
  };
}

/**
 * The checkpoint to continue from.
 *
 * @throws FileError when the file is missing, cannot be read or holds no whole checkpoint; ArgumentError for a path where
 * there are no files.
 */
export function readCheckpoint(resume: string | Checkpoint, call: string): Checkpoint {
  if (typeof resume !== "string") return resume;
  const remedy = "give the checkpoint itself, decodeCheckpoint(text)";
  const { fs } = fileSystem(`${call}({ resume })`, remedy);
  const name = `${call}({ resume: ${JSON.stringify(resume.slice(0, 300))} })`;
  try {
    return decodeCheckpoint(fs.readFileSync(resume, "utf8"), name);
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (troubleOf(error) === "ENOENT")
      throw new FileError(`${name}: there is no such file; check the path, or begin without resume`);
    throw new FileError(
      `${name}: cannot be read (${troubleOf(error)}); check what it is and who may read it (of a text give decodeCheckpoint(text))`,
    );
  }
}

/** A whole checkpoint is in the file at every moment. */
function fileKeeper(path: string, call: string): (text: string) => void {
  const system = fileSystem(`${call}({ checkpoint })`, "give a function that keeps the text");
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new FileError(
        `${call}({ checkpoint: ${JSON.stringify(path)} }): cannot be written (${troubleOf(error)}); choose a path in a folder that exists and may be written`,
      );
    }
  };
  const target = attempt(() => targetOf(system, path));
  attempt(() => tryBeside(system, target));
  return (text) => attempt(() => replaceFile(system, target, text));
}
