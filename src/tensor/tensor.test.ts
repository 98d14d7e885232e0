/** What a tensor is and how it is read; printed forms are pinned as they are. */

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { expectTensor } from "../../test/tools/values.ts";
import { IndexError, ShapeError } from "../core/errors.ts";
import { arange, exp, type NestedArray, PlainOperatorError, Tensor, tensor, zeros } from "./index.ts";
import { traceFunctions } from "./trace.ts";

/** Runs a function on a traced vector of three. */
function traced(f: (x: Tensor) => unknown): void {
  traceFunctions(
    [{ dtype: "float64", shape: [3] }],
    [
      ([x]) => {
        if (x) f(x);
        return [];
      },
    ],
  );
}

describe("reading", () => {
  test("item, toArray, toTypedArray, toJSON", () => {
    expect(tensor(2.5).item()).toBe(2.5);
    expect(tensor([[true]]).item()).toBe(1);
    expect(tensor([[true, false]]).toArray()).toEqual([[true, false]]);
    expect(tensor(3).toArray()).toBe(3);
    expect(zeros([2, 0]).toArray()).toEqual([[], []]);
    expect(zeros([0, 2]).toArray()).toEqual([]);
    expect(tensor([1, 2], "float32").toTypedArray()).toEqual(new Float32Array([1, 2]));
    expect(tensor([true]).toTypedArray()).toEqual(new Uint8Array([1]));
    expect(JSON.parse(JSON.stringify(tensor([[1], [2]])))).toEqual({
      dtype: "float64",
      shape: [2, 1],
      values: [[1], [2]],
    });
    expect(() => tensor([1, 2]).item()).toThrow(
      /item\(\): needs exactly one element; this is float64 \[2\]; use toArray/,
    );
    expect(() => zeros([0]).item()).toThrow(/item\(\)/);
  });
  test("what is read is a copy: writing to it changes nothing", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const shared = x.reshape([4]);
    x.toTypedArray().fill(9);
    shared.toTypedArray().fill(9);
    const nested = x.toArray() as NestedArray[];
    nested[0] = 9;
    expect(x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(shared.toArray()).toEqual([1, 2, 3, 4]);
  });
  test("shape, size, rank", () => {
    const x = zeros([2, 3, 0]);
    expect([x.shape, x.size, x.rank, x.isTraced]).toEqual([[2, 3, 0], 0, 3, false]);
    expect(tensor(1).size).toBe(1);
  });
  test("rows", () => {
    const [a, b] = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect([a?.toArray(), b?.toArray()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expectTensor(arange(3).at(-1), 2, { dtype: "int32" });
    expect(() => arange(3).at(3)).toThrow(/at: row 3 is out of range for shape \[3\]; rows run from -3 to 2/);
    expect(() => tensor(1).at(0)).toThrow(/at: a scalar has no rows; use item/);
    expect(() => [...tensor(1)]).toThrow(/scalar tensor has no rows/);
  });
});

describe("plain operators", () => {
  test("work on one element, and are refused on more", () => {
    expect(Number(tensor([3])) + 1).toBe(4);
    expect(`${tensor([1, 2])}`).toBe("Tensor(float64 [2]) [1, 2]");
    expect(() => Number(tensor([1, 2]))).toThrow(
      /plain operators work on numbers, not on float64 \[2\]; use x.add\(y\)/,
    );
  });
  test("meeting a traced tensor, say so", () => {
    traced((x) => {
      expect(() => Number(x)).toThrow(PlainOperatorError);
      expect(() => `${x}`).toThrow(/met a traced tensor \(float64 \[3\]\); use x.add\(y\), exp\(x\)/);
      expect(() => Math.sin(x as unknown as number)).toThrow(PlainOperatorError);
    });
  });
  test("reading a traced tensor says what to use instead", () => {
    traced((x) => {
      for (const read of [() => x.sum().item(), () => x.toArray(), () => x.toTypedArray()]) {
        expect(read).toThrow(
          /value of a traced tensor .* is not known while its function is traced; use where, cond or whileLoop/,
        );
      }
      expect(String(x.toString())).toBe("Tensor(float64 [3], traced)");
      expect(x.isTraced).toBe(true);
    });
  });
});

test("methods and functions are the same", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expectTensor(x.exp(), exp(x).toArray(), { tolerance: 0 });
  expectTensor(x.sum(0).mean(), 5);
  expectTensor(x.max(1).sub(x.min(1)), [1, 1]);
  expectTensor(x.greater(2).any(0), [true, true], { dtype: "bool" });
  expectTensor(
    x.cast("int32").square(),
    [
      [1, 4],
      [9, 16],
    ],
    { dtype: "int32" },
  );
});

describe("printing", () => {
  test.each([
    [tensor(3), "Tensor(float64 []) 3"],
    [tensor([1, 2.5, -0]), "Tensor(float64 [3]) [1, 2.5, -0]"],
    [
      tensor([1 / 3, 1e-9, 1e21, Number.NaN, -Infinity]),
      "Tensor(float64 [5]) [0.333333, 1e-9, 1e+21, NaN, -Infinity]",
    ],
    [tensor([1 / 3], "float32"), "Tensor(float32 [1]) [0.33333]"],
    [tensor([true, false]), "Tensor(bool [2]) [true, false]"],
    [tensor([7], "int32"), "Tensor(int32 [1]) [7]"],
    [zeros([0, 3]), "Tensor(float64 [0, 3])\n[]"],
    [
      tensor([
        [1, 2],
        [3, 4],
      ]),
      "Tensor(float64 [2, 2])\n[[1, 2],\n [3, 4]]",
    ],
    [
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]),
      "Tensor(float64 [2, 2, 1])\n[[[1],\n  [2]],\n [[3],\n  [4]]]",
    ],
    [arange(200), "Tensor(int32 [200]) [0, 1, 2, …, 197, 198, 199]"],
    [
      arange(400).reshape([20, 20]),
      [
        "Tensor(int32 [20, 20])",
        "[[0, 1, 2, …, 17, 18, 19],",
        " [20, 21, 22, …, 37, 38, 39],",
        " [40, 41, 42, …, 57, 58, 59],",
        " …,",
        " [340, 341, 342, …, 357, 358, 359],",
        " [360, 361, 362, …, 377, 378, 379],",
        " [380, 381, 382, …, 397, 398, 399]]",
      ].join("\n"),
    ],
  ])("%#", (x, expected) => {
    expect(x.toString()).toBe(expected);
    expect(inspect(x)).toBe(expected);
  });
  test("a large tensor prints as quickly as a small one", () => {
    expect(zeros([1000, 1000]).toString().length).toBeLessThan(300);
  });
});

test("instances are tensors", () => expect(tensor(1)).toBeInstanceOf(Tensor));

describe("numbered access", () => {
  test("is refused with the remedy, so that no undefined becomes NaN", () => {
    const vector: { readonly [index: number]: unknown } = Object(tensor([1, 2]));
    expect(() => vector[0]).toThrow(IndexError);
    expect(() => vector[0]).toThrow("use x.at(0) or slice(x, 0)");
  });

  test("other missing names are undefined, as on any object", () => {
    expect(Reflect.get(tensor([1, 2]), "then")).toBeUndefined();
  });

  test("length counts rows, and a scalar has none", () => {
    expect(tensor([[1], [2], [3]]).length).toBe(3);
    expect(() => tensor(1).length).toThrow(ShapeError);
  });
});
