/** MNIST as examples; its numbers are tested with `loadMnist`. */
import { expect, test } from "vitest";
import { loadMnist } from "./mnist.ts";
import { mnistExamples } from "./mnist-examples.ts";

test("digits are bytes of the shape that is asked for, labels int32", () => {
  const { train, test: held } = mnistExamples({ shape: [1, 28, 28] });
  expect([train.inputs.shape, held.inputs.shape]).toEqual([
    [60000, 1, 28, 28],
    [10000, 1, 28, 28],
  ]);
  expect(mnistExamples().train.inputs.shape).toEqual([60000, 784]);
  const { test: digits } = loadMnist();
  expect(Buffer.compare(held.inputs.data, digits.images)).toBe(0);
  expect([held.targets.constructor, ...held.targets]).toEqual([Int32Array, ...digits.labels]);
});

test("other shapes are refused", () => {
  expect(() => mnistExamples({ shape: [28, 27] })).toThrow(
    /784 numbers, \[784\] or \[1, 28, 28\]; got \[28, 27\]/,
  );
});
