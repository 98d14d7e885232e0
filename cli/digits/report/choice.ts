/** Which sixteen digits the report shows: most by chance, and the mistakes one would ask about. */

import { permutation, randomKey } from "../../../src/index.ts";
import type { Evaluation } from "../evaluate.ts";

const SHOWN = 16;
const MISTAKES = 4;

/** Indices of test digits. */
export interface Choice {
  readonly byChance: readonly number[];
  /** The wrong predictions that the network held most probable, worst first. */
  readonly mistakes: readonly number[];
}

/** Chooses sixteen different digits of a test; the same seed gives the same. */
export function chooseDigits(
  { predicted, probability }: Evaluation,
  labels: Uint8Array,
  seed: number,
): Choice {
  const sureness = (index: number): number => probability[index] ?? 0;
  const mistakes = Array.from(labels.keys())
    .filter((index) => predicted[index] !== labels[index])
    .sort((a, b) => sureness(b) - sureness(a))
    .slice(0, MISTAKES);
  const order = Array.from(permutation(randomKey(seed), labels.length).toTypedArray());
  const byChance = order.filter((index) => !mistakes.includes(index)).slice(0, SHOWN - mistakes.length);
  return { byChance, mistakes };
}
