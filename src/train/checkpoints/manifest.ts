/** What a checkpoint consists of: `manifest.json` names its files with their sizes and SHA-256, so that damage is noticed before anything is computed with it. */
import { showValue } from "../../core/checks.ts";
import { FileError } from "../../core/errors.ts";
import type { FileSystem } from "../../core/files/file-system.ts";
import { isPlainObject } from "../../core/tree.ts";
import { nameOf, type StoredEntry } from "./entries.ts";

/** A file of a checkpoint. */
interface FileFacts {
  readonly bytes: number;
  /** SHA-256 in hexadecimal digits, as `sha256sum` prints it. */
  readonly sha256: string;
}

/** A checkpoint in few words. */
export interface Manifest {
  readonly format: "nabla-checkpoint-folder";
  readonly version: 1;
  readonly step: number;
  /** Whether it was the best so far when it was written: the newest of these is the best of all. */
  readonly best: boolean;
  readonly files: Readonly<Record<string, FileFacts>>;
}

/** The manifest's own file. */
export const manifestName = "manifest.json";

/** Names that files of a checkpoint can have on every system; in no other folder, and not hidden. */
export function isFileName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) && name !== manifestName;
}

/** The manifest of files. */
export function manifestOf(
  system: FileSystem,
  step: number,
  best: boolean,
  files: ReadonlyMap<string, Uint8Array>,
): Manifest {
  const facts = Array.from(files, ([name, bytes]): [string, FileFacts] => [
    name,
    { bytes: bytes.length, sha256: digestOf(system, bytes) },
  ]);
  return {
    format: "nabla-checkpoint-folder",
    version: 1,
    step,
    best,
    files: Object.fromEntries(facts),
  };
}

/** SHA-256. */
export function digestOf({ crypto }: FileSystem, bytes: Uint8Array): string {
  return crypto.createHash("sha256").update(bytes).digest("hex");
}

/**
 * The manifest in a text; `name` names it in messages.
 *
 * @throws FileError when it is damaged, of another version, or of another checkpoint than its folder says.
 */
export function parseManifest(text: string, { step, revision }: StoredEntry, name: string): Manifest {
  const written = parseJson(text);
  if (!isPlainObject(written) || written.format !== "nabla-checkpoint-folder")
    throw new FileError(`${name} is damaged or no manifest of a checkpoint`);
  if (written.version !== 1)
    throw new FileError(
      `${name} is of version ${showValue(written.version)}, and this is 1; continue with the Nabla that wrote it`,
    );
  const { best, files } = written;
  if (written.step !== step || typeof best !== "boolean" || !isFileList(files))
    throw new FileError(`${name} is damaged: it is not that of ${nameOf(step, revision)}`);
  return { format: "nabla-checkpoint-folder", version: 1, step, best, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFileList(files: unknown): files is Manifest["files"] {
  return (
    isPlainObject(files) &&
    Object.entries(files).every(
      ([name, facts]) =>
        isFileName(name) &&
        isPlainObject(facts) &&
        Number.isSafeInteger(facts.bytes) &&
        typeof facts.sha256 === "string",
    )
  );
}
