/** Values made by NumPy 1.24.2. */
import { expect, test } from "vitest";
import { expectTensor, gradient, gradients } from "../../../test/tools/values.ts";
import {
  arange,
  concat,
  ones,
  slice,
  split,
  stack,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from "../index.ts";

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

test.each([0, 1, 2])("equal parts along axis %i are the slices, and so are their slopes", (axis) => {
  const shape = [4, 6, 8].map((n, i) => (i === axis ? n : 3));
  const x = arange(18 * (axis + 2)).reshape(shape);
  const length = (shape[axis] ?? 0) / 2;
  const part = (k: number): Tensor =>
    slice(x, ...shape.map((_, i) => (i === axis ? ([k * length, (k + 1) * length] as const) : null)));
  const parts = split(x, 2, axis);
  expect(parts.map((y) => y.toArray())).toEqual([part(0).toArray(), part(1).toArray()]);
  const slope = gradient((v) => (split(v, 2, axis)[1] ?? zeros([])).square(), x.cast("float64"));
  const halves = [zerosLike(part(0)), part(1).mul(2)];
  expectTensor(slope, concat(halves, axis).toArray());
});

test("the slope of many parts costs no more than that of a few", () => {
  // A slice a part would fill the whole slope a thousand times: 20 s.
  const total = (v: Tensor): Tensor =>
    split(v, 1000)
      .reduce((sum, row) => sum.add(row))
      .sum();
  expectTensor(gradient(total, ones([1000, 1000])).min(), 1);
});

test("nothing is split into no parts", () => expect(split(zeros([0]), [])).toEqual([]));
