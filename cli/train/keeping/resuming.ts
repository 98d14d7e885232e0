/** Continuing a run from its folder: what was said then counts, and what is said now must agree with it, or make the run longer. */

import type { Command } from "commander";
import { samePlain } from "../../../src/solver/plain-data.ts";
import { runOptions } from "../chosen/defaults.ts";
import { chosenSchedule } from "../chosen/schedule.ts";
import { flagOf } from "../command-text.ts";
import type { Asked, RunOptions, TrainOptions } from "../options.ts";
import { everywhere, portable, readCommand } from "./stored-command.ts";

/** The run that the command line asks for: as typed, or as the folder of `--resume` has it. */
export function askedRun(command: Command, data: string | undefined, options: TrainOptions): Asked {
  const { resume } = options;
  if (resume === undefined)
    return data === undefined
      ? command.error("error: say what to train on: mnist, iris, a CSV file, or IDX files as images,labels")
      : { data, options, given: runOptions(options) };
  const stored = readCommand(resume);
  if (stored === undefined) {
    if (data !== undefined) return { data, options, given: runOptions(options) };
    return command.error(
      `error: --resume: ${resume} does not say what it was trained on; it is no folder of nabla train --checkpoint, or has no checkpoint yet`,
    );
  }
  if (data !== undefined && everywhere(data) !== everywhere(stored.data))
    command.error(`error: --resume: the run in ${resume} was trained on ${stored.data}; leave "${data}" out`);
  const { settings, keeping } = stored;
  const given = portable(runOptions(options));
  for (const name of namesOf(given)) checkAgreement(command, name, given, settings, resume);
  return {
    data: stored.data,
    options: { ...settings, ...keeping, checkpoint: resume, ...options },
    given: { ...stored.given, ...given },
  };
}

function namesOf(options: RunOptions): (keyof RunOptions)[] {
  return Object.keys(options).filter((name): name is keyof RunOptions => Object.hasOwn(options, name));
}

function checkAgreement(
  command: Command,
  name: keyof RunOptions,
  given: RunOptions,
  stored: RunOptions,
  folder: string,
): void {
  const [now, then] = [given[name], stored[name]];
  if (name === "epochs" && Number(now) > Number(then)) {
    checkLonger(command, given, stored, folder);
    return;
  }
  if (samePlain(now, then)) return;
  const flag = flagOf(name);
  const was = then === undefined ? `has no ${flag}` : `has ${flag} ${shown(then)}`;
  const remedy = name === "epochs" ? "a run can only be made longer" : "leave it out, or begin a new run";
  command.error(`error: ${flag} ${shown(now)}: the run in ${folder} ${was}; ${remedy}`);
}

/** A schedule that ends with the run cannot go on behind its end. */
function checkLonger(command: Command, { epochs = 0 }: RunOptions, stored: RunOptions, folder: string): void {
  const schedule = stored.schedule === undefined ? undefined : chosenSchedule(command, stored.schedule);
  if (typeof schedule !== "function") return;
  const stepsPerEpoch = 100;
  const [shorter, longer] = [stored.epochs ?? 0, epochs].map((count) =>
    schedule({ steps: count * stepsPerEpoch, stepsPerEpoch }),
  );
  if (samePlain(shorter?.settings, longer?.settings)) return;
  command.error(
    `error: --epochs ${epochs}: the schedule ${stored.schedule} of the run in ${folder} ends with its ${stored.epochs} epochs; begin a run of ${epochs} epochs, with another folder`,
  );
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}
