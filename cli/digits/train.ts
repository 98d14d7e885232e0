/** The course of training: shuffled batches, a step each. */

import { at } from "../../src/core/exactly.ts";
import type { MnistSplit } from "../../src/data/mnist.ts";
import { permutation, randomKey, splitKey, type Tensor } from "../../src/index.ts";
import { batchOf } from "./batch.ts";
import { initialize, type Network } from "./network.ts";
import type { DigitsOptions } from "./options.ts";
import type { Learner } from "./step.ts";

/** A step that has been taken. */
export interface TrainingStep {
  /** From 1. */
  readonly epoch: number;
  /** From 1 to `steps` in each epoch. */
  readonly step: number;
  readonly steps: number;
  /** Digits seen in this epoch. */
  readonly seen: number;
  /** The batch's mean loss before the step. */
  readonly loss: number;
}

/** The network before the first step; every method begins with the same. */
export function startingNetwork({ seed }: Pick<DigitsOptions, "seed">): Network {
  return initialize(keyOf(seed, 0));
}

/** How many steps an epoch takes. */
export function stepsPerEpoch(digits: number, { batchSize }: Pick<DigitsOptions, "batchSize">): number {
  return Math.ceil(digits / batchSize);
}

/** The steps of one epoch, which move the learner; the same seed and epoch give the same batches. */
export function* epochSteps(
  learner: Learner,
  digits: MnistSplit,
  epoch: number,
  { batchSize, seed }: Pick<DigitsOptions, "batchSize" | "seed">,
): Generator<TrainingStep> {
  const order = permutation(keyOf(seed, epoch), digits.count).toTypedArray();
  const steps = stepsPerEpoch(digits.count, { batchSize });
  for (let step = 1; step <= steps; step++) {
    const seen = Math.min(step * batchSize, digits.count);
    const loss = learner.learn(batchOf(digits, order.subarray((step - 1) * batchSize, seen)));
    yield { epoch, step, steps, seen, loss };
  }
}

/** Independent randomness for the weights (use 0) and for the shuffling before each epoch (1, 2, …). */
function keyOf(seed: number, use: number): Tensor {
  return at(splitKey(randomKey(seed), use + 1), use);
}
