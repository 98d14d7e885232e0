/** Numbers of what has a card, as they are typed: `rate=0.01`. Which values they may have is checked by what they are for. */

import type { Command } from "commander";
import { NablaError } from "../../src/core/errors.ts";
import type { NumberSetting, Setting } from "../../src/solver/card.ts";
import { constantValue } from "../point.ts";
import { readEntry } from "./call.ts";

/** What a card says of its settings. */
interface SettingsCard {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** Reads settings; a name that is none of the card's numbers, and what is no number, end as wrong usage of the option. */
export function readNumbers(
  command: Command,
  option: string,
  card: SettingsCard,
  entries: readonly string[],
): ReadonlyMap<string, number> {
  return new Map(entries.map((entry) => readNumber(command, option, card, entry)));
}

function readNumber(
  command: Command,
  option: string,
  card: SettingsCard,
  entry: string,
): readonly [string, number] {
  const [name, text] = readEntry(entry);
  const setting = card.settings.find((each) => each.name === name);
  if (setting === undefined)
    return command.error(`error: ${option}: ${card.name} has no setting "${name}"; ${numbersOf(card)}`);
  if (setting.kind === "part")
    return command.error(
      `error: ${option}: ${name} of ${card.name} is no number but a part, which only a program can choose; ${numbersOf(card)}`,
    );
  const value = constantValue(text);
  if (value !== undefined) return [name, value];
  // Whoever sets a single number has named what it belongs to elsewhere.
  const isAlone = option === "--set";
  const what = isAlone ? name : `${name} of ${card.name}`;
  const example = `${isAlone ? "--set " : ""}${name}=${setting.default}`;
  return command.error(
    `error: ${option}: give ${what} a number in ${setting.range}, for example ${example}; got "${entry}"`,
  );
}

function numbersOf({ settings }: SettingsCard): string {
  const numbers = settings.filter((setting): setting is NumberSetting => setting.kind === "number");
  if (numbers.length === 0) return "it has no numbers to set";
  return `its numbers are ${numbers.map(({ name, range }) => `${name} in ${range}`).join(", ")}`;
}

/** What is made of typed settings; a complaint about them ends as wrong usage of the option. */
export function madeOf<T>(command: Command, option: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof NablaError) return command.error(`error: ${option}: ${error.message}`);
    throw error;
  }
}
