import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dot, matmul, sin, sum, type Tensor, tensor, zeros } from "../tensor/index.ts";
import { directionalDerivative, hvp, jvp, vjp } from "./products.ts";

const polar = ([r, t]: [number, number]) => [r * Math.cos(t), r * Math.sin(t)];

describe("jvp", () => {
  test("gives value and J v", () => {
    const { value, tangent } = jvp(polar)([2, 0.5], [1, 3]);
    expect(value).toEqual([2 * Math.cos(0.5), 2 * Math.sin(0.5)]);
    expect(tangent).toEqual([
      Math.cos(0.5) + 3 * -(2 * Math.sin(0.5)),
      Math.sin(0.5) + 3 * (2 * Math.cos(0.5)),
    ]);
  });

  test("of trees with further arguments", () => {
    const f = (p: { w: Tensor; b: number }, x: Tensor) => ({ y: matmul(x, p.w).add(p.b) });
    const { tangent } = jvp(f)(
      { w: tensor([1, 2]), b: 1 },
      { w: tensor([1, 0]), b: 5 },
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(tangent.y.toArray()).toEqual([6, 8]);
  });

  test("zero for what does not depend on the point", () => {
    expect(jvp((_: number) => [1, 2])(1, 1)).toEqual({ value: [1, 2], tangent: [0, 0] });
    expect(jvp((x: Tensor) => x.cast("int32"))(tensor(1.5), tensor(1)).tangent.item()).toBe(0);
  });

  test("directions take the dtype of the point", () => {
    const { tangent } = jvp((x: Tensor) => x.mul(x))(tensor([3], "float32"), tensor([1]));
    expect([tangent.dtype, ...tangent.toTypedArray()]).toEqual(["float32", 6]);
  });

  test("refuses directions that do not fit", () => {
    const f = (x: Tensor) => x.mul(2);
    expect(() => jvp(f)(tensor([1, 2]), tensor(1))).toThrow(
      "jvp: leaf 0 of the direction is float64 [], that of the point float64 [2]; the shapes must be equal",
    );
    expect(() => jvp((x: number[]) => x[0])([1, 2], [1])).toThrow(
      "must have one structure; got [*, *] and [*]",
    );
    const short = Float64Array.of(1);
    expect(() => jvp((x: Float64Array) => x[0])(Float64Array.of(1, 2), short)).toThrow(
      "must be a typed array of 2 elements",
    );
  });

  test("refuses directions longer than the point", () => {
    const long = Float64Array.of(1, 2, 3);
    expect(() => jvp((x: Float64Array) => x[0])(Float64Array.of(1, 2), long)).toThrow("direction");
  });
});

describe("vjp", () => {
  test("gives value and the map to Jᵀ w, as often as wanted", () => {
    const { value, pullback } = vjp(polar)([2, 0.5]);
    expect(value).toEqual([2 * Math.cos(0.5), 2 * Math.sin(0.5)]);
    expect(pullback([1, 0])).toEqual([Math.cos(0.5), -(2 * Math.sin(0.5))]);
    expect(pullback([0, 1])).toEqual([Math.sin(0.5), 2 * Math.cos(0.5)]);
  });

  test("refuses cotangents that do not fit", () => {
    const { pullback } = vjp((x: Tensor) => ({ y: x.mul(2) }))(tensor([1, 2]));
    expect(() => pullback({ y: tensor([1, 2, 3]) })).toThrow("has shape [3]; that of the value [2]");
    const other: unknown = [tensor([1, 2])];
    expect(() => pullback(other as { y: Tensor })).toThrow("structure of the value, { y: * }; got [*]");
  });

  test("of typed arrays", () => {
    const { pullback } = vjp((x: Float64Array) => (x[0] ?? 0) * (x[1] ?? 0))(Float64Array.of(2, 3));
    expect(pullback(1)).toEqual(Float64Array.of(3, 2));
  });

  test("is the transpose of jvp: ⟨w, J v⟩ = ⟨Jᵀ w, v⟩", () => {
    const f = (x: Tensor) => sin(matmul(x, x.transpose())).sum(1).mul(x.sum(0));
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        const [x, v] = [tensor(a).reshape([3, 3]), tensor(b).reshape([3, 3])];
        const w = tensor(c.slice(0, 3));
        const forward = dot(w, jvp(f)(x, v).tangent).item();
        const reverse = sum(vjp(f)(x).pullback(w).mul(v)).item();
        // Sums of some hundred products of numbers up to 2, 3 and 36: rounding, relative to their size.
        expect(Math.abs(forward - reverse)).toBeLessThanOrEqual(1e-14 * 1000);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

describe("hvp", () => {
  test("is the Hessian times a direction", () => {
    expect(hvp(([x, y]: [number, number]) => x ** 2 * y)([1, 2], [1, 0])).toEqual([4, 2]);
    const quadratic = (x: Tensor) => dot(x, matmul(a, x));
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(hvp(quadratic)(tensor([5, 6]), tensor([1, -1])).toArray()).toEqual([2 - 5, 5 - 8]);
  });

  test("of functions whose gradient is constant", () => {
    expect(hvp((x: number) => 3 * x)(1, 1)).toBe(0);
    expect(hvp((_: Tensor) => 3)(zeros([2]), zeros([2])).toArray()).toEqual([0, 0]);
  });

  test("refuses functions that are no scalar", () => {
    expect(() => hvp((x: Tensor) => x)(tensor([1, 2]), tensor([1, 2]))).toThrow(
      "hvp: the function must return a scalar",
    );
  });
});

test("directionalDerivative is not normalised", () => {
  const f = ([x, y]: [number, number]) => x * y;
  expect(directionalDerivative(f)([2, 3], [1, 0])).toBe(3);
  expect(directionalDerivative(f)([2, 3], [10, 0])).toBe(30);
  expect(directionalDerivative((x: Tensor) => x.mul(x))(tensor([1, 2]), tensor([1, 1])).toArray()).toEqual([
    2, 4,
  ]);
});
