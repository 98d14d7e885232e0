/** How a checkpoint comes into its folder, and how those leave it that are not to be kept. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { FileSystem } from "../../core/files/file-system.ts";
import { isPlainObject } from "../../core/tree.ts";
import { removeEntry, syncFolder, writeFolder } from "./disk.ts";
import { nameOf, passingName } from "./entries.ts";
import { isFileName, manifestName, manifestOf } from "./manifest.ts";
import { listed, manifestIn } from "./reading.ts";

/** The files of a checkpoint as bytes. @throws ArgumentError for what are no files, or names that not every system takes. */
export function contentsOf(files: unknown, title: string): Map<string, Uint8Array> {
  if (!isPlainObject(files))
    throw new ArgumentError(`${title}: write(step, files) needs files by name; got ${showValue(files)}`);
  const encoder = new TextEncoder();
  const contents = Object.entries(files).map(([name, data]): [string, Uint8Array] => {
    if (!isFileName(name))
      throw new ArgumentError(
        `${title}: write(step, files): ${showValue(name)} cannot be the name of a file; use letters, digits, ".", "-" and "_", and not ${manifestName}`,
      );
    if (data instanceof Uint8Array) return [name, data];
    if (typeof data === "string") return [name, encoder.encode(data)];
    throw new ArgumentError(
      `${title}: write(step, files): ${name} must be bytes or text; got ${showValue(data)}`,
    );
  });
  return new Map(contents);
}

/** A checkpoint that is to be written. */
export interface Draft {
  readonly step: number;
  /** The step that the run came from: whatever is later belongs to a future that was given up. */
  readonly last: number;
  readonly isBest: boolean;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** Writes a checkpoint beside the others, gives up those of an abandoned future, and renames it: from then on it is the newest. */
export function commit(system: FileSystem, path: string, title: string, draft: Draft): void {
  const { step, last, isBest, contents } = draft;
  const present = listed(system, path, title);
  const former = present.filter((entry) => entry.step === step && step === last);
  const best = isBest || former.some((entry) => manifestIn(system, path, entry)?.best);
  const manifest = `${JSON.stringify(manifestOf(system, step, best, contents), null, 2)}\n`;
  const files = new Map<string, Uint8Array | string>(contents).set(manifestName, manifest);
  const passing = system.path.join(path, passingName("writing"));
  try {
    writeFolder(system, passing, files);
    for (const entry of present) if (entry.step > last) removeEntry(system, path, entry.name);
    const revision = former.reduce((most, entry) => Math.max(most, entry.revision + 1), 0);
    system.fs.renameSync(passing, system.path.join(path, nameOf(step, revision)));
  } catch (error) {
    system.fs.rmSync(passing, { recursive: true, force: true });
    throw error;
  }
  syncFolder(system, path);
}

/**
 * Removes all but the last of each step, the last steps and the best; what has no manifest that can be read is let alone. Where the disk refuses, the next
 * write is another chance: the checkpoint itself is safe.
 */
export function prune(system: FileSystem, path: string, title: string, keep: number): void {
  try {
    const entries = listed(system, path, title);
    const newest = [...new Map(entries.map((entry) => [entry.step, entry])).values()];
    const best = newest.findLast((entry) => manifestIn(system, path, entry)?.best);
    const kept = new Set([...newest.slice(-keep), best]);
    for (const entry of entries)
      if (!kept.has(entry) && manifestIn(system, path, entry)) removeEntry(system, path, entry.name);
  } catch {
    // See above.
  }
}
