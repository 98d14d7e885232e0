/**
 * What a folder of checkpoints says of the command that began the run: data and options, so that `--resume` needs the folder alone; and the target's unit, which
 * `nabla predict` needs.
 */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FileError } from "../../../src/index.ts";
import { constantValue } from "../../point.ts";
import { writeWhole } from "../../write-file.ts";
import type { RunSettings } from "../chosen/defaults.ts";
import type { KeepingOptions, RunOptions } from "../options.ts";
import type { Task } from "../task.ts";

/** The file's name. */
const fileName = "command.json";

/** The form below; it grows when old files can no longer be read. */
const version = 1;

/** A command that began a run. */
export interface StoredCommand {
  readonly format: "nabla-train-command";
  readonly version: number;
  /** `mnist`, `iris`, or paths that hold wherever one is. */
  readonly data: string;
  readonly settings: RunSettings;
  /** What of them was said; the others were chosen. */
  readonly given: RunOptions;
  /** What was to be left, and how often. */
  readonly keeping: Pick<KeepingOptions, "save" | "report" | "every" | "keep">;
}

/** What a task leaves in its folder. */
export function commandOf({ data, settings, given }: Task, options: KeepingOptions): StoredCommand {
  const { save, report, every, keep } = options;
  return {
    format: "nabla-train-command",
    version,
    data: everywhere(data),
    settings: portable(settings),
    given: portable(given),
    keeping: {
      ...(save !== undefined && { save: resolve(save) }),
      ...(report !== undefined && { report: resolve(report) }),
      ...(every !== undefined && { every }),
      ...(keep !== undefined && { keep }),
    },
  };
}

/** Names of files as they are known from everywhere; what is no file stays as it is. */
export function everywhere(text: string): string {
  if (/^(mnist|iris|none)$/.test(text) || constantValue(text) !== undefined) return text;
  return text
    .split(",")
    .map((name) => resolve(name.trim()))
    .join(",");
}

/** Options whose files are known from everywhere. */
export function portable<O extends Pick<RunOptions, "test">>(options: O): O {
  const { test } = options;
  return test === undefined ? options : { ...options, test: everywhere(test) };
}

/** Writes it into a folder of checkpoints. */
export function writeCommand(folder: string, command: StoredCommand): void {
  writeWhole(join(folder, fileName), `${JSON.stringify(command, null, 2)}\n`);
}

/** Reads it; undefined where there is none: such a folder was written by a program. */
export function readCommand(folder: string): StoredCommand | undefined {
  const path = join(folder, fileName);
  if (!existsSync(path)) return undefined;
  const written = parsed(path);
  if (isStoredCommand(written)) return written;
  throw new FileError(
    `${path} is damaged, or was written by another version of nabla train; begin the run anew in another folder.`,
  );
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isStoredCommand(value: unknown): value is StoredCommand {
  if (typeof value !== "object" || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  const isRecord = (name: string): boolean => {
    const part = found.get(name);
    return typeof part === "object" && part !== null;
  };
  return (
    found.get("format") === "nabla-train-command" &&
    found.get("version") === version &&
    typeof found.get("data") === "string" &&
    isRecord("settings") &&
    isRecord("given") &&
    isRecord("keeping")
  );
}
