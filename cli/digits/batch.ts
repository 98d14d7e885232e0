/** Digits as the network takes them, a batch at a time; scaling the pixels is part of its program. */

import { MNIST_SIDE, type MnistSplit } from "../../src/data/mnist.ts";
import { type Tensor, tensor } from "../../src/index.ts";

const PIXELS = MNIST_SIDE ** 2;

/** Some digits: images `[n, 784]`, float32, pixels from 0 to 255, and labels `[n]`, int32. */
export interface Batch {
  readonly images: Tensor;
  readonly labels: Tensor;
}

/** The digits at `indices`. Converted a batch at a time: all 60,000 as floats would take 188 MB. */
export function batchOf(digits: MnistSplit, indices: ArrayLike<number>): Batch {
  const images = new Float32Array(indices.length * PIXELS);
  const labels = new Int32Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] ?? 0;
    images.set(digits.images.subarray(index * PIXELS, (index + 1) * PIXELS), row * PIXELS);
    labels[row] = digits.labels[index] ?? 0;
  }
  return { images: tensor(images, { shape: [indices.length, PIXELS] }), labels: tensor(labels) };
}

/** The first `count` digits, or all when there are fewer. */
export function firstDigits(digits: MnistSplit, count: number): MnistSplit {
  return {
    count: Math.min(count, digits.count),
    images: digits.images.subarray(0, count * PIXELS),
    labels: digits.labels.subarray(0, count),
  };
}
