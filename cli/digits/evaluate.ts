/** What a trained network makes of digits it has not seen. */

import type { MnistSplit } from "../../src/data/mnist.ts";
import { argmax, compile, max, softmax, type Tensor } from "../../src/index.ts";
import { batchOf } from "./batch.ts";
import { logits, type Network } from "./network.ts";
import type { Pause } from "./pace.ts";

/** Predictions for each digit of a split, in its order. */
export interface Evaluation {
  /** The digit held most probable, 0 to 9. */
  readonly predicted: Uint8Array;
  /** How probable the network holds it. */
  readonly probability: Float32Array;
  readonly correct: number;
  /** The share that is right, 0 to 1. */
  readonly accuracy: number;
}

/** A fifth of the test: large products, and still a pause every some milliseconds. */
const CHUNK = 2000;

const predict = compile((network: Network, images: Tensor) => {
  const probabilities = softmax(logits(network, images), 1);
  return { digit: argmax(probabilities, 1), probability: max(probabilities, 1) };
});

/** Predicts all digits, two thousand at a time, with a pause after each. */
export async function evaluate(network: Network, digits: MnistSplit, pause: Pause): Promise<Evaluation> {
  const predicted = new Uint8Array(digits.count);
  const probability = new Float32Array(digits.count);
  for (let start = 0; start < digits.count; start += CHUNK) {
    const size = Math.min(CHUNK, digits.count - start);
    const { images } = batchOf(
      digits,
      Array.from({ length: size }, (_, i) => start + i),
    );
    const chunk = predict(network, images);
    predicted.set(chunk.digit.toTypedArray(), start);
    probability.set(chunk.probability.toTypedArray(), start);
    await pause();
  }
  const correct = predicted.reduce((count, digit, i) => count + (digit === digits.labels[i] ? 1 : 0), 0);
  return { predicted, probability, correct, accuracy: correct / digits.count };
}
