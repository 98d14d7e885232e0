/** Steps that are functions of WebAssembly of their own, against the interpreter: shapes, dtypes, directions, refusals, NaN. */
import { describe, expect, test } from "vitest";
import { at } from "../../src/core/exactly.ts";
import { compile, DtypeError, IndexError, tensor } from "../../src/index.ts";
import type { Dtype } from "../../src/tensor/dtype.ts";
import { apply, type Tensor } from "../../src/tensor/tensor.ts";
import { floats, integers, type Source, sourceOf } from "../primitives/source.ts";
import { expectAgreement } from "./agreement.ts";

const numeric: readonly Dtype[] = ["float64", "float32", "int32"];

const drawn = (source: Source, dtype: Dtype, shape: readonly number[]): Tensor =>
  dtype === "int32"
    ? integers(shape, () => source.integer(-9, 9))
    : floats(shape, () => source.uniform(-2, 2)).cast(dtype);

/** Shapes around an axis of some length: single elements, short rows, rows that fill registers, long ones. */
const shapes: readonly { readonly shape: readonly number[]; readonly axis: number }[] = [
  { shape: [5], axis: 0 },
  { shape: [1], axis: 0 },
  { shape: [7, 3], axis: 0 },
  { shape: [7, 3], axis: 1 },
  { shape: [2, 6, 5], axis: 1 },
  { shape: [3, 4, 16], axis: 1 },
  { shape: [4, 150], axis: 0 },
  { shape: [2, 3, 1], axis: 1 },
];

const cases = numeric.flatMap((dtype) => shapes.map(({ shape, axis }) => ({ dtype, shape, axis })));

describe("gather and scatterAdd", () => {
  test.each(cases)("$dtype $shape, axis $axis", ({ dtype, shape, axis }) => {
    const source = sourceOf(shape.length + axis);
    const rows = shape[axis] ?? 1;
    for (const picks of [[], [1], [4], [2, 5], [200]]) {
      const indices = integers(picks, () => source.integer(0, rows - 1));
      const x = drawn(source, dtype, shape);
      const updates = drawn(source, dtype, [...shape.slice(0, axis), ...picks, ...shape.slice(axis + 1)]);
      const kinds = expectAgreement((operands) => apply("gather", operands, { axis }), [x, indices]);
      expect(kinds).toEqual(["routine"]);
      const scattered = expectAgreement(
        (operands) => apply("scatterAdd", operands, { axis }),
        [x, indices, updates],
      );
      expect(scattered).toEqual(["routine"]);
    }
  });

  test("gather of truth values", () => {
    const source = sourceOf(3);
    const x = drawn(source, "float64", [9, 5]).greater(0);
    expectAgreement(
      (operands) => apply("gather", operands, { axis: 0 }),
      [x, integers([12], () => source.integer(0, 8))],
    );
  });

  test.each([-1, 3, 2 ** 31 - 1, -(2 ** 31)])("refuse the index %i as the interpreter does", (index) => {
    const picked = compile((x: Tensor, i: Tensor) => x.gatherPrimitive(i, 0));
    const sum = compile((x: Tensor, i: Tensor, y: Tensor) => x.scatterAddPrimitive(i, y, 0));
    const x = tensor([1, 2, 3]);
    const bad = integers([2], () => index);
    expect(() => picked(x, bad)).toThrow(IndexError);
    expect(() => picked(x, bad)).toThrow(`index ${index} is out of range`);
    expect(() => sum(x, bad, tensor([1, 1]))).toThrow(IndexError);
    // What was refused leaves nothing behind.
    expect([
      ...picked(
        x,
        integers([2], () => 1),
      ).values().data,
    ]).toEqual([2, 2]);
  });

  test("float32 sums are rounded once", () => {
    const indices = integers([4097], () => 0);
    const updates = floats([4097], () => 2 ** -24).cast("float32");
    const base = tensor([1], { dtype: "float32" });
    const sum = compile((x: Tensor, y: Tensor) => x.scatterAddPrimitive(indices, y, 0))(base, updates);
    expect(sum.values().data[0]).toBe(Math.fround(1 + 4097 * 2 ** -24));
  });
});

describe("argmax and argmin", () => {
  test.each([...cases, { dtype: "bool" as const, shape: [4, 6], axis: 1 }])(
    "$dtype $shape, axis $axis",
    ({ dtype, shape, axis }) => {
      const source = sourceOf(7);
      for (let seed = 0; seed < 5; seed++) {
        const x =
          dtype === "bool" ? drawn(source, "float64", shape).greater(0.5) : drawn(source, dtype, shape);
        for (const name of ["argmax", "argmin"] as const)
          expect(expectAgreement((operands) => apply(name, operands, { axis }), [x], name)).toEqual([
            "routine",
          ]);
      }
    },
  );

  test("the first of equals, and the first NaN", () => {
    const rows = [
      [1, 3, 3, 1],
      [Number.NaN, 9, Number.NaN, 10],
      [2, Number.NaN, -Infinity, Number.NaN],
      [-0, 0, -0, 0],
      [Infinity, Infinity, -Infinity, -Infinity],
    ];
    for (const name of ["argmax", "argmin"] as const)
      expectAgreement((operands) => apply(name, operands, { axis: 1 }), [tensor(rows)], name);
  });
});

describe("linear recurrences", () => {
  test.each(cases)("$dtype $shape, axis $axis", ({ dtype, shape, axis }) => {
    const source = sourceOf(11);
    for (const reverse of [false, true]) {
      const params = { axis, reverse };
      const [a, b] = [drawn(source, dtype, shape), drawn(source, dtype, shape)];
      const kinds = expectAgreement((operands) => apply("linearRecurrence", operands, params), [a, b]);
      expect(kinds).toEqual(["routine"]);
      expectAgreement(
        (values) =>
          apply("linearRecurrence", [at(values, 0).constant(1).broadcastTo(shape), at(values, 0)], params),
        [b],
        "running sums",
      );
    }
  });

  test("start with the first term, whatever its factor", () => {
    const a = tensor([Infinity, Number.NaN, 2, 0]);
    expectAgreement(
      (operands) => apply("linearRecurrence", operands, { axis: 0, reverse: false }),
      [a, tensor([-0, 1, 2, 3])],
    );
    expectAgreement(
      (operands) => apply("linearRecurrence", operands, { axis: 0, reverse: true }),
      [a, tensor([-0, 1, 2, -0])],
    );
  });

  test("integers wrap", () => {
    const x = integers([40], () => 2 ** 30 + 12345);
    expectAgreement((operands) => apply("linearRecurrence", operands, { axis: 0, reverse: false }), [x, x]);
  });
});

describe("casts to int32", () => {
  test("cut fractions off", () => {
    const edges = [0.9, -0.9, -0, 1.5, -2.5, 2 ** 31 - 0.5, -(2 ** 31) - 0.5, 7, 1e-300];
    for (const x of [
      tensor(edges),
      tensor(edges.slice(0, 5)).cast("float32"),
      drawn(sourceOf(1), "float32", [3, 70]),
    ])
      expect(expectAgreement((values) => apply("cast", values, { dtype: "int32" }), [x])).toEqual([
        "routine",
      ]);
  });

  test.each([Number.NaN, Infinity, 2 ** 31, -(2 ** 31) - 1])("refuse %d as the interpreter does", (bad) => {
    const whole = compile((x: Tensor) => x.cast("int32"));
    expect(() => whole(tensor([1, bad, 2]))).toThrow(DtypeError);
    expect([...whole(tensor([1, 3.5, 2])).values().data]).toEqual([1, 3, 2]);
  });
});

describe("windows and their transpose", () => {
  const geometries = [
    { size: [2, 2], stride: [2, 2], low: [0, 0], high: [0, 0], dilation: [1, 1] },
    { size: [3, 3], stride: [2, 2], low: [1, 1], high: [1, 1], dilation: [1, 1] },
    { size: [3, 2], stride: [1, 1], low: [1, 0], high: [0, 1], dilation: [1, 1] },
    { size: [2, 3], stride: [3, 1], low: [2, 1], high: [1, 2], dilation: [2, 2] },
    { size: [1, 1], stride: [2, 3], low: [0, 0], high: [0, 0], dilation: [1, 1] },
    { size: [4, 4], stride: [1, 1], low: [4, 4], high: [4, 4], dilation: [1, 1] },
  ] as const;
  test.each(geometries)("size $size, stride $stride, padding $low $high, dilation $dilation", (geometry) => {
    const source = sourceOf(5);
    for (const [dtype, value] of [
      ["float64", -Infinity],
      ["float32", 0],
      ["int32", 7],
    ] as const)
      for (const shape of [
        [6, 8],
        [2, 3, 6, 8],
        [1, 7, 6],
      ]) {
        const x = drawn(source, dtype, shape);
        const params = { ...geometry, value };
        const kinds = expectAgreement((operands) => apply("windows", operands, params), [x], "windows");
        expect(kinds.every((kind) => kind === "nest")).toBe(true);
        const [height = 1, width = 1] = shape.slice(-2);
        const windows = at(apply("windows", [x], { ...params, value: 0 }), 0);
        const image: [number, number] = [height, width];
        const folded = expectAgreement(
          (operands) => apply("foldWindows", operands, { ...params, value: 0, image }),
          [windows],
          "foldWindows",
        );
        if (dtype !== "int32") expect(folded).not.toContain("reference");
      }
  });
});

describe("random numbers are the same bits", () => {
  const keys = [integers([2], () => 12345), integers([3, 2], () => -7)];
  const lengths = [[1], [2], [3], [8], [9], [4, 31], [1001]];
  test.each(["float64", "float32"] as const)("uniform and normal, %s", (dtype) => {
    for (const key of keys)
      for (const shape of lengths)
        for (const name of ["randomUniform", "randomNormal"] as const)
          expectSameBits((operands) => apply(name, operands, { shape, dtype }), key, name);
  });

  test("bits and keys", () => {
    for (const key of keys)
      for (const shape of lengths) {
        expectSameBits((operands) => apply("randomBits", operands, { shape }), key, "randomBits");
        const count = shape[0] ?? 1;
        expectSameBits((operands) => apply("randomSplit", operands, { count }), key, "randomSplit");
      }
  });

  function expectSameBits(f: (operands: Tensor[]) => Tensor[], key: Tensor, what: string): void {
    expect(expectAgreement(f, [key], what)).toEqual(["routine"]);
    const compiled = compile((k: Tensor) => at(f([k]), 0))(key).values().data;
    expect(compiled, what).toEqual(at(f([key]), 0).values().data);
  }
});
