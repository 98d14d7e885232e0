/** Independent randomness for each use of a run, from its seed; each number depends on nothing but seed, use and step, so that a run can be resumed anywhere. */
import { seedKey } from "../../core/random/index.ts";
import { fold, type Key as Words } from "../../core/random/key.ts";
import type { Key } from "../../tensor/operations/random.ts";
import { Tensor } from "../../tensor/tensor.ts";

const uses = { parameters: 0, split: 1, order: 2, layers: 3, sample: 4 } as const;

/** The words of a key for a use, and for a number within it: an epoch, a step. */
export function wordsFor(seed: number, use: keyof typeof uses, number?: number): Words {
  const key = fold(seedKey(seed), uses[use]);
  return number === undefined ? key : fold(key, number);
}

/** The same as a key that layers and operations take. */
export function keyFor(seed: number, use: keyof typeof uses, number?: number): Key {
  const [high = 0, low = 0] = wordsFor(seed, use, number);
  return new Tensor({ dtype: "int32", shape: [2] }, Int32Array.of(high | 0, low | 0));
}
