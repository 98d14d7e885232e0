/** Cards of schedules: what each says about itself. The command line's lists and the checks of options are made from them. */
import { callOf } from "../../core/call-of.ts";
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { isWithin, type NumberSetting } from "../../solver/card.ts";
import type { Schedule } from "./schedule.ts";

/** One option of a schedule. One without a default must be given; `example` is what the command line takes then. */
export type ScheduleSetting = {
  readonly name: string;
  readonly meaning: string;
} & (
  | {
      readonly kind: "number";
      /** The values allowed, as an interval. */
      readonly range: NumberSetting["range"];
      readonly integer?: true;
      readonly default?: number;
      readonly example?: number;
    }
  | {
      /** Whole numbers ≥ 1 that rise. */
      readonly kind: "milestones";
      readonly example: readonly number[];
    }
  | { readonly kind: "word"; readonly words: readonly string[]; readonly default: string }
);

/** One that is a number. */
export type NumericScheduleSetting = Extract<ScheduleSetting, { readonly kind: "number" }>;

/** What a schedule says about itself. */
export interface ScheduleCard {
  /** Its name on the command line and in results: `cosine-decay`. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** The value at step t in TeX. */
  readonly equation: string;
  /** Where it comes from. */
  readonly source: string;
  readonly settings: readonly ScheduleSetting[];
}

/** What makes a schedule: called with options, and known by its card. */
export interface ScheduleFactory<Options extends object> {
  (options: Options): Schedule;
  readonly card: ScheduleCard;
}

/** A schedule but for what its card and options say. */
export type ScheduleBody = Omit<Schedule, "name" | "settings">;

/** Joins a card to the function that makes a schedule of checked options, defaults filled in. */
export function scheduleFactory<Options extends object>(
  card: ScheduleCard,
  create: (options: Required<Options>) => ScheduleBody,
): ScheduleFactory<Options> {
  const factory = (options: Options): Schedule => {
    const settings = readScheduleOptions<Options>(card, options);
    return { name: card.name, settings: { ...settings }, ...create(settings) };
  };
  return Object.assign(factory, { card });
}

function readScheduleOptions<Options extends object>(
  card: ScheduleCard,
  options: Options,
): Required<Options> {
  const call = callOf(card.name);
  checkOptions(
    call,
    options,
    card.settings.map(({ name }) => name),
  );
  const given = new Map<string, unknown>(Object.entries(options));
  const read = card.settings.map((setting) => [
    setting.name,
    readOne(call, setting, given.get(setting.name)),
  ]);
  // Every key of the options' type is on the card; the tests of the schedules hold the cards to it.
  return Object.fromEntries(read) as Required<Options>;
}

function readOne(call: string, setting: ScheduleSetting, value: unknown): unknown {
  const standard = "default" in setting ? setting.default : undefined;
  if (value === undefined && standard !== undefined) return standard;
  if (isAllowed(setting, value)) return value;
  const remedy = standard === undefined ? "" : `; the default is ${standard}`;
  throw new ArgumentError(
    `${call}({ ${setting.name} }): must be ${rule(setting)}; got ${showValue(value)}${remedy}`,
  );
}

function isAllowed(setting: ScheduleSetting, value: unknown): boolean {
  switch (setting.kind) {
    case "number":
      return (
        typeof value === "number" &&
        isWithin(setting.range, value) &&
        (setting.integer !== true || Number.isInteger(value))
      );
    case "milestones":
      return areMilestones(value);
    case "word":
      return setting.words.some((word) => word === value);
    default:
      return setting satisfies never;
  }
}

/** What values a setting may have, in words. */
export function rule(setting: ScheduleSetting): string {
  switch (setting.kind) {
    case "number":
      return `${setting.integer ? "a whole number" : "a number"} in ${setting.range}`;
    case "milestones":
      return milestonesRule;
    case "word":
      return `one of ${setting.words.map((word) => JSON.stringify(word)).join(", ")}`;
    default:
      return setting satisfies never;
  }
}

/** What milestones must be. */
export const milestonesRule = "a list of whole numbers ≥ 1, each larger than the one before";

/** Whether they are. */
export function areMilestones(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((mark, i) => Number.isInteger(mark) && mark > (i === 0 ? 0 : value[i - 1]));
}
