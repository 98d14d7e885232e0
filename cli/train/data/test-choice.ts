/** Where test examples come from: a share that is set apart, a file, or nowhere. */

import type { Command } from "commander";
import { constantValue } from "../../point.ts";

/** The share that is set apart where nothing is said: enough to tell a good model from a bad one, and most is left to learn from. */
const usualShare = 0.2;

/** Of fewer examples nothing is set apart unasked: a handful tells nothing, and is missed. */
const fewest = 20;

/** What was chosen; `words` say it as the end of a sentence. */
export type TestChoice = { readonly words: string } & (
  | { readonly kind: "share"; readonly share: number }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "none" }
);

/** Reads `0.2`, `none` or the name of a file; left out it depends on how many examples there are. */
export function readTestChoice(command: Command, text: string | undefined, count: number): TestChoice {
  if (text === undefined && count < fewest) return { kind: "none", words: "" };
  if (text === "none") return { kind: "none", words: "" };
  const share = text === undefined ? usualShare : constantValue(text);
  if (share === undefined) return { kind: "file", file: text ?? "", words: `in ${text}` };
  if (share > 0 && share < 1) return { kind: "share", share, words: "set apart by the seed" };
  return command.error(
    `error: --test: give the share of examples to test on, such as 0.2, a file of them, or none; got "${text}"`,
  );
}
