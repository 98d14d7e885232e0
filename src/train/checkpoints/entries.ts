/**
 * What lies in a folder of checkpoints: `step-000001200` for each checkpoint, `step-000001200.1` where that step was written again, `.writing-…` and
 * `.removing-…` while one comes and goes, `.nabla-lock` while somebody writes. Names of any other form are somebody else's.
 */
import type { FileSystem } from "../../core/files/file-system.ts";

/** A checkpoint by its name in the folder. */
export interface StoredEntry {
  readonly name: string;
  readonly step: number;
  /** How often the step was written before. */
  readonly revision: number;
}

/** The file that tells who writes. */
export const lockName = ".nabla-lock";

const checkpointName = /^step-(\d{9,15})(?:\.(\d{1,9}))?$/;
const leftoverName = /^\.(?:writing|removing)-[0-9a-f]{8}$|^\.nabla-lock\.tmp-[0-9a-f]{8}$/;

/** The name of a checkpoint's folder. */
export function nameOf(step: number, revision: number): string {
  const padded = `step-${String(step).padStart(9, "0")}`;
  return revision === 0 ? padded : `${padded}.${revision}`;
}

/** A name that is taken by nobody, for a checkpoint that comes or goes. */
export function passingName(state: "writing" | "removing"): string {
  return `.${state}-${crypto.randomUUID().slice(0, 8)}`;
}

/** The checkpoints among names, oldest first. */
export function entriesAmong(names: readonly string[]): StoredEntry[] {
  const entries = names.flatMap((name): StoredEntry[] => {
    const [, digits, again = "0"] = checkpointName.exec(name) ?? [];
    if (digits === undefined) return [];
    const entry = { name, step: Number(digits), revision: Number(again) };
    // "step-0000000001" says the same as "step-000000001", and is not ours.
    return nameOf(entry.step, entry.revision) === name ? [entry] : [];
  });
  return entries.sort((a, b) => a.step - b.step || a.revision - b.revision);
}

/** What a writer that was killed left, among names. */
export function leftoversAmong(names: readonly string[]): string[] {
  return names.filter((name) => leftoverName.test(name));
}

/** The names in a folder; none where there is no folder. @throws What the operating system says of others. */
export function namesIn({ fs }: FileSystem, folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}
