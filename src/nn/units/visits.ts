/** The order in which an epoch goes through the examples. */
import { checkNumber } from "../../core/checks.ts";
import { permutation, seedKey } from "../../core/random/index.ts";
import { fold } from "../../core/random/key.ts";
import type { PartSetting } from "../../solver/card.ts";

/** The setting, as it stands among those of a rule. */
export const seedSetting: PartSetting = {
  kind: "part",
  name: "seed",
  meaning: "where the order of the examples comes from, which is another in every epoch",
  default: "none: the order given",
  source: "Rosenblatt (1958) lets examples come as they come",
};

/** The order of an epoch, counted from 0: as given, or shuffled anew by the seed. */
export function visits(call: string, count: number, seed: number | undefined): (epoch: number) => Int32Array {
  if (seed === undefined) {
    const inOrder = Int32Array.from({ length: count }, (_, i) => i);
    return () => inOrder;
  }
  checkNumber(call, seed, "the seed");
  const key = seedKey(seed);
  return (epoch) => permutation(fold(key, epoch), count);
}
