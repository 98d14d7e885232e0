/** Embeddings; numbers are compared with PyTorch's in test/reference. */
import { describe, expect, test } from "vitest";
import { grad } from "../../autodiff/index.ts";
import { compile } from "../../compiler/index.ts";
import { DtypeError, IndexError } from "../../core/errors.ts";
import { ones, randomKey, std, type Tensor, tensor } from "../../tensor/index.ts";
import { embedding } from "./embedding.ts";

const layer = embedding({ count: 3, size: 2 });
const parameters = {
  weight: tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
};

describe("embedding", () => {
  test("begins with standard normal vectors", () => {
    const { weight } = embedding({ count: 100, size: 50 }).init(randomKey(1));
    expect([weight.shape, weight.dtype]).toEqual([[100, 50], "float32"]);
    expect(Math.abs(std(weight).item() - 1)).toBeLessThan(5 / Math.sqrt(2 * 5000));
  });

  test("ids of any shape become vectors in their places", () => {
    const ids = tensor([[0, 2]], "int32");
    expect(layer.apply(parameters, ids).toArray()).toEqual([
      [
        [1, 2],
        [5, 6],
      ],
    ]);
    expect(layer.apply(parameters, tensor([], "int32")).shape).toEqual([0, 2]);
  });

  test("a vector that is read twice has twice the gradient", () => {
    const slope = grad((p: typeof parameters, ids: Tensor) => layer.apply(p, ids).sum())(
      parameters,
      tensor([2, 0, 2], "int32"),
    );
    expect(slope.weight.toArray()).toEqual([
      [1, 1],
      [0, 0],
      [2, 2],
    ]);
  });

  test.each([
    [
      "float64",
      'embedding 3 × 2: needs ids of int32, 0 … 2; got float64; make them with tensor(ids, "int32") or x.cast("int32")',
    ],
    ["float32", "got float32"],
    ["bool", "got bool"],
  ] as const)("refuses %s", (dtype, text) => {
    expect(() => layer.apply(parameters, ones([2], dtype))).toThrow(DtypeError);
    expect(() => layer.apply(parameters, ones([2], dtype))).toThrow(text);
  });

  test.each([3, -1])("refuses the id %s, known or not", (id) => {
    const ids = tensor([0, id], "int32");
    expect(() => layer.apply(parameters, ids)).toThrow(`embedding 3 × 2: ids run from 0 to 2; got ${id}`);
    const compiled = compile((p: typeof parameters, later: Tensor) => layer.apply(p, later));
    expect(() => compiled(parameters, ids)).toThrow(IndexError);
  });
});
