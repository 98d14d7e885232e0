/** Values and promotion table made by NumPy 1.24.2. Integer overflow is that of two's complement. */
import { describe, expect, test } from "vitest";
import { expectTensor, gradient, gradients } from "../../../test/tools/values.ts";
import {
  abs,
  add,
  cbrt,
  clamp,
  type Dtype,
  div,
  hypot,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  type Operand,
  ones,
  pow,
  reciprocal,
  rem,
  sign,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  zeros,
} from "../index.ts";

/** numpy.result_type for all pairs; int32 with float32 is float64, as no smaller type holds both. */
const promotions = [
  ["bool", "bool", "bool"],
  ["bool", "int32", "int32"],
  ["bool", "float32", "float32"],
  ["bool", "float64", "float64"],
  ["int32", "bool", "int32"],
  ["int32", "int32", "int32"],
  ["int32", "float32", "float64"],
  ["int32", "float64", "float64"],
  ["float32", "bool", "float32"],
  ["float32", "int32", "float64"],
  ["float32", "float32", "float32"],
  ["float32", "float64", "float64"],
  ["float64", "bool", "float64"],
  ["float64", "int32", "float64"],
  ["float64", "float32", "float64"],
  ["float64", "float64", "float64"],
];

describe("promotion", () => {
  test.each(promotions)("%s with %s gives %s", (a = "", b = "", expected = "") => {
    const make = (dtype: string): Tensor => ones([2], dtype as Dtype);
    const sum = add(make(a), make(b));
    // Sums of booleans count them; NumPy would keep bool and saturate.
    expectTensor(sum, [2, 2], { dtype: (expected === "bool" ? "int32" : expected) as Dtype });
    const quotient = div(make(a), make(b));
    expect(quotient.dtype).toBe(expected === "float32" ? "float32" : "float64");
  });
  test("plain numbers are weak: they take the float type of the tensor", () => {
    const single = tensor([1, 2], "float32");
    for (const y of [
      single.mul(0.1),
      add(0.1, single),
      pow(single, 2),
      maximum(single, 0),
      clamp(single, 0, 1),
      single.sub(1e10),
    ]) {
      expect(y.dtype).toBe("float32");
    }
    expectTensor(tensor([1, 2], "int32").mul(3), [3, 6], { dtype: "int32" });
    expectTensor(tensor([1, 2], "int32").mul(0.5), [0.5, 1]);
    expectTensor(tensor([true, false]).add(1), [2, 1], { dtype: "int32" });
    expectTensor(add(1, 2), 3);
    expectTensor(add(1, 2).mul(tensor([1], "float32")), [3], { dtype: "float32" });
    expectTensor(tensor(1).mul(tensor([1], "float32")), [1]);
  });
  test("a number too large for int32 makes a float of the result", () => {
    expectTensor(tensor([1], "int32").add(2 ** 31), [2147483649]);
  });
  test("arrays and typed arrays are operands", () => {
    expectTensor(add([1, 2], new Float64Array([10, 20])), [11, 22]);
    expectTensor(add([[1], [2]], [10, 20]), [
      [11, 21],
      [12, 22],
    ]);
  });
});

describe("broadcasting", () => {
  test.each([
    [
      [3, 1],
      [1, 4],
      [3, 4],
    ],
    [[2, 3, 4], [4], [2, 3, 4]],
    [[], [2, 2], [2, 2]],
    [[1], [], [1]],
    [
      [0, 3],
      [1, 3],
      [0, 3],
    ],
    [
      [1, 3],
      [0, 1],
      [0, 3],
    ],
    [
      [5, 1, 4, 1],
      [3, 1, 2],
      [5, 3, 4, 2],
    ],
  ])("%j with %j", (a, b, expected) => {
    expect(add(zeros(a), zeros(b)).shape).toEqual(expected);
    expect(add(zeros(b), zeros(a)).shape).toEqual(expected);
  });
  test("values come from where they should", () => {
    expectTensor(sub([[1], [2]], [[10, 20, 30]]), [
      [-9, -19, -29],
      [-8, -18, -28],
    ]);
  });
  test("shapes that do not meet: the error names operation, shapes and remedy", () => {
    expect(() => add(zeros([2, 3]), zeros([4]))).toThrow(
      /add: shapes \[2, 3\] and \[4\] do not broadcast.*reshape or expandDims/,
    );
    expect(() => mul(zeros([2]), zeros([3]))).toThrow(/mul: .*\[2\] and \[3\]/);
  });
});

describe("values", () => {
  const a = [7.5, -7.5, 7.5, -7.5, 0, 1, Infinity];
  const b = [2, 2, -2, -2, 3, 0, 2];
  test("division", () => expectTensor(div(a, b), [3.75, -3.75, -3.75, 3.75, 0, Infinity, Infinity]));
  test("rem has the sign of the dividend", () =>
    expectTensor(rem(a, b), [1.5, -1.5, 1.5, -1.5, 0, Number.NaN, Number.NaN]));
  test("mod has the sign of the divisor", () =>
    expectTensor(mod(a, b), [1.5, 0.5, -0.5, -1.5, 0, Number.NaN, Number.NaN]));
  test("remainders of integers; by 0 they are 0", () => {
    const [x, y] = [tensor([7, -7, 7, -7, 5], "int32"), tensor([3, 3, -3, -3, 0], "int32")];
    expectTensor(rem(x, y), [1, -1, 1, -1, 0], { dtype: "int32" });
    expectTensor(mod(x, y), [1, 2, -2, -1, 0], { dtype: "int32" });
  });
  test("powers", () => {
    expectTensor(pow([2, -2, 0, 0, -8, 4], [0.5, 3, 0, 2, 1 / 3, -1]), [
      Math.SQRT2,
      -8,
      1,
      0,
      Number.NaN,
      0.25,
    ]);
    expectTensor(pow(tensor([2, -3, 5], "int32"), tensor([10, 3, 0], "int32")), [1024, -27, 1], {
      dtype: "int32",
    });
    expectTensor(pow(tensor([4], "int32"), 0.5), [2]);
    expect(() => pow(tensor([2], "int32"), -1)).toThrow(
      /pow: int32 2 to the negative power -1.*cast to a float/,
    );
  });
  test("the others", () => {
    const x = [-8, -0.5, 0, 2];
    expectTensor(neg(x), [8, 0.5, 0, -2]);
    expectTensor(abs(x), [8, 0.5, 0, 2]);
    expectTensor(sign(x), [-1, -1, 0, 1]);
    expectTensor(square(x), [64, 0.25, 0, 4]);
    expectTensor(cbrt(x), [-2, -0.7937005259840998, 0, 1.2599210498948732]);
    expectTensor(sqrt([0, 2, -1]), [0, Math.SQRT2, Number.NaN]);
    expectTensor(reciprocal([0, 4, -2]), [Infinity, 0.25, -0.5]);
    expectTensor(hypot([3, 1e200, 0], [4, 1e200, 0]), [5, 1.414213562373095e200, 0]);
  });
  test("maximum, minimum and clamp; NaN wins", () => {
    expectTensor(maximum([1, 5, Number.NaN, 1], [2, 3, 0, Number.NaN]), [2, 5, Number.NaN, Number.NaN]);
    expectTensor(minimum([1, 5, Number.NaN, 1], [2, 3, 0, Number.NaN]), [1, 3, Number.NaN, Number.NaN]);
    expectTensor(clamp([-2, 0.5, 7, Number.NaN], 0, 1), [0, 0.5, 1, Number.NaN]);
    expectTensor(
      clamp(
        [
          [1, 5],
          [9, 2],
        ],
        [2, 3],
        [4, 4],
      ),
      [
        [2, 4],
        [4, 3],
      ],
    );
  });
  test("int32 wraps on overflow", () => {
    const big = tensor([2147483647, -2147483648, 65536], "int32");
    expectTensor(big.add(1), [-2147483648, -2147483647, 65537], { dtype: "int32" });
    expectTensor(big.mul(big), [1, 0, 0], { dtype: "int32" });
    expectTensor(big.neg(), [-2147483647, -2147483648, -65536], { dtype: "int32" });
    expectTensor(pow(tensor([3], "int32"), 40), [689956897], { dtype: "int32" });
  });
  test("float32 results are rounded to float32", () => {
    expectTensor(
      tensor([0.1, 1 / 3], "float32").add(tensor([0.2, 1], "float32")),
      [0.30000001192092896, 1.3333333730697632],
      { dtype: "float32", tolerance: 0 },
    );
    expectTensor(div(tensor([1, 2], "float32"), 3), [0.3333333432674408, 0.6666666865348816], {
      dtype: "float32",
      tolerance: 0,
    });
  });
});

describe("derivatives that need care", () => {
  test("constant powers, at negative bases and at 0", () => {
    const slope = (x: number, power: number): number => gradient((base) => pow(base, power), x).item();
    expect([
      slope(-2, 3),
      slope(0, 2),
      slope(0, 1),
      slope(0, 0),
      slope(-3, 2),
      slope(4, 0.5),
      slope(-2, -1),
    ]).toEqual([12, 0, 1, 0, -6, 0.25, -0.25]);
  });
  test("powers of 0 by an exponent that is differentiated too", () => {
    const [base, exponent] = gradients((a, b) => pow(a as Operand, b as Operand), 0, 2);
    expect([base?.item(), exponent?.item()]).toEqual([0, 0]);
  });
  test("mod moves with its dividend", () =>
    expectTensor(
      gradient((x) => mod(x, 3), [-1, 4]),
      [1, 1],
    ));
});
