/** The course of training: shuffled batches, a rate that falls to zero, a momentum step each. */

import { at } from "../../src/core/exactly.ts";
import type { MnistSplit } from "../../src/data/mnist.ts";
import { permutation, randomKey, splitKey, type Tensor, tensor } from "../../src/index.ts";
import { batchOf } from "./batch.ts";
import { initialize } from "./network.ts";
import type { DigitsOptions } from "./options.ts";
import { atRest, momentumStep, type State } from "./step.ts";

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
  readonly rate: number;
  /** The weights and velocities after it. */
  readonly state: State;
}

/** Where a run with these options begins. */
export function beginning({ seed }: DigitsOptions): State {
  return atRest(initialize(keyOf(seed, 0)));
}

/** The steps of one epoch, from `state`; the same seed and epoch give the same steps. */
export function* epochSteps(
  state: State,
  digits: MnistSplit,
  epoch: number,
  { epochs, batchSize, rate, momentum, seed }: DigitsOptions,
): Generator<TrainingStep> {
  const order = permutation(keyOf(seed, epoch), digits.count).toTypedArray();
  const steps = Math.ceil(digits.count / batchSize);
  let current = state;
  for (let step = 1; step <= steps; step++) {
    const done = (epoch - 1 + (step - 1) / steps) / epochs;
    const rateNow = rate * (1 - done);
    const seen = Math.min(step * batchSize, digits.count);
    const { images, labels } = batchOf(digits, order.subarray((step - 1) * batchSize, seen));
    const taken = momentumStep(current, images, labels, tensor(rateNow, "float32"), momentum);
    current = taken.state;
    yield { epoch, step, steps, seen, loss: taken.loss.item(), rate: rateNow, state: current };
  }
}

/** Independent randomness for the weights (use 0) and for the shuffling before each epoch (1, 2, …). */
function keyOf(seed: number, use: number): Tensor {
  return at(splitKey(randomKey(seed), use + 1), use);
}
