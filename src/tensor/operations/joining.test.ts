/** Values made by NumPy 1.24.2. */
import { expect, test } from "vitest";
import { expectTensor, gradients } from "../../../test/tools/values.ts";
import { concat, split, stack, tensor, zeros } from "../index.ts";

const a = [
  [1, 2],
  [3, 4],
];
const b = [[5, 6]];

test("concat", () => {
  expectTensor(concat([a, b]), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expectTensor(concat([a, a], -1), [
    [1, 2, 1, 2],
    [3, 4, 3, 4],
  ]);
  expectTensor(concat([a, zeros([0, 2]), b]), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expectTensor(concat([tensor([1], "int32"), tensor([2], "float32")]), [1, 2]);
  expectTensor(concat([tensor([true]), tensor([2], "int32")]), [1, 2], { dtype: "int32" });
  expect(() => concat([])).toThrow(/concat: needs at least one tensor/);
  expect(() => concat([a, b], 1)).toThrow(/concat: shapes must agree but for axis 1; got \[2, 2\], \[1, 2\]/);
  expect(() => concat([a, [1, 2]])).toThrow(/concat: shapes must agree/);
  expect(() => concat([a], 2)).toThrow(/concat: axis 2 is out of range/);
});

test("stack", () => {
  expectTensor(
    stack([
      [1, 2],
      [3, 4],
    ]),
    [
      [1, 2],
      [3, 4],
    ],
  );
  expectTensor(
    stack(
      [
        [1, 2],
        [3, 4],
      ],
      -1,
    ),
    [
      [1, 3],
      [2, 4],
    ],
  );
  expectTensor(stack([1, tensor(2, "float32")]), [1, 2], { dtype: "float32" });
  expect(() => stack([])).toThrow(/stack: needs at least one tensor/);
  expect(() => stack([a, b])).toThrow(/stack: all shapes must be equal; got \[2, 2\], \[1, 2\]/);
  expect(() => stack([a], 3)).toThrow(/stack: axis 3 is out of range for rank 3/);
});

test("split", () => {
  const [left, right] = split(a, 2, 1);
  expectTensor(left ?? zeros([]), [[1], [3]]);
  expectTensor(right ?? zeros([]), [[2], [4]]);
  expect(split([1, 2, 3], [0, 2, 1]).map((x) => x.toArray())).toEqual([[], [1, 2], [3]]);
  expect(() => split([1, 2, 3], 2)).toThrow(
    /split: 3 rows do not divide into 2 equal parts; give the lengths/,
  );
  expect(() => split([1, 2, 3], [1, 1])).toThrow(
    /split: lengths \[1,1\] must be whole, not negative, and add up to the 3 rows/,
  );
  expect(() => split([1, 2, 3], [4, -1])).toThrow(/split: lengths/);
});

test("gradients go back to where the parts came from", () => {
  const [first, second] = gradients((x, y) => concat([x ?? 0, y ?? 0]).mul([1, 2, 3]), [0, 0], [0]);
  expectTensor(first ?? zeros([]), [1, 2]);
  expectTensor(second ?? zeros([]), [3]);
});
