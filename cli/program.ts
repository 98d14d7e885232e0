/** The commands of `nabla` and what holds for all of them. */

import { Command } from "commander";
import { addDiff } from "./commands/diff.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addMethods } from "./commands/methods.ts";
import { addMinimize } from "./commands/minimize.ts";
import { addPredict } from "./commands/predict.ts";
import { addRace } from "./commands/race.ts";
import { addSchedule } from "./commands/schedule.ts";
import { addTrain } from "./commands/train.ts";
import { packageFacts } from "./package-facts.ts";

export { CommanderError } from "commander";

/** The program with its commands; it throws `CommanderError` where Commander would end the process. */
export function createProgram(): Command {
  const { version, description } = packageFacts();
  const program = new Command("nabla")
    .description(description)
    .version(version)
    .exitOverride()
    .showHelpAfterError("(nabla --help says what there is)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 it could not be computed, 2 wrong usage, 130 interrupted. Errors go to stderr.",
    );
  addMinimize(program);
  addMethods(program);
  addSchedule(program);
  addRace(program);
  addTrain(program);
  addPredict(program);
  addDiff(program);
  addDoctor(program);
  for (const command of program.commands)
    command.showHelpAfterError(`(nabla ${command.name()} --help says more)`);
  return program;
}
