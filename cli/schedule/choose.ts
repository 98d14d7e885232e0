/** The schedule that was asked for on the command line, with its settings. */

import type { Command } from "commander";
import {
  type AnyScheduleFactory,
  perEpoch,
  type Schedule,
  schedules,
  warmUp,
} from "../../src/first-order/index.ts";
import { rule, type ScheduleCard } from "../../src/first-order/schedules/schedule-card.ts";
import { constantValue } from "../point.ts";
import { readEntry, settingsOf } from "../typed/call.ts";
import { called, unknownName } from "../typed/find.ts";
import { madeOf } from "../typed/numbers.ts";

/** What the command line says about the schedule. */
export interface ScheduleOptions {
  readonly steps: number;
  readonly set?: readonly string[];
  readonly warmUp?: number;
  readonly perEpoch?: number;
}

/** A schedule, and the card of the one that it is made of. */
export interface Chosen {
  readonly card: ScheduleCard;
  readonly schedule: Schedule;
}

/** The schedule asked for; what has no default is taken from the run, or from the card's example. */
export function chosenSchedule(command: Command, name: string, options: ScheduleOptions): Chosen {
  const { card, make } = scheduleOf(command, name);
  const given = scheduleSettings(command, "--set", card, (options.set ?? []).flatMap(settingsOf));
  const { steps, warmUp: before = 0, perEpoch: epoch = 1 } = options;
  const own = Math.max(1, Math.ceil(steps / Math.max(1, epoch)) - before);
  const examples = card.settings.flatMap((setting): [string, unknown][] => {
    if (setting.name === "steps") return [["steps", own]];
    return "example" in setting && setting.example !== undefined ? [[setting.name, setting.example]] : [];
  });
  return madeOf(command, "--set", () => {
    const alone = make({ ...Object.fromEntries(examples), ...Object.fromEntries(given) });
    const warmed = options.warmUp === undefined ? alone : warmUp(alone, { steps: before });
    const schedule = options.perEpoch === undefined ? warmed : perEpoch(warmed, { stepsPerEpoch: epoch });
    return { card, schedule };
  });
}

/** `cosine`, `cosine-decay` and `cosineDecay` are the same; an unknown name ends as wrong usage with the names there are. */
export function scheduleOf(command: Command, typed: string): AnyScheduleFactory {
  const found = called(schedules, typed) ?? called(schedules, `${typed}-decay`);
  if (found !== undefined) return found;
  const names = schedules.map(({ card }) => card.name);
  const short = names.map((name) => name.replace(/-decay$/, ""));
  return unknownName(command, "schedule", typed, names, short);
}

/** Reads `factor=0.5`, each number by `valueOf`; which values a setting may have is checked by the schedule itself. */
export function scheduleSettings(
  command: Command,
  option: string,
  card: ScheduleCard,
  entries: readonly string[],
  valueOf: (text: string) => number | undefined = constantValue,
): ReadonlyMap<string, unknown> {
  return new Map(entries.map((entry) => readSetting(command, option, card, entry, valueOf)));
}

function readSetting(
  command: Command,
  option: string,
  card: ScheduleCard,
  entry: string,
  valueOf: (text: string) => number | undefined,
): [string, unknown] {
  const [typed, text] = readEntry(entry);
  // People think of rates, whatever the schedule calls what it begins with.
  const name = typed === "rate" ? (card.settings[0]?.name ?? typed) : typed;
  const setting = card.settings.find((each) => each.name === name);
  if (setting === undefined)
    return command.error(`error: ${option}: ${card.name} has no setting "${typed}"; ${allOf(card)}`);
  if (setting.kind === "word") return [name, text];
  const numbers = (setting.kind === "milestones" ? text.split(/,\s*|\s+(?=\d)/) : [text]).map(valueOf);
  if (numbers.includes(undefined))
    return command.error(`error: ${option}: ${name} must be ${rule(setting)}; got "${entry}"`);
  return [name, setting.kind === "milestones" ? numbers : numbers[0]];
}

function allOf({ settings }: ScheduleCard): string {
  return `it has ${settings.map((setting) => `${setting.name} (${rule(setting)})`).join(", ")}`;
}
