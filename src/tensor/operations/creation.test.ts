/** Values from NumPy's definitions of arange, linspace and eye (1.24.2). */
import { describe, expect, test } from "vitest";
import { expectTensor } from "../../../test/tools/values.ts";
import {
  arange,
  type Dtype,
  eye,
  full,
  linspace,
  type Operand,
  ones,
  onesLike,
  type TypedArray,
  tensor,
  zeros,
  zerosLike,
} from "../index.ts";

describe("tensor", () => {
  test("from numbers, booleans and nested arrays", () => {
    expectTensor(tensor(3), 3);
    expectTensor(tensor(true), true, { dtype: "bool" });
    expectTensor(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      [
        [1, 2],
        [3, 4],
      ],
    );
    expectTensor(tensor([true, false]), [true, false], { dtype: "bool" });
    expectTensor(tensor([true, 2]), [1, 2]);
    expectTensor(tensor([1, 2], "float32"), [1, 2], { dtype: "float32" });
    expectTensor(tensor([1.7, -1.7], "int32"), [1, -1], { dtype: "int32" });
  });
  test("empty arrays keep their shape", () => {
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
    expect(tensor([[[]]]).shape).toEqual([1, 1, 0]);
  });
  test.each([
    [new Float64Array([1, 2]), "float64"],
    [new Float32Array([1, 2]), "float32"],
    [new Int32Array([1, 2]), "int32"],
    [new Uint32Array([1, 2]), "float64"],
    [new Int16Array([1, 2]), "int32"],
    [new Uint16Array([1, 2]), "int32"],
    [new Int8Array([1, 2]), "int32"],
    [new Uint8Array([1, 2]), "int32"],
    [new Uint8ClampedArray([1, 2]), "int32"],
  ] as const)("from %o", (array, dtype) => expectTensor(tensor(array), [1, 2], { dtype }));
  test("from tensors, which are stacked; numbers among them are weak wherever they stand", () => {
    const single = tensor([1, 2], "float32");
    expectTensor(
      tensor([single, single]),
      [
        [1, 2],
        [1, 2],
      ],
      { dtype: "float32" },
    );
    expectTensor(tensor([tensor(1, "float32"), 2]), [1, 2], { dtype: "float32" });
    expectTensor(tensor([2, tensor(1, "float32")]), [2, 1], { dtype: "float32" });
    expectTensor(
      tensor([
        [single, [3, 4]],
        [[5, 6], single],
      ]),
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [1, 2],
        ],
      ],
    );
  });
  test("with a shape", () => {
    expectTensor(tensor(new Float64Array([1, 2, 3, 4]), { shape: [2, 2] }), [
      [1, 2],
      [3, 4],
    ]);
    expectTensor(tensor([1, 0], { shape: [2, 1], dtype: "bool" }), [[true], [false]], { dtype: "bool" });
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow(
      /3 elements of shape \[3\] do not fill \[2,2\]/,
    );
    expect(() => tensor([1], { shape: [1.5] })).toThrow(
      /tensor: a shape is an array of whole numbers ≥ 0; got \[1.5\]/,
    );
  });
  test("is a copy: writing to the source changes nothing", () => {
    const source = new Float64Array([1, 2]);
    const single = new Float32Array([1, 2]);
    const nested = [[1], [2]];
    const made = [tensor(source), tensor(single), tensor(nested), tensor(source, { shape: [2, 1] })];
    source[0] = 9;
    single[0] = 9;
    nested[0] = [9];
    for (const x of made) expect(x.toTypedArray()[0]).toBe(1);
  });
  test.each([
    [[[1, 2], [3]], /rows of equal length; got rows \[2\], \[1\]/],
    [[1, [2]], /rows of equal length; got rows number, \[1\]/],
    [[[1], 2], /rows of equal length/],
    [[[], [1]], /rows of equal length/],
    [[[[]], []], /rows of equal length/],
  ] as [Operand, RegExp][])("%j is ragged", (value, message) => expect(() => tensor(value)).toThrow(message));
  test.each([
    [new BigInt64Array([1n]), /BigInt64Array cannot become a tensor; use Float64Array/],
    [new BigUint64Array(), /BigUint64Array cannot/],
    [new DataView(new ArrayBuffer(8)), /DataView cannot/],
    [["1"], /expected a tensor, a number, a boolean or an array of them; got string/],
    [[1, undefined], /got undefined/],
    [[null], /got null/],
    [[1n], /got bigint/],
    ["12", /expected a tensor, a number.*got string/],
    [{}, /got object/],
    [null, /got null/],
    [undefined, /got undefined/],
  ])("%o is refused", (value, message) => expect(() => tensor(value as Operand)).toThrow(message));
  test("unknown dtypes, and what an int32 cannot hold", () => {
    expect(() => tensor([1], "float16" as Dtype)).toThrow(/tensor: unknown dtype "float16"/);
    expect(() => tensor([Number.NaN], "int32")).toThrow(/NaN cannot be an int32/);
    expect(() => tensor(3e9, "int32")).toThrow(/3000000000 cannot be an int32/);
  });
  test("of a million nested elements takes no long time", () => {
    const rows = Array.from({ length: 1000 }, () => new Array<number>(1000).fill(1));
    expect(tensor(rows).shape).toEqual([1000, 1000]);
  });
  const typed: TypedArray = new Float64Array(2);
  test("typed arrays are operands like any other", () => expect(tensor(typed).shape).toEqual([2]));
});

describe("filled", () => {
  test("zeros, ones, full and their likes", () => {
    expectTensor(zeros([2, 1]), [[0], [0]]);
    expectTensor(ones([2], "bool"), [true, true], { dtype: "bool" });
    expectTensor(full([2], 1.5, "float32"), [1.5, 1.5], { dtype: "float32" });
    expectTensor(full([], 7), 7);
    const like = tensor([[1, 2]], "int32");
    expectTensor(zerosLike(like), [[0, 0]], { dtype: "int32" });
    expectTensor(onesLike(like), [[1, 1]], { dtype: "int32" });
    expect(zeros([0, 3]).size).toBe(0);
  });
  test("the shape given may be changed afterwards", () => {
    const shape = [2, 2];
    const x = zeros(shape);
    shape[0] = 5;
    expect(x.shape).toEqual([2, 2]);
  });
  test("mistakes", () => {
    expect(() => zeros([-1])).toThrow(/full: a shape is an array of whole numbers ≥ 0; got \[-1\]/);
    expect(() => zeros([2], "double" as Dtype)).toThrow(/unknown dtype "double"/);
    expect(() => full([2], Number.NaN, "int32")).toThrow(/full: NaN cannot be an int32/);
  });
});

describe("ranges", () => {
  test("arange", () => {
    expectTensor(arange(4), [0, 1, 2, 3], { dtype: "int32" });
    expectTensor(arange(5, 1, -2), [5, 3], { dtype: "int32" });
    expectTensor(arange(0, 1, 0.3), [0, 0.3, 0.6, 0.8999999999999999]);
    expectTensor(arange(3, 3), [], { dtype: "int32" });
    expectTensor(arange(2, undefined, 1, "float32"), [0, 1], { dtype: "float32" });
    expect(() => arange(0, 1, 0)).toThrow(/arange: .*step other than 0; got 0, 1, 0/);
    expect(() => arange(Infinity)).toThrow(/arange: needs finite start and stop/);
  });
  test("linspace", () => {
    expectTensor(linspace(0, 1, 5), [0, 0.25, 0.5, 0.75, 1]);
    expectTensor(linspace(2, -1, 4), [2, 1, 0, -1]);
    expectTensor(linspace(3, 9, 1), [3]);
    expect(linspace(0, 1).size).toBe(50);
    expect(() => linspace(0, 1, 2.5)).toThrow(/linspace: count must be a whole number ≥ 0; got 2.5/);
  });
  test("eye", () => {
    expectTensor(eye(2), [
      [1, 0],
      [0, 1],
    ]);
    expectTensor(
      eye(2, 3, "int32"),
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      { dtype: "int32" },
    );
    expect(() => eye(-1)).toThrow(/eye: a shape/);
  });
});
