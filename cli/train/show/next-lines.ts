/** Commands to go on with, each with what it does. */

import { colours } from "../../output.ts";
import type { NextCommand } from "../next.ts";

/** Lines beyond break on usual terminals. */
const widest = 100;

/** The commands under a heading; what they do stands beside them, or below where that is too long. */
export function nextText(next: readonly NextCommand[]): string {
  const { dim } = colours();
  const width = Math.max(...next.map(({ command }) => command.length));
  const isNarrow = next.every(({ meaning }) => width + meaning.length + 4 <= widest);
  const lines = next.map(({ command, meaning }) =>
    isNarrow ? `  ${command.padEnd(width)}  ${dim(meaning)}` : `  ${command}\n      ${dim(meaning)}`,
  );
  return ["Next:", ...lines].join("\n");
}
