/** Values made by NumPy 1.24.2. */
import { describe, expect, test } from "vitest";
import { expectTensor, gradients } from "../../../test/tools/values.ts";
import {
  cast,
  type Dtype,
  equal,
  greater,
  greaterEqual,
  isFinite,
  isNaN,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
  stopGradient,
  tensor,
  where,
  zeros,
} from "../index.ts";

const a = [1, 2, 3, Number.NaN, 0];
const b = [1, 3, 2, Number.NaN, 0];

test.each([
  ["equal", equal, [true, false, false, false, true]],
  ["notEqual", notEqual, [false, true, true, true, false]],
  ["less", less, [false, true, false, false, false]],
  ["lessEqual", lessEqual, [true, true, false, false, true]],
  ["greater", greater, [false, false, true, false, false]],
  ["greaterEqual", greaterEqual, [true, false, true, false, true]],
  ["logicalAnd", logicalAnd, [true, true, true, true, false]],
  ["logicalOr", logicalOr, [true, true, true, true, false]],
  ["logicalXor", logicalXor, [false, false, false, false, false]],
] as const)("%s", (_, f, expected) => expectTensor(f(a, b), [...expected], { dtype: "bool" }));

test("of one operand", () => {
  const x = [0, 1, Number.NaN, Infinity];
  expectTensor(logicalNot(x), [true, false, false, false], { dtype: "bool" });
  expectTensor(isNaN(x), [false, false, true, false], { dtype: "bool" });
  expectTensor(isFinite(x), [true, true, false, false], { dtype: "bool" });
});

describe("where", () => {
  test("chooses, broadcasts and promotes", () => {
    expectTensor(where([true, false], [[1], [2]], [10, 20]), [
      [1, 20],
      [2, 20],
    ]);
    expectTensor(where([1, 0], tensor([1, 2], "int32"), tensor([3, 4], "float32")), [1, 4]);
    expectTensor(where(true, tensor(1, "float32"), 2), 1, { dtype: "float32" });
  });
  test("slopes go into the side taken, and are 0 in the other", () => {
    const [first, second] = gradients((x, y) => where([true, false, true], x ?? 0, y ?? 0), [1, 2, 3], 5);
    expectTensor(first ?? zeros([]), [1, 0, 1]);
    expectTensor(second ?? zeros([]), 1);
  });
  test("shapes must meet", () => {
    expect(() => where(zeros([2], "bool"), zeros([3]), 0)).toThrow(/where: shapes \[2\] and \[3\]/);
  });
});

describe("cast", () => {
  test.each([
    ["int32", [1, -1, 0, 7]],
    ["bool", [true, true, true, true]],
    ["float64", [1.9, -1.9, 0.2, 7]],
  ] as const)("to %s", (dtype, expected) =>
    expectTensor(cast([1.9, -1.9, 0.2, 7], dtype), [...expected], { dtype }),
  );
  test("to float32 rounds", () => {
    expectTensor(cast([0.1, 1e300], "float32"), [0.10000000149011612, Infinity], {
      dtype: "float32",
      tolerance: 0,
    });
  });
  test.each([Number.NaN, Infinity, 2 ** 31, -(2 ** 31) - 1])("%d is no int32", (x) => {
    expect(() => cast([0, x], "int32")).toThrow(/cast: .* cannot be an int32.*clamp it first/);
  });
  test("unknown dtypes", () => {
    expect(() => cast([1], "float16" as Dtype)).toThrow(/cast: unknown dtype "float16"; use "float64"/);
  });
});

test("stopGradient is the identity with derivative 0", () => {
  expectTensor(stopGradient([1, 2]), [1, 2]);
  const [slope] = gradients((x) => (x ?? zeros([])).mul(stopGradient(x ?? 0)), 3);
  expectTensor(slope ?? zeros([]), 3);
});
