/** What code prints, and how that is compared with what a document says it prints. */

import { format } from "node:util";

/** Runs `task` with `console.log` diverted to `print`, one text for each call. */
export async function withPrinting<T>(print: (text: string) => void, task: () => Promise<T>): Promise<T> {
  const log = console.log;
  console.log = (...values: readonly unknown[]) => print(format(...values));
  try {
    return await task();
  } finally {
    console.log = log;
  }
}

/**
 * Whether a text is the expected one. Line ends and runs of spaces count as one space, spaces just inside of
 * brackets and quotation marks as nothing, and `…` or `...` in the expected text stands for anything.
 */
export function isPrinted(expected: string, actual: string): boolean {
  const parts = tidy(expected).split(/\s?(?:…|\.\.\.)\s?/);
  const pattern = parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`, "s").test(tidy(actual));
}

const tidy = (text: string): string =>
  text
    .replaceAll(/["'`]/g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/(?<=[[{(]) | (?=[\]})])/g, "")
    .trim();
