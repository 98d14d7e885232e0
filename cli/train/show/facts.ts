/** Facts as people read them: a name in the margin, and what there is to say. */

import { wrap } from "../../output.ts";

/** A fact. */
export type Fact = readonly [name: string, text: string];

/** The facts, one below the other; the names are made bold. */
export function factsText(facts: readonly Fact[], bold: (text: string) => string): string {
  const margin = Math.max(...facts.map(([name]) => name.length));
  return facts
    .map(([name, text]) => `${bold(name.padEnd(margin))}  ${wrap(text.split(" "), " ".repeat(margin + 2))}`)
    .join("\n");
}
