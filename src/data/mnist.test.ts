import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { FileError } from "../core/errors.ts";
import { loadMnist, type MnistSplit } from "./mnist.ts";

function counts({ labels }: MnistSplit): number[] {
  const perDigit = new Array<number>(10).fill(0);
  for (const label of labels) perDigit[label] = (perDigit[label] ?? 0) + 1;
  return perDigit;
}

function mean(images: Uint8Array): number {
  let total = 0;
  for (const grey of images) total += grey;
  return total / images.length / 255;
}

describe("loadMnist from the package", () => {
  const { train, test: held } = loadMnist();

  test("has 60,000 digits to learn from and 10,000 to be tested on", () => {
    expect([train.count, train.labels.length, train.images.length]).toEqual([60000, 60000, 60000 * 784]);
    expect([held.count, held.labels.length, held.images.length]).toEqual([10000, 10000, 10000 * 784]);
  });

  test("has the labels everybody knows", () => {
    // First labels and class counts: the data set's description, repeated in every course that uses it.
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...held.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(counts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(counts(held)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test("has the grey values everybody knows", () => {
    // The mean 0.1307 by which PyTorch's and everyone's examples normalise the training images.
    expect(mean(train.images)).toBeCloseTo(0.1307, 4);
  });
});

describe("loadMnist from a directory", () => {
  const directory = mkdtempSync(join(tmpdir(), "nabla-mnist-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  const images = new Uint8Array([
    0,
    0,
    8,
    3,
    0,
    0,
    0,
    2,
    0,
    0,
    0,
    28,
    0,
    0,
    0,
    28,
    ...new Uint8Array(2 * 784),
  ]);
  const labels = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 3, 9]);
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(directory, name), bytes);
  beforeEach(() => {
    for (const part of ["train", "t10k"]) {
      write(`${part}-images-idx3-ubyte`, images);
      write(`${part}-labels-idx1-ubyte`, labels);
    }
  });

  test("takes files of any count, compressed or not", () => {
    rmSync(join(directory, "train-images-idx3-ubyte"));
    write("train-images-idx3-ubyte.gz", gzipSync(images));
    const { train } = loadMnist(directory);
    expect([train.count, [...train.labels], train.images.length]).toEqual([2, [3, 9], 1568]);
  });

  const refused: [string, string, Uint8Array, RegExp][] = [
    [
      "too few labels",
      "train-labels-idx1-ubyte",
      new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 3]),
      /2 images and .* 1 l/,
    ],
    [
      "labels beyond 9",
      "t10k-labels-idx1-ubyte",
      new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 3, 10]),
      /10 at offset 9/,
    ],
    ["labels for images", "train-images-idx3-ubyte", labels, /uint8 of shape \[2\] .* \[count, 28, 28\]/],
    [
      "other types",
      "t10k-labels-idx1-ubyte",
      new Uint8Array([0, 0, 9, 1, 0, 0, 0, 0]),
      /int8 .* needs uint8/,
    ],
  ];
  test.each(refused)("refuses %s", (_, name, bytes, message) => {
    write(name, bytes);
    expect(() => loadMnist(directory)).toThrow(FileError);
    expect(() => loadMnist(directory)).toThrow(message);
  });

  test("refuses a missing, a damaged and an unreadable file", () => {
    rmSync(join(directory, "t10k-labels-idx1-ubyte"));
    expect(() => loadMnist(directory)).toThrow(/t10k-labels-idx1-ubyte does not exist.* four files/);
    write("t10k-labels-idx1-ubyte.gz", gzipSync(labels).subarray(0, 20));
    expect(() => loadMnist(directory)).toThrow(/t10k-labels-idx1-ubyte\.gz cannot be decompressed/);
    rmSync(join(directory, "t10k-labels-idx1-ubyte.gz"));
    expect(() => loadMnist(join(directory, "train-images-idx3-ubyte"))).toThrow(/cannot be read \(ENOTDIR/);
  });
});
