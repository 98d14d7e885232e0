/** The network of the main job: 784 pixels, 256 hidden units (relu), 10 digits; softmax cross-entropy. */

import { randomKey } from "../../src/index.ts";
import { mlp, type Network } from "../../src/nn/models/index.ts";

/** The sizes of the layers, input first. */
export const sizes = { input: 784, hidden: 256, output: 10 } as const;

/** What it is called: `784-256-10 network`. */
export const networkTitle: string = `${sizes.input}-${sizes.hidden}-${sizes.output} network`;

/** The number of weights and biases of both layers. */
export const parameterCount: number = (sizes.input + 1) * sizes.hidden + (sizes.hidden + 1) * sizes.output;

/** The network; wider than 128 units, which end below 98 % with some seeds. */
export const digitsNetwork: Network = mlp({
  inputs: sizes.input,
  hidden: [sizes.hidden],
  outputs: sizes.output,
});

/** Its weights and biases. */
export type DigitsParameters = ReturnType<Network["init"]>;

/** The network before the first step; every method begins with the same. */
export function startOf(seed: number): DigitsParameters {
  return digitsNetwork.init(randomKey(seed));
}
