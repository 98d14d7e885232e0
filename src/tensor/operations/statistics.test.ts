/** Values made by NumPy 1.24.2; over axes, variance, std and norm are in the table of reduction.test.ts. */
import { expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { norm, std, variance } from "../index.ts";

test("Bessel's correction", () => {
  expectTensor(variance([1, 2, 4], undefined, { correction: 1 }), 2.333333333333333);
  expectTensor(std([1, 2, 4], 0, { correction: 1 }), 1.5275252316519465);
  expect(() => variance([1], 0, { correction: 1 })).toThrow(
    /variance: needs more than 1 elements.*shape \[1\] has 1/,
  );
});

test("norms neither overflow nor underflow", () => {
  expectTensor(norm([3e200, 4e200]), 5e200);
  expectTensor(norm([3e-200, 4e-200]), 5e-200);
  expectTensor(norm([Infinity, 1]), Infinity);
  expectTensor(norm([Number.NaN, 1]), Number.NaN);
  expectTensor(norm([4, 9], 0, { order: 0.5 }), 25);
  expect(() => norm([1], 0, { order: 0 })).toThrow(/norm\(\{ order \}\) must be greater than 0.*got 0/);
});

test("norm of order ½ has slope 0 at elements that are 0", () => {
  // d/dx (√x)² is (√x + √y)/√x for the other elements.
  expectTensor(
    gradient((v) => norm(v, 0, { order: 0.5 }), [0, 4, 4]),
    [0, 2, 2],
  );
});
