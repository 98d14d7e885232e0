/** The method that was asked for on the command line, with its settings. */

import type { Command } from "commander";
import { NablaError } from "../../src/core/errors.ts";
import { allMethods, findMethod } from "../../src/minimize/index.ts";
import type { MethodCard, NumberSetting } from "../../src/solver/card.ts";
import type { AnyFactory, AnyMethod } from "../../src/solver/method.ts";
import { nearestName } from "../nearest-name.ts";
import { constantValue } from "../point.ts";
import { type FormulaProblem, fitsFunctions, needsSquares } from "./problem.ts";

/** What the command line says about the method. */
export interface MethodOptions {
  readonly method?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
}

/** The factory of a name; an unknown name ends as wrong usage with the names there are. */
export function factoryOf(command: Command, name: string): AnyFactory {
  const found = findMethod(name);
  if (found !== undefined) return found;
  const names = allMethods().map(({ card }) => card.name);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return command.error(`error: there is no method "${name}".${hint}\nThe methods are ${names.join(", ")}.`);
}

/** The method asked for; undefined where it is to be chosen by the problem. */
export function methodOf(
  command: Command,
  { method: name, set = [], seed }: MethodOptions,
  { residuals }: Pick<FormulaProblem, "residuals">,
): AnyMethod | undefined {
  if (name === undefined) {
    const loose = set.length > 0 ? "--set" : seed === undefined ? undefined : "--seed";
    if (loose === undefined) return undefined;
    return command.error(`error: ${loose} needs to know the method; name it with --method`);
  }
  const factory = factoryOf(command, name);
  const { card } = factory;
  const settings = new Map(set.map((entry) => readSetting(command, card, entry)));
  if (seed !== undefined) {
    if (!card.settings.some((setting) => setting.name === "seed"))
      return command.error(`error: ${name} draws no random numbers; leave --seed out`);
    settings.set("seed", seed);
  }
  try {
    const method = factory(Object.fromEntries(settings));
    return residuals || fitsFunctions(method) ? method : command.error(`error: ${needsSquares(name)}`);
  } catch (error) {
    if (error instanceof NablaError) return command.error(`error: --set: ${error.message}`);
    throw error;
  }
}

/** Reads `rate=0.01`; which values a setting may have is checked by the method itself. */
function readSetting(command: Command, card: MethodCard, entry: string): [string, number] {
  const [name = "", ...rest] = entry.split("=").map((part) => part.trim());
  const value = constantValue(rest.join("="));
  const setting = card.settings.find((each) => each.name === name);
  if (setting === undefined)
    return command.error(`error: --set: ${card.name} has no setting "${name}"; ${settingsOf(card)}`);
  if (setting.kind === "part")
    return command.error(
      `error: --set: ${name} of ${card.name} is no number but a part, which only a program can choose; ${settingsOf(card)}`,
    );
  if (value === undefined)
    return command.error(
      `error: --set: give ${name} a number in ${setting.range}, for example --set ${name}=${setting.default}; got "${entry}"`,
    );
  return [name, value];
}

function settingsOf({ settings }: MethodCard): string {
  const numbers = settings.filter((setting): setting is NumberSetting => setting.kind === "number");
  if (numbers.length === 0) return "it has no numbers to set";
  return `its numbers are ${numbers.map(({ name, range }) => `${name} in ${range}`).join(", ")}`;
}
