/** Calls as they are typed on a command line: a name with settings in brackets, `adam(rate=0.1,beta1=0.8)`. */

import type { Command } from "commander";

/** A call. */
export interface TypedCall {
  /** The name as it was typed. */
  readonly name: string;
  /** Its settings, such as `rate=0.1`. */
  readonly settings: readonly string[];
}

/** The calls of a list: commas inside brackets part settings, those outside part calls. */
export function callsOf(text: string): string[] {
  return text
    .split(/,(?![^()]*\))/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** Reads a call; brackets that are not closed end as wrong usage of the option. */
export function readCall(command: Command, option: string, text: string): TypedCall {
  const [, name = "", , inside = ""] = /^([^()]*)(\(([^()]*)\))?\s*$/s.exec(text) ?? [];
  if (name.trim() === "")
    return command.error(
      `error: ${option}: "${text}" is not of the form name(setting=number), such as adam(rate=0.1)`,
    );
  return { name: name.trim(), settings: settingsOf(inside) };
}

/** Settings one by one: commas part them where a name follows; those of `milestones=30,60,90` do not. */
export function settingsOf(text: string): string[] {
  return text
    .split(/[,;\s]+(?=[A-Za-z]\w*\s*=)|;/)
    .map((entry) => entry.trim().replace(/,$/, ""))
    .filter((entry) => entry !== "");
}

/** A setting taken apart: `rate = 0.1` is `["rate", "0.1"]`. */
export function readEntry(entry: string): readonly [name: string, text: string] {
  const [name = "", ...rest] = entry.split("=").map((part) => part.trim());
  return [name, rest.join("=")];
}
