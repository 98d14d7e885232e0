/** Files that a training is to leave: refused before the work where they cannot be written. */

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { readCheckpointFolder } from "../../../src/train/checkpoints/index.ts";
import { obstacle } from "../../write-file.ts";
import type { KeepingOptions } from "../options.ts";

/** Checks everything that is to be written. */
export function checkFiles(command: Command, options: KeepingOptions): void {
  const { save, report, checkpoint, resume, every, keep } = options;
  if (report !== undefined && !/\.html?$/i.test(report))
    command.error(`error: --report needs a file whose name ends in .html; got "${report}"`);
  for (const [option, path] of Object.entries({ save, report })) {
    const problem = path === undefined ? undefined : obstacle(path);
    if (problem !== undefined)
      command.error(`error: --${option} needs the path of a file that can be written: ${problem}`);
  }
  const loose = every === undefined ? (keep === undefined ? undefined : "keep") : "every";
  if (checkpoint === undefined && loose !== undefined)
    command.error(`error: --${loose} is about checkpoints; say where they go with --checkpoint`);
  if (checkpoint !== undefined) checkFolder(command, checkpoint, resume);
}

function checkFolder(command: Command, folder: string, resume: string | undefined): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory())
    command.error(`error: --checkpoint needs a folder; ${folder} is a file`);
  const problem = obstacle(join(found === undefined ? existingAbove(folder) : folder, "step"));
  if (problem !== undefined)
    command.error(`error: --checkpoint needs a folder that can be written to: ${problem}`);
  const isOther = resume === undefined || resolve(resume) !== resolve(folder);
  const step = isOther ? readCheckpointFolder(folder).list().at(-1) : undefined;
  if (step !== undefined)
    command.error(
      `error: --checkpoint: ${folder} holds a run, up to step ${step}; continue it with --resume ${folder}, or choose another folder`,
    );
}

/** The nearest folder above that there is: in it those missing are made. */
function existingAbove(folder: string): string {
  const above = dirname(resolve(folder));
  return existsSync(above) ? above : existingAbove(above);
}
