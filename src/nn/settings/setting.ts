/** Settings of layers: read once at the edge, from what a user writes or from a description, and written down again. */

import { callOf } from "../../core/call-of.ts";
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { LayerDescription } from "../layer.ts";

/** One setting. */
export interface LayerSetting<T> {
  /** What values it takes, as the end of "must be …". */
  readonly rule: string;
  /** Where there is none, it must be given. */
  readonly default?: T;
  /** The value; undefined for what is none. Reads what `write` makes, too. */
  readonly read: (value: unknown) => T | undefined;
  /** As plain data; undefined where that cannot be. Default: as it is. */
  readonly write?: (value: T) => unknown;
}

/** What a kind of layer has to know before it can be made. */
export interface LayerKind<Values> {
  /** `batch-norm`. */
  readonly name: string;
  readonly settings: { readonly [K in keyof Values]: LayerSetting<Values[K]> };
}

/**
 * The values of all settings, defaults filled in.
 *
 * @throws ArgumentError for options that are unknown, missing or out of range.
 */
export function readLayer<Values extends object>(
  { name, settings }: LayerKind<Values>,
  options: unknown,
  call: string = callOf(name),
): Values {
  checkOptions(call, options, Object.keys(settings));
  const given = new Map<string, unknown>(Object.entries(Object(options)));
  const read = settingsOf(settings).map(([key, setting]) => [
    key,
    readOne(`${call}({ ${key} })`, setting, given.get(key)),
  ]);
  // Every key of the values is one of the settings, which read values of its type.
  return Object.fromEntries(read) as Values;
}

function readOne(place: string, setting: LayerSetting<unknown>, given: unknown): unknown {
  if (given === undefined && setting.default !== undefined) return setting.default;
  const value = given === undefined ? undefined : setting.read(given);
  if (value !== undefined) return value;
  throw new ArgumentError(
    given === undefined
      ? `${place}: must be given; it is ${setting.rule}`
      : `${place}: must be ${setting.rule}; got ${showValue(given)}`,
  );
}

/** A layer as plain data: its kind, and its settings as far as they can be written down. */
export function describeLayer<Values extends object>(
  { name, settings }: LayerKind<Values>,
  values: Values,
): LayerDescription {
  const given = new Map<string, unknown>(Object.entries(values));
  const written = settingsOf(settings).map(([key, { write }]): [string, unknown] => {
    const value = given.get(key);
    return [key, write ? write(value) : value];
  });
  return { layer: name, ...Object.fromEntries(written.filter(([, value]) => value !== undefined)) };
}

/** The settings by name. Each is given only values that it read itself. */
const settingsOf = (settings: object): [string, LayerSetting<unknown>][] => Object.entries(settings);
