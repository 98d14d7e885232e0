/** Random operations that compute: elementwise steps, folds, products, searches, draws. */
import { at } from "../../src/core/exactly.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import type { PrimitiveName } from "../../src/tensor/primitives/index.ts";
import { apply, scalarOf, Tensor } from "../../src/tensor/tensor.ts";
import type { Source } from "../primitives/source.ts";
import { canMeet, drawn, meetingShape, type Operation, type Pool, shortLengths } from "./random-pool.ts";

const cheapUnary: readonly PrimitiveName[] = [
  "neg",
  "abs",
  "sqrt",
  "relu",
  "sign",
  "floor",
  "ceil",
  "round",
  "trunc",
];
const dearUnary: readonly PrimitiveName[] = [
  "exp",
  "tanh",
  "sigmoid",
  "softplus",
  "sin",
  "cos",
  "log",
  "log1p",
  "expm1",
  "erf",
  "atan",
  "cbrt",
  "asinh",
];
const cheapBinary: readonly PrimitiveName[] = ["add", "sub", "mul", "div", "maximum", "minimum"];
const integerBinary: readonly PrimitiveName[] = ["add", "sub", "mul", "maximum", "minimum", "rem"];
const comparisons: readonly PrimitiveName[] = [
  "equal",
  "notEqual",
  "less",
  "lessEqual",
  "greater",
  "greaterEqual",
];
const connectives: readonly PrimitiveName[] = ["logicalAnd", "logicalOr", "logicalXor"];

/** A second operand: a value at hand, a drawn constant, or a number. */
function partner(pool: Pool, x: Tensor): Tensor {
  const { source, elements } = pool;
  const found =
    source.integer(0, 4) > 0 ? pool.find((y) => y.dtype === x.dtype && canMeet(x.shape, y.shape)) : undefined;
  if (found !== undefined) return found;
  if (source.flip()) return scalarOf(x.dtype === "bool" ? 1 : source.pick([0, 1, 2, -1]), x.dtype);
  return drawn(source, { dtype: x.dtype, shape: meetingShape(source, x.shape) }, elements);
}

const unary: Operation = (pool) => {
  const { source } = pool;
  const x = pool.find(() => true);
  if (x === undefined) return undefined;
  if (x.dtype === "bool") return apply("logicalNot", [x], {});
  if (x.dtype === "int32") return apply(source.pick(["neg", "abs", "sign"] as const), [x], {});
  const names =
    source.integer(0, 3) === 0
      ? (["isNaN", "isFinite"] as const)
      : source.integer(0, 2) === 0
        ? dearUnary
        : cheapUnary;
  return apply(source.pick<PrimitiveName>(names), [x], {});
};

const binary: Operation = (pool) => {
  const { source } = pool;
  const x = pool.find(() => true);
  if (x === undefined) return undefined;
  const y = partner(pool, x);
  const isTest = source.integer(0, 5) === 0;
  const names =
    x.dtype === "bool"
      ? isTest
        ? (["equal", "notEqual"] as const)
        : connectives
      : isTest
        ? comparisons
        : isFloat(x.dtype)
          ? cheapBinary
          : integerBinary;
  return apply(source.pick<PrimitiveName>(names), source.flip() ? [x, y] : [y, x], {});
};

const choice: Operation = (pool) => {
  const x = pool.find(() => true);
  if (x === undefined) return undefined;
  const test = pool.find((c) => (c.dtype === "bool" || c.dtype === "int32") && canMeet(c.shape, x.shape));
  const y = partner(pool, x);
  if (test === undefined || !canMeet(test.shape, y.shape)) return undefined;
  return apply("select", [test, x, y], {});
};

const cast: Operation = (pool) => {
  const { source } = pool;
  const x = pool.find(() => true);
  if (x === undefined) return undefined;
  const dtype = source.pick(["float64", "float32", "int32", "bool"] as const);
  if (dtype !== "int32" || !isFloat(x.dtype)) return apply("cast", [x], { dtype });
  const isSmall = x.abs().less(1000);
  return apply("cast", [isSmall.where(x, x.zerosLike())], { dtype });
};

const someAxes = (source: Source, rank: number): number[] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis).filter(() => source.flip());
  return axes.length > 0 || rank === 0 ? axes : [source.integer(0, rank - 1)];
};

const fold: Operation = (pool) => {
  const { source } = pool;
  const x = pool.find((y) => y.dtype !== "bool" && y.rank > 0);
  if (x === undefined) return undefined;
  const axes = someAxes(source, x.rank);
  const isEmpty = x.size === 0;
  const name = isEmpty
    ? "reduceSum"
    : source.pick(["reduceSum", "reduceSum", "reduceMax", "reduceMin"] as const);
  return apply(name, [x], { axes });
};

const dearBinary: readonly PrimitiveName[] = ["pow", "atan2", "hypot", "rem"];

const dearPair: Operation = (pool) => {
  const x = pool.find((y) => isFloat(y.dtype));
  return x && apply(pool.source.pick(dearBinary), [x, partner(pool, x)], {});
};

const draw: Operation = ({ source, find }) => {
  const key = find((y) => y.dtype === "int32" && y.rank > 0 && at(y.shape, y.rank - 1) === 2);
  const dtype = source.pick(["float64", "float32"] as const);
  const params = { dtype, shape: [source.pick(shortLengths), source.pick([1, 3])] };
  const given = key ?? drawn(source, { dtype: "int32", shape: [2] }, "any");
  return apply(source.pick(["randomUniform", "randomNormal"] as const), [given], params);
};

/** A fold used beside what it folds, as in softmax and normalisation. */
const normalize: Operation = (pool) => {
  const { source } = pool;
  const x = pool.find((y) => isFloat(y.dtype) && y.rank > 0 && y.size > 0);
  if (x === undefined) return undefined;
  const axes = source.flip() ? [x.rank - 1] : someAxes(source, x.rank);
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const first = at(
    apply(source.pick(["reduceMax", "reduceSum", "reduceMin"] as const), [x], { axes }),
    0,
  ).reshape(kept);
  const centred = x.sub(first);
  const shaped = source.pick([centred.exp(), centred.mul(centred), centred.abs(), centred]);
  const second = shaped.sum(axes).reshape(kept);
  return source.pick([
    [shaped.div(second)],
    [shaped, second],
    [shaped.mul(second).sum(axes)],
    [centred, shaped],
  ]);
};

const product: Operation = (pool) => {
  const { source } = pool;
  const a = pool.find((y) => isFloat(y.dtype) && y.rank >= 2 && y.size > 0);
  if (a === undefined) return undefined;
  const inner = at(a.shape, a.rank - 1);
  const found = pool.find(
    (y) => y.dtype === a.dtype && y.rank >= 2 && (y.shape.at(-2) === inner || y.shape.at(-1) === inner),
  );
  const stack = meetingShape(source, a.shape.slice(0, -2));
  let b =
    found ?? drawn(source, { dtype: a.dtype, shape: [...stack, inner, source.pick(shortLengths)] }, "whole");
  if (b.shape.at(-2) !== inner) b = b.moveAxis(b.rank - 1, b.rank - 2);
  if (!canMeet(a.shape.slice(0, -2), b.shape.slice(0, -2)) || a.size * at(b.shape, b.rank - 1) > 60_000)
    return undefined;
  return apply("matmul", [a, b], {});
};

const search: Operation = (pool) => {
  const { source, elements } = pool;
  const x = pool.find((y) => y.rank > 0 && y.size > 0 && y.dtype !== "bool");
  if (x === undefined) return undefined;
  const axis = source.integer(0, x.rank - 1);
  switch (source.integer(0, 4)) {
    case 0:
      return apply(source.pick(["argmax", "argmin"] as const), [x], { axis });
    case 1:
      return apply("argsort", [x], { axis });
    case 2: {
      const indices = drawn(source, { dtype: "int32", shape: [source.integer(1, 5)] }, "whole")
        .abs()
        .minimum(at(x.shape, axis) - 1);
      return apply("gather", [x, indices], { axis });
    }
    case 3: {
      if (!isFloat(x.dtype)) return undefined;
      const places = Array.from({ length: source.integer(1, 5) }, () =>
        source.integer(0, at(x.shape, axis) - 1),
      );
      const indices = new Tensor({ dtype: "int32", shape: [places.length] }, Int32Array.from(places));
      const shape = x.shape.map((n, i) => (i === axis ? places.length : n));
      return apply("scatterAdd", [x, indices, drawn(source, { dtype: x.dtype, shape }, elements)], { axis });
    }
    default:
      return apply("linearRecurrence", [x.float(), x.float().relu().minimum(1)], {
        axis,
        reverse: source.flip(),
      });
  }
};

/** Each computes in its way; the commonest stand here more than once. */
export const computedOperations: readonly Operation[] = [
  unary,
  unary,
  unary,
  binary,
  binary,
  binary,
  binary,
  binary,
  choice,
  cast,
  fold,
  fold,
  normalize,
  product,
  search,
  dearPair,
  draw,
];
