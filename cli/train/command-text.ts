/** Commands as people type them. */

import type { RunOptions } from "./options.ts";

/** What was typed. */
interface Typed {
  readonly data: string;
  readonly given: RunOptions;
}

/** The command that was given, with some options changed. */
export function commandText({ data, given }: Typed, changes: RunOptions = {}): string {
  const options = Object.entries({ ...given, ...changes }).map(
    ([name, value]) => `${flagOf(name)} ${quoted(Array.isArray(value) ? value.join(",") : String(value))}`,
  );
  return ["nabla train", quoted(data), ...options].join(" ");
}

/** An option as it is typed: `--batch-size`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A word as the shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
