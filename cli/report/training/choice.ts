/** Which sixteen images the report shows: most by chance, and the mistakes one would ask about. */

import { permutation, randomKey } from "../../../src/index.ts";

const shown = 16;
const shownMistakes = 4;

/** Indices of test examples. */
export interface Choice {
  readonly byChance: readonly number[];
  /** The wrong predictions that the network held most probable, worst first. */
  readonly mistakes: readonly number[];
}

/** Chooses sixteen different examples of a test, or all where there are fewer; the same seed gives the same. */
export function chooseImages(
  predicted: ArrayLike<number>,
  probability: ArrayLike<number>,
  labels: ArrayLike<number>,
  seed: number,
): Choice {
  const sureness = (index: number): number => probability[index] ?? 0;
  const mistakes = Array.from(labels, (_, index) => index)
    .filter((index) => predicted[index] !== labels[index])
    .sort((a, b) => sureness(b) - sureness(a))
    .slice(0, shownMistakes);
  const order = Array.from(permutation(randomKey(seed), labels.length).toTypedArray());
  const byChance = order.filter((index) => !mistakes.includes(index)).slice(0, shown - mistakes.length);
  return { byChance, mistakes };
}
