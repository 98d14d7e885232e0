/** What is done to folders on disk, so that power may fail at any moment. */
import type { FileSystem } from "../../core/files/file-system.ts";
import { leftoversAmong, namesIn, passingName } from "./entries.ts";

/** Writes files into a new folder, all of it to the disk. */
export function writeFolder(
  system: FileSystem,
  folder: string,
  files: ReadonlyMap<string, Uint8Array | string>,
): void {
  const { fs, path } = system;
  fs.mkdirSync(folder);
  for (const [name, data] of files)
    fs.writeFileSync(path.join(folder, name), data, { flag: "wx", flush: true });
  syncFolder(system, folder);
}

/** Sees to it that the names in a folder are on the disk, where the system knows of that. */
export function syncFolder({ fs }: FileSystem, folder: string): void {
  let opened: number | undefined;
  try {
    opened = fs.openSync(folder, "r");
    fs.fsyncSync(opened);
  } catch {
    // Windows does not open folders; there, renaming is as lasting as it gets.
  } finally {
    if (opened !== undefined) fs.closeSync(opened);
  }
}

/** Removes an entry of a folder: it is gone at once, also for somebody who is reading it. */
export function removeEntry(system: FileSystem, folder: string, name: string): void {
  const passing = system.path.join(folder, passingName("removing"));
  system.fs.renameSync(system.path.join(folder, name), passing);
  system.fs.rmSync(passing, { recursive: true, force: true });
}

/** Removes what a writer that was killed left. */
export function sweep(system: FileSystem, folder: string): void {
  for (const name of leftoversAmong(namesIn(system, folder)))
    system.fs.rmSync(system.path.join(folder, name), { recursive: true, force: true });
}
