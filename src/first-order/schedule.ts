/** Schedules: how a rate changes from step to step. They have names and settings, so that checkpoints can say what was used. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { type MethodCard, type NumberSetting, readSettings, type Settings } from "../solver/card.ts";

/** A number that depends on the step. */
export interface Schedule {
  readonly name: string;
  /** What was chosen, as plain data. */
  readonly settings: Settings;
  /** The value at step t, from 1. */
  readonly at: (t: number) => number;
  /** No value of it is larger. */
  readonly largest: number;
}

/** A rate: a number, or a schedule. */
export type Rate = number | Schedule;

/** The same value at every step. */
export function constant(value: number): Schedule {
  return { name: "constant", settings: { value }, at: () => value, largest: value };
}

/** Where a straight line begins and ends. */
export interface LinearDecayOptions {
  /** The value at step 1. */
  readonly from: number;
  /** The value after `steps` steps, and from then on. Default 0. */
  readonly to?: number;
  /** How many steps it takes. */
  readonly steps: number;
}

/**
 * From one value to another along a straight line: (1 − s)·from + s·to with s = min(t − 1, steps)/steps.
 *
 * ```ts
 * import { linearDecay } from "nabla";
 * const rate = linearDecay({ from: 0.4, steps: 4 });
 * [1, 2, 5, 9].map((t) => Number(rate.at(t).toFixed(4))); // → [ 0.4, 0.3, 0, 0 ]
 * ```
 *
 * @throws ArgumentError for values out of range.
 */
export function linearDecay({ from, to = 0, steps }: LinearDecayOptions): Schedule {
  for (const [name, value] of Object.entries({ from, to }))
    if (!(Number.isFinite(value) && value >= 0))
      throw new ArgumentError(`linearDecay({ ${name} }): must be a number ≥ 0; got ${showValue(value)}`);
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new ArgumentError(`linearDecay({ steps }): must be a whole number ≥ 1; got ${showValue(steps)}`);
  return {
    name: "linear-decay",
    settings: { from, to, steps },
    at: (t) => {
      const done = Math.min(t - 1, steps) / steps;
      return from * (1 - done) + to * done;
    },
    largest: Math.max(from, to),
  };
}

/** How a card lists a rate. */
export function rateSetting(value: number, source: string): NumberSetting {
  return {
    kind: "number",
    name: "rate",
    symbol: "\\eta",
    meaning: "the length of steps: a number, or a schedule such as `linearDecay({ from, steps })`",
    default: value,
    source,
    range: "(0, ∞)",
  };
}

/**
 * A rate as a schedule; the card's default where it is left out.
 *
 * @throws ArgumentError for a number out of the card's range, and for what is neither number nor schedule.
 */
export function readRate(card: Pick<MethodCard, "name" | "settings">, rate: Rate | undefined): Schedule {
  if (typeof rate !== "object") return constant(readSettings<"rate">(card, { rate }).rate);
  checkSchedule(card.name, rate);
  return rate;
}

function checkSchedule(call: string, rate: Schedule): void {
  if (rate === null || typeof rate.at !== "function" || typeof rate.largest !== "number")
    throw new ArgumentError(
      `${call}({ rate }): must be a number, or a schedule such as linearDecay({ from: 0.1, steps: 1000 }); got ${showValue(rate)}`,
    );
}

/** A rate as plain data: the number of a constant one, else name and settings. */
export function describeRate({ name, settings, at }: Schedule): unknown {
  return name === "constant" ? at(1) : { schedule: name, ...settings };
}
