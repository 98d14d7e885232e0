/** Values made by NumPy 1.24.2; gradients of products by the product rule, as sums over the other factors (PyTorch 1.13 agrees). */
import { describe, expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { cumprod, cumsum, prod, tensor, zeros } from "../index.ts";

const x = [
  [1, 2, 3],
  [4, 0.5, -6],
];

describe("cumsum", () => {
  test("along each axis, both ways", () => {
    expectTensor(cumsum(x), [
      [1, 3, 6],
      [4, 4.5, -1.5],
    ]);
    expectTensor(cumsum(x, 0), [
      [1, 2, 3],
      [5, 2.5, -3],
    ]);
    expectTensor(cumsum(x, 1, { reverse: true }), [
      [6, 5, 3],
      [-1.5, -5.5, -6],
    ]);
    expectTensor(cumsum([true, true, false]), [1, 2, 2], { dtype: "int32" });
    expectTensor(cumsum(zeros([0])), []);
    expectTensor(cumsum(tensor([2147483647, 1], "int32")), [2147483647, -2147483648], { dtype: "int32" });
  });
  test("gradient", () =>
    expectTensor(
      gradient((v) => cumsum(v), [1, 2, 3]),
      [3, 2, 1],
    ));
  test("float32 sums are carried in double", () => {
    const ones = new Float32Array(1000).fill(0.1);
    expectTensor(cumsum(ones).at(-1), 100, { dtype: "float32", tolerance: 0 });
  });
  test("scalars have no axis", () =>
    expect(() => cumsum(1)).toThrow(/cumsum: axis -1 is out of range for rank 0/));
});

describe("cumprod and prod", () => {
  test("values", () => {
    expectTensor(cumprod(x), [
      [1, 2, 6],
      [4, 2, -12],
    ]);
    expectTensor(cumprod(x, 0, { reverse: true }), [
      [4, 1, -18],
      [4, 0.5, -6],
    ]);
    expectTensor(prod(x), -72);
    expectTensor(prod(x, 0), [4, 1, -18]);
    expectTensor(prod(x, [0, 1], { keepDims: true }), [[-72]]);
    expectTensor(prod(zeros([0, 2]), 0), [1, 1]);
    expectTensor(prod(3), 3);
    expect(cumprod([0, -1, 2]).toArray()).toEqual([0, -0, -0]);
    expectTensor(prod(tensor([65536, 65536, 3], "int32")), 0, { dtype: "int32" });
    expectTensor(prod(tensor([2147483647, 3, 2147483647, 5], "int32")), 15, { dtype: "int32" });
  });
  test.each([
    [
      [2, 3, 4],
      [12, 8, 6],
    ],
    [
      [2, 0, 4],
      [0, 8, 0],
    ],
    [
      [0, 0, 4],
      [0, 0, 0],
    ],
  ])("gradient of prod at %j", (at, expected) =>
    expectTensor(
      gradient((v) => prod(v), at),
      expected,
    ),
  );
  test.each([
    [
      [2, 3, 4],
      [16, 10, 6],
    ],
    [
      [2, 0, 4],
      [1, 10, 0],
    ],
    [
      [0, 3, 0, 5],
      [4, 0, 0, 0],
    ],
  ])("gradient of cumprod at %j", (at, expected) =>
    expectTensor(
      gradient((v) => cumprod(v), at),
      expected,
    ),
  );
});
