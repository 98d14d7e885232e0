/** Values made by NumPy 1.24.2. */
import { describe, expect, test } from "vitest";
import { expectTensor, gradient, gradients } from "../../../test/tools/values.ts";
import { argsort, gather, oneHot, scatterAdd, sort, takeAlongAxis, tensor, zeros } from "../index.ts";
import { evaluateGraph } from "../interpreter.ts";
import { traceFunctions } from "../trace.ts";

const x = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
];

describe("gather", () => {
  test("rows and columns, negative indices, and indices of any shape", () => {
    expectTensor(gather(x, [2, 0, -1]), [
      [8, 9, 10, 11],
      [0, 1, 2, 3],
      [8, 9, 10, 11],
    ]);
    expectTensor(gather(x, 1), [4, 5, 6, 7]);
    expectTensor(
      gather(
        x,
        [
          [0, 1],
          [2, 2],
        ],
        1,
      ),
      [
        [
          [0, 1],
          [2, 2],
        ],
        [
          [4, 5],
          [6, 6],
        ],
        [
          [8, 9],
          [10, 10],
        ],
      ],
    );
    expectTensor(gather(x, tensor([1], "int32"), -1), [[1], [5], [9]]);
    expect(gather(x, zeros([0], "int32")).shape).toEqual([0, 4]);
  });
  test("gradient counts how often a row was taken", () => {
    expectTensor(
      gradient((v) => gather(v, [1, 1, 0]), [5, 6, 7]),
      [1, 2, 0],
    );
  });
  test("out of range, fractions and booleans", () => {
    expect(() => gather(x, [0, 3])).toThrow(
      /gather: index 3 is out of range; whole numbers from -3 to 2 are allowed/,
    );
    expect(() => gather(x, [-4])).toThrow(/index -4/);
    expect(() => gather(x, [0.5])).toThrow(/index 0.5/);
    expect(() => gather(x, [true])).toThrow(/gather: indices must be whole numbers; got bool; use where/);
    expect(() => gather(1, 0)).toThrow(/gather: axis 0 is out of range for rank 0/);
  });
  test.each([3, -4])("an index known only later is checked then: %i", (index) => {
    for (const f of [gather, takeAlongAxis]) {
      const { graphs } = traceFunctions([{ dtype: "int32", shape: [1] }], [([i]) => [f([1, 2, 3], i ?? 0)]]);
      const [graph] = graphs;
      expect(() => graph && evaluateGraph(graph, [tensor([index], "int32").values()])).toThrow(
        /index .* out of range/,
      );
    }
  });
  test("a traced index does not reach into another row", () => {
    const { graphs } = traceFunctions(
      [{ dtype: "int32", shape: [2, 1] }],
      [
        ([i]) => [
          takeAlongAxis(x, [[0], [0], [0]]).add(
            takeAlongAxis(
              [
                [1, 2],
                [3, 4],
              ],
              i ?? 0,
            ).sum(),
          ),
        ],
      ],
    );
    const [graph] = graphs;
    expect(() => graph && evaluateGraph(graph, [tensor([[2], [0]], "int32").values()])).toThrow(
      /out of range/,
    );
    expect(() => graph && evaluateGraph(graph, [tensor([[-2], [1]], "int32").values()])).not.toThrow();
  });
});

describe("scatterAdd", () => {
  test("repeated indices add up", () => {
    expectTensor(scatterAdd([0, 0, 0], [1, 1, -1], [1, 2, 3]), [0, 3, 3]);
    expectTensor(
      scatterAdd(
        x,
        [0, 0],
        [
          [1, 2, 3, 4],
          [10, 20, 30, 40],
        ],
      ),
      [
        [11, 23, 35, 47],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
    );
    expectTensor(scatterAdd(x, [3, 1, 3], [1, 10, 100], 1), [
      [0, 11, 2, 104],
      [4, 15, 6, 108],
      [8, 19, 10, 112],
    ]);
    expectTensor(scatterAdd(x, 2, 1), [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [9, 10, 11, 12],
    ]);
    expectTensor(scatterAdd(tensor([1], "float32"), [0], [2]), [3]);
  });
  test("float32 sums are carried in double", () => {
    const many = new Float32Array(100_000).fill(0.1);
    const sum = scatterAdd(zeros([1], "float32"), zeros([100_000], "int32"), many);
    expectTensor(sum, [10000], { dtype: "float32", tolerance: 0 });
  });
  test("gradients", () => {
    const [base, updates] = gradients(
      (b, u) => scatterAdd(b ?? 0, [1, 1], u ?? 0).mul([1, 10]),
      [0, 0],
      [1, 2],
    );
    expectTensor(base ?? zeros([]), [1, 10]);
    expectTensor(updates ?? zeros([]), [10, 10]);
  });
  test("mistakes", () => {
    expect(() => scatterAdd([0, 0], [0], [1, 2])).toThrow(
      /scatterAdd: updates of shape \[2\] do not fit; rows \[1\] of axis 0 of \[2\] need \[1\]/,
    );
    expect(() => scatterAdd([0, 0], [2], [1])).toThrow(/scatterAdd: index 2 is out of range/);
  });
});

test("takeAlongAxis", () => {
  expectTensor(
    takeAlongAxis(
      x,
      [
        [0, 3],
        [1, 1],
        [-1, 2],
      ],
      1,
    ),
    [
      [0, 3],
      [5, 5],
      [11, 10],
    ],
  );
  expectTensor(takeAlongAxis(x, [[2, 0, 1, 2]], 0), [[8, 1, 6, 11]]);
  expectTensor(takeAlongAxis(x, [[2], [0]], 0), [
    [8, 9, 10, 11],
    [0, 1, 2, 3],
  ]);
  expect(() => takeAlongAxis(x, [0])).toThrow(
    /takeAlongAxis: indices \[1\] and operand \[3, 4\] must have the same rank; use gather/,
  );
  expect(() => takeAlongAxis(x, [[4]])).toThrow(/takeAlongAxis: index 4/);
});

describe("sort and argsort", () => {
  const u = [
    [3, 1, 2],
    [9, -1, 9],
  ];
  const withNaN = [2, Number.NaN, -1, Number.NaN, 2, Infinity, -Infinity];
  test("along axes; ties keep their order and NaN comes last", () => {
    expectTensor(sort(u), [
      [1, 2, 3],
      [-1, 9, 9],
    ]);
    expectTensor(sort(u, 0), [
      [3, -1, 2],
      [9, 1, 9],
    ]);
    expectTensor(
      argsort(u),
      [
        [1, 2, 0],
        [1, 0, 2],
      ],
      { dtype: "int32" },
    );
    expectTensor(sort(withNaN), [-Infinity, -1, 2, 2, Infinity, Number.NaN, Number.NaN]);
    expectTensor(argsort(withNaN), [6, 2, 0, 4, 5, 1, 3], { dtype: "int32" });
  });
  test("descending: NaN last as well, ties in order", () => {
    expectTensor(sort(withNaN, -1, { descending: true }), [
      Infinity,
      2,
      2,
      -1,
      -Infinity,
      Number.NaN,
      Number.NaN,
    ]);
    expectTensor(argsort([1, 2, 2, 1], 0, { descending: true }), [1, 2, 0, 3], { dtype: "int32" });
    const extremes = tensor([-2147483648, 2147483647, 0], "int32");
    expectTensor(sort(extremes, 0, { descending: true }), [2147483647, 0, -2147483648], { dtype: "int32" });
    expectTensor(sort([false, true, false], 0, { descending: true }), [true, false, false], {
      dtype: "bool",
    });
  });
  test("gradient follows the elements", () => {
    expectTensor(
      gradient((v) => sort(v).mul([1, 10, 100]), [5, 7, 6]),
      [1, 100, 10],
    );
  });
  test("empty axes and scalars", () => {
    expect(sort(zeros([0])).toArray()).toEqual([]);
    expect(() => sort(1)).toThrow(/argsort: axis -1 is out of range for rank 0/);
  });
});

test("oneHot", () => {
  expectTensor(oneHot([2, 0], 3), [
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expectTensor(oneHot(tensor(1, "int32"), 2, "float32"), [0, 1], { dtype: "float32" });
  expect(oneHot(zeros([0], "int32"), 3).shape).toEqual([0, 3]);
  expect(() => oneHot([3], 3)).toThrow(/oneHot: index 3 is out of range/);
  expect(() => oneHot([0], -1)).toThrow(/oneHot: depth must be a whole number ≥ 0; got -1/);
});
