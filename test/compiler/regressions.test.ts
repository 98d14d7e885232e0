/** Graphs that were once compiled wrongly, as small as they could be made. */
import { expect, test } from "vitest";
import type { TensorType } from "../../src/tensor/array.ts";
import type { TensorFunction } from "../../src/tensor/primitives/types.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { apply, scalarOf } from "../../src/tensor/tensor.ts";
import { graphOf } from "../primitives/sample.ts";
import { sourceOf } from "../primitives/source.ts";
import { checkGraph } from "./graph-check.ts";
import { drawn } from "./random-pool.ts";

const real = (...shape: number[]): TensorType => ({ dtype: "float64", shape });
const single = (...shape: number[]): TensorType => ({ dtype: "float32", shape });
const truth = (...shape: number[]): TensorType => ({ dtype: "bool", shape });

function expectSame(types: readonly TensorType[], f: TensorFunction): void {
  const source = sourceOf(1);
  const inputs = types.map((type) => drawn(source, type, "whole").values());
  expect(checkGraph(graphOf(types, f), inputs)).toBeUndefined();
}

const unary =
  (f: (x: Tensor) => Tensor | readonly Tensor[]): TensorFunction =>
  ([x]) => {
    const made = x === undefined ? [] : f(x);
    return Array.isArray(made) ? made : [made as Tensor];
  };

const binary =
  (f: (x: Tensor, y: Tensor) => readonly Tensor[]): TensorFunction =>
  ([x, y]) =>
    x === undefined || y === undefined ? [] : [...f(x, y)];

test("a fold over an axis outside of the innermost one, which the operand is stretched along", () => {
  expectSame(
    [real(3)],
    unary((x) => x.broadcastTo([3, 3]).min(1)),
  );
  expectSame(
    [single(16, 9, 1)],
    unary((x) => x.broadcastTo([16, 9, 4]).sum([0, 1])),
  );
  expectSame(
    [real(1, 33)],
    unary((x) => x.broadcastTo([8, 33]).max(1)),
  );
});

test("a part of a cheap step's result, used in another cheap step", () => {
  expectSame(
    [truth(7), single(1)],
    binary((x, y) => [x.cast("float32").slicePrimitive([5], [7], [1]).ceil().sub(y)]),
  );
  expectSame(
    [truth(1, 3)],
    unary((x) =>
      x.logicalNot().slicePrimitive([0, 2], [1, 3], [1, 1]).logicalNot().padPrimitive([1, 0], [2, 0], [0, 1]),
    ),
  );
  expectSame(
    [real(2, 2)],
    unary((x) => {
      const y = x.cast("float32").flip([1]);
      return y.mul(y).cast("float64");
    }),
  );
});

test("a cheap step's result along two different axes of one nest", () => {
  expectSame(
    [real(5)],
    unary((x) => x.neg().reshape([5, 1]).mul(x.neg())),
  );
  expectSame(
    [real(5, 5)],
    unary((x) => x.neg().mul(x.neg().transpose())),
  );
  expectSame(
    [real(4, 4)],
    unary((x) => {
      const y = x.abs();
      return y.add(y.transpose().mul(2)).mul(y).sum(0);
    }),
  );
});

test("folds of one nest over different axes, used together", () => {
  expectSame(
    [real(1, 17, 7)],
    unary((x) => x.sum([1, 2]).div(x.maximum(x).sum([0, 2]))),
  );
});

test("pads that differ in a value that JSON does not know", () => {
  const pads = (x: Tensor): Tensor[] =>
    [Number.NaN, Infinity, -Infinity, 0, -0].flatMap((value) =>
      apply("pad", [x], { low: [1], high: [0], interior: [0], value }),
    );
  expectSame([real(3)], unary(pads));
});

test("state that replaces itself by what a reference rule makes, and by each other", () => {
  expectSame(
    [real(3, 4)],
    unary((x) => apply("argsort", [x], { axis: 1 }).map((y) => y.cast("float64"))),
  );
  expectSame(
    [{ dtype: "int32", shape: [5] }],
    unary((x) => apply("argsort", [x], { axis: 0 })),
  );
  expectSame(
    [real(4), real(4)],
    binary((x, y) => [y, x]),
  );
  expectSame(
    [real(4), real(4)],
    binary((x, y) => [x.add(y), x, y.flip([0])]),
  );
});

test("one row stretched to a stack, times a column", () => {
  expectSame(
    [real(1, 33), real(33, 1)],
    binary((x, y) => [x.broadcastTo([2, 1, 33]).matmul(y)]),
  );
  expectSame(
    [single(1, 1), single(1, 5)],
    binary((x, y) => [x.broadcastTo([3, 1, 1]).matmul(y)]),
  );
});

test("expressions that read themselves twice at every step, and long chains, compile in no time", () => {
  const twice = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 40; i++) y = y.mul(0.5).add(y.transpose().mul(0.25)).sub(y);
    return y;
  };
  expectSame([real(3, 3)], unary(twice));
  const chain = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 600; i++) y = y.add(i % 3).abs();
    return y;
  };
  expectSame([real(3)], unary(chain));
});

test("truth values that are one constant, beside float64", () => {
  const yes = scalarOf(1, "bool").broadcastTo([4, 1]);
  expectSame(
    [real(1, 7), real(4, 1)],
    binary((x, y) => [apply("select", [yes, x.mul(0.3), y.mul(0.7)], {})].flat()),
  );
  expectSame(
    [real(4, 7)],
    unary((x) => x.greater(0.5).logicalXor(yes).where(x.mul(0.3), 1)),
  );
});
