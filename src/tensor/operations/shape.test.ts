/** Values made by NumPy 1.24.2. */
import { expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import {
  broadcastTo,
  expandDims,
  flip,
  moveAxis,
  type Operand,
  pad,
  reshape,
  slice,
  squeeze,
  swapAxes,
  type Tensor,
  tensor,
  tile,
  transpose,
  zeros,
} from "../index.ts";

const x = [
  [0, 1, 2],
  [3, 4, 5],
];
const c = tensor(
  Float64Array.from({ length: 24 }, (_, i) => i),
  { shape: [2, 3, 4] },
);

test("reshape", () => {
  expectTensor(reshape(x, [3, 2]), [
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
  expectTensor(reshape(x, [-1]), [0, 1, 2, 3, 4, 5]);
  expect(reshape(c, [4, -1]).shape).toEqual([4, 6]);
  expect(reshape(zeros([0, 3]), [3, 0]).shape).toEqual([3, 0]);
  expectTensor(reshape(5, [1, 1]), [[5]]);
  for (const shape of [[4], [-1, -1], [4, -1], [2.5], [-2, 3]]) {
    expect(() => reshape(x, shape)).toThrow(/reshape: 6 elements of shape \[2, 3\] do not fill/);
  }
  expect(() => reshape(zeros([0]), [0, -1])).toThrow(/reshape/);
});

test("transpose, swapAxes and moveAxis", () => {
  expectTensor(transpose(x), [
    [0, 3],
    [1, 4],
    [2, 5],
  ]);
  expectTensor(transpose(c, [2, 0, 1]), [
    [
      [0, 4, 8],
      [12, 16, 20],
    ],
    [
      [1, 5, 9],
      [13, 17, 21],
    ],
    [
      [2, 6, 10],
      [14, 18, 22],
    ],
    [
      [3, 7, 11],
      [15, 19, 23],
    ],
  ]);
  expectTensor(transpose(c, [-1, 0, 1]), [
    [
      [0, 4, 8],
      [12, 16, 20],
    ],
    [
      [1, 5, 9],
      [13, 17, 21],
    ],
    [
      [2, 6, 10],
      [14, 18, 22],
    ],
    [
      [3, 7, 11],
      [15, 19, 23],
    ],
  ]);
  expectTensor(transpose(c), [
    [
      [0, 12],
      [4, 16],
      [8, 20],
    ],
    [
      [1, 13],
      [5, 17],
      [9, 21],
    ],
    [
      [2, 14],
      [6, 18],
      [10, 22],
    ],
    [
      [3, 15],
      [7, 19],
      [11, 23],
    ],
  ]);
  expectTensor(swapAxes(c, 0, -1), [
    [
      [0, 12],
      [4, 16],
      [8, 20],
    ],
    [
      [1, 13],
      [5, 17],
      [9, 21],
    ],
    [
      [2, 14],
      [6, 18],
      [10, 22],
    ],
    [
      [3, 15],
      [7, 19],
      [11, 23],
    ],
  ]);
  expectTensor(moveAxis(c, 0, -1), [
    [
      [0, 12],
      [1, 13],
      [2, 14],
      [3, 15],
    ],
    [
      [4, 16],
      [5, 17],
      [6, 18],
      [7, 19],
    ],
    [
      [8, 20],
      [9, 21],
      [10, 22],
      [11, 23],
    ],
  ]);
  expectTensor(moveAxis(c, 2, 0), [
    [
      [0, 4, 8],
      [12, 16, 20],
    ],
    [
      [1, 5, 9],
      [13, 17, 21],
    ],
    [
      [2, 6, 10],
      [14, 18, 22],
    ],
    [
      [3, 7, 11],
      [15, 19, 23],
    ],
  ]);
  const wide = tensor(
    Float64Array.from({ length: 70 * 45 }, (_, i) => i),
    { shape: [70, 45] },
  );
  expect(wide.transpose().at(44).at(69).item()).toBe(69 * 45 + 44);
  expect(() => transpose(x, [0, 0])).toThrow(
    /transpose: \[0,0\] is not a permutation of the 2 axes of shape \[2, 3\]/,
  );
  expect(() => transpose(x, [0])).toThrow(/not a permutation/);
  expect(() => transpose(x, [0, 2])).toThrow(/transpose: axis 2 is out of range for rank 2/);
  expect(() => swapAxes(x, 0, 2)).toThrow(/swapAxes: axis 2/);
});

test("broadcastTo", () => {
  expectTensor(broadcastTo([[1], [2]], [2, 2, 3]), [
    [
      [1, 1, 1],
      [2, 2, 2],
    ],
    [
      [1, 1, 1],
      [2, 2, 2],
    ],
  ]);
  expect(broadcastTo(3, [0, 2]).shape).toEqual([0, 2]);
  expect(() => broadcastTo(x, [3])).toThrow(/broadcastTo: .*\[2, 3\]/);
  expect(() => broadcastTo([1, 2], [1])).toThrow(/\[2\] does not stretch to \[1\]/);
  const shape = [2];
  const stretched = broadcastTo(1, shape);
  shape[0] = 7;
  expect(stretched.shape).toEqual([2]);
});

test("expandDims and squeeze", () => {
  expect(expandDims(x, 0).shape).toEqual([1, 2, 3]);
  expect(expandDims(x, -1).shape).toEqual([2, 3, 1]);
  expect(expandDims(x, 2).shape).toEqual([2, 3, 1]);
  expect(squeeze(zeros([1, 2, 1])).shape).toEqual([2]);
  expect(squeeze(zeros([1, 2, 1]), -1).shape).toEqual([1, 2]);
  expect(squeeze(zeros([1, 2, 1]), [0, 2]).shape).toEqual([2]);
  expect(() => expandDims(x, 3)).toThrow(/expandDims: axis 3 is out of range for rank 3/);
  expect(() => squeeze(x, 0)).toThrow(
    /squeeze: axis 0 of shape \[2, 3\] has length 2; only axes of length 1/,
  );
});

test("flip and tile", () => {
  expectTensor(flip(x), [
    [5, 4, 3],
    [2, 1, 0],
  ]);
  expectTensor(flip(x, 0), [
    [3, 4, 5],
    [0, 1, 2],
  ]);
  expectTensor(flip(x, [-1]), [
    [2, 1, 0],
    [5, 4, 3],
  ]);
  expectTensor(tile([1, 2], 2), [1, 2, 1, 2]);
  expectTensor(tile(x, [2, 1]), [
    [0, 1, 2],
    [3, 4, 5],
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expectTensor(tile(x, [2, 1, 2]), [
    [
      [0, 1, 2, 0, 1, 2],
      [3, 4, 5, 3, 4, 5],
    ],
    [
      [0, 1, 2, 0, 1, 2],
      [3, 4, 5, 3, 4, 5],
    ],
  ]);
  expectTensor(tile(x, 2), [
    [0, 1, 2, 0, 1, 2],
    [3, 4, 5, 3, 4, 5],
  ]);
  expect(tile(x, [0, 2]).shape).toEqual([0, 6]);
  expect(() => tile(x, -1)).toThrow(/tile: .*whole numbers ≥ 0; got \[-1\]/);
});

test("pad", () => {
  expectTensor(pad(x, 1), [
    [0, 0, 0, 0, 0],
    [0, 0, 1, 2, 0],
    [0, 3, 4, 5, 0],
    [0, 0, 0, 0, 0],
  ]);
  expectTensor(pad(x, [[1, 0], 2], -1), [
    [-1, -1, -1, -1, -1, -1, -1],
    [-1, -1, 0, 1, 2, -1, -1],
    [-1, -1, 3, 4, 5, -1, -1],
  ]);
  expectTensor(pad(tensor([true]), 1, 1), [true, true, true], { dtype: "bool" });
  expectTensor(
    gradient((v) => pad(v, 1, 5), [1, 2]),
    [1, 1],
  );
  expect(() => pad(x, [1])).toThrow(/pad: shape \[2, 3\] needs 2 widths; got 1/);
  expect(() => pad(x, -1)).toThrow(/pad: widths are whole numbers ≥ 0; got -1; use slice/);
  expect(() => pad(tensor([1], "int32"), 1, Number.NaN)).toThrow(/pad: NaN cannot be an int32/);
});

test("all keep the dtype", () => {
  const operations: readonly ((v: Operand) => Tensor)[] = [
    (v) => reshape(v, [4]),
    transpose,
    (v) => broadcastTo(v, [1, 2, 2]),
    (v) => expandDims(v, 0),
    flip,
    (v) => tile(v, 2),
    (v) => pad(v, 1),
    (v) => slice(v, 0),
  ];
  for (const dtype of ["bool", "int32", "float32"] as const) {
    for (const f of operations) expect(f(zeros([2, 2], dtype)).dtype).toBe(dtype);
  }
});
