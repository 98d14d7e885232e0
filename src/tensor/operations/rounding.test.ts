/** Values made by NumPy 1.24.2. */
import { expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { ceil, floor, round, tensor, trunc } from "../index.ts";

const x = [-2.5, -1.5, -0.4, 0.5, 1.5, 2.7, Number.NaN, Infinity];

test.each([
  ["floor", floor, [-3, -2, -1, 0, 1, 2, Number.NaN, Infinity]],
  ["ceil", ceil, [-2, -1, 0, 1, 2, 3, Number.NaN, Infinity]],
  ["round, halves to even", round, [-2, -2, 0, 0, 2, 3, Number.NaN, Infinity]],
  ["trunc", trunc, [-2, -1, 0, 0, 1, 2, Number.NaN, Infinity]],
] as const)("%s", (_, f, expected) => {
  expectTensor(f(x), [...expected]);
  expectTensor(f(tensor([3, -4], "int32")), [3, -4], { dtype: "int32" });
  expect(f(tensor([1.5], "float32")).dtype).toBe("float32");
  expectTensor(gradient(f, [0.3, 1.7]), [0, 0]);
});
