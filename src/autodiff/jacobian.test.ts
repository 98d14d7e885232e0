import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { concat, matmul, sin, type Tensor, tensor, zeros } from "../tensor/index.ts";
import { hessian, jacobian } from "./jacobian.ts";
import { jvp } from "./products.ts";

const modes = ["forward", "reverse", undefined] as const;

describe.each(modes)("jacobian, mode %s", (mode) => {
  const options = mode === undefined ? {} : { mode };

  test("of numbers gives numbers", () => {
    expect(jacobian((x: number) => x * x, options)(3)).toBe(6);
    expect(jacobian(([x, y]: [number, number]) => [x * y, x + y, x], options)([2, 3])).toEqual([
      [3, 2],
      [1, 1],
      [1, 0],
    ]);
    expect(
      jacobian(({ a, b }: { a: number; b: number }) => ({ p: a * b, q: [a] }), options)({ a: 2, b: 3 }),
    ).toEqual({ p: { a: 3, b: 2 }, q: [{ a: 1, b: 0 }] });
  });

  test("of tensors joins the shapes: value first, point last", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const J = jacobian((a: Tensor) => a.sum(0).mul(2), options)(x);
    expect(J.shape).toEqual([3, 2, 3]);
    const expected = [0, 1, 2].map((i) => [0, 1].map(() => [0, 1, 2].map((j) => (i === j ? 2 : 0))));
    expect(J.toArray()).toEqual(expected);
  });

  test("of mixed trees: every leaf of the value by every leaf of the point", () => {
    const f = (p: { w: Tensor; b: number }) => ({ y: p.w.mul(p.b), s: p.b * 2 });
    const J = jacobian(f, options)({ w: tensor([1, 2]), b: 3 });
    expect(J.y.w.toArray()).toEqual([
      [3, 0],
      [0, 3],
    ]);
    expect([J.y.b.toArray(), J.s.w.toArray(), J.s.b]).toEqual([[1, 2], [0, 0], 2]);
  });

  test("of typed arrays", () => {
    const f = (x: Float64Array) => [(x[0] ?? 0) ** 2 * (x[1] ?? 0), x[0] ?? 0];
    expect(jacobian(f, options)(Float64Array.of(2, 3))).toEqual([
      Float64Array.of(12, 4),
      Float64Array.of(1, 0),
    ]);
  });

  test("of constants and of integers is zero", () => {
    expect(jacobian((_: number[]) => [3, 4], options)([1, 2])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(jacobian((x: Tensor) => x.cast("int32"), options)(tensor([1.5, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test("of nothing is empty", () => {
    expect(jacobian((_: number[]) => [], options)([1])).toEqual([]);
    expect(jacobian((_: number[]) => [1], options)([])).toEqual([[]]);
    expect(jacobian((x: Tensor) => x.mul(2), options)(zeros([0])).shape).toEqual([0, 0]);
    expect(jacobian((x: Tensor) => x.sum(1), options)(zeros([2, 0])).shape).toEqual([2, 2, 0]);
  });

  test("keeps float32", () => {
    const J = jacobian((x: Tensor) => x.mul(x), options)(tensor([1, 2], "float32"));
    expect(J.dtype).toBe("float32");
  });

  test("with further arguments", () => {
    const J = jacobian((x: Tensor, a: Tensor) => matmul(a, x), options)(
      tensor([1, 2]),
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(J.toArray()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });
});

test("both modes agree with jvp, column by column", () => {
  const g = (x: Tensor) => concat([sin(x), x.mul(x.sum()), x.reshape([-1, 1]).mul(x).reshape([-1])]);
  const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(vector, (values) => {
      const x = tensor(values);
      const [forward, reverse] = [jacobian(g, { mode: "forward" })(x), jacobian(g, { mode: "reverse" })(x)];
      // The two modes multiply in another order: rounding.
      expectClose(forward, reverse, 1e-14, 1);
      for (const k of values.keys()) {
        const unit = tensor(values.map((_, i) => (i === k ? 1 : 0)));
        const column = forward.transpose().at(k);
        expectClose(column, jvp(g)(x, unit).tangent, 1e-15, 1);
      }
    }),
    { seed: 3, numRuns: 30 },
  );
});

test("an unknown mode is refused", () => {
  const mode: unknown = "sideways";
  const options = { mode: mode as "forward" };
  expect(() => jacobian((x: number) => x, options)).toThrow('must be "forward" or "reverse"; got "sideways"');
});

describe("hessian", () => {
  test("has the structure of the point, twice", () => {
    expect(hessian((x: number) => x ** 3)(2)).toBe(12);
    expect(hessian(([x, y]: [number, number]) => x * x * y)([2, 3])).toEqual([
      [6, 4],
      [4, 0],
    ]);
    expect(hessian(({ x, y }: { x: number; y: number }) => x * x * y)({ x: 2, y: 3 })).toEqual({
      x: { x: 6, y: 4 },
      y: { x: 4, y: 0 },
    });
    expect(hessian((x: Float64Array) => (x[0] ?? 0) ** 2 * (x[1] ?? 0))(Float64Array.of(2, 3))).toEqual([
      Float64Array.of(6, 4),
      Float64Array.of(4, 0),
    ]);
  });

  test("of tensors and mixed trees", () => {
    const H = hessian((p: { w: Tensor; b: number }) => p.w.mul(p.w).sum().mul(p.b))({
      w: tensor([1, 2]),
      b: 3,
    });
    expect(H.w.w.toArray()).toEqual([
      [6, 0],
      [0, 6],
    ]);
    expect([H.w.b.toArray(), H.b.w.toArray(), H.b.b]).toEqual([[2, 4], [2, 4], 0]);
    const matrix = hessian((x: Tensor) => x.mul(x).sum())(zeros([2, 3]));
    expect(matrix.shape).toEqual([2, 3, 2, 3]);
  });

  test("is symmetric", () => {
    const f = (x: Tensor) => sin(matmul(x, x.transpose())).sum().mul(x.exp().sum());
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(vector, (values) => {
        const H = hessian(f)(tensor(values).reshape([2, 3])).reshape([6, 6]);
        expectClose(H, H.transpose(), 1e-14, 1);
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  test("of nothing, of constants and of what is linear", () => {
    expect(hessian((_: number[]) => 1)([])).toEqual([]);
    expect(hessian((_: number[]) => 1)([1, 2])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(hessian((x: Tensor) => x.sum())(zeros([2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(hessian((x: Tensor) => x.sum())(zeros([0])).shape).toEqual([0, 0]);
  });

  test("refuses what is no scalar", () => {
    const vector = (x: Tensor) => x;
    expect(() => hessian(vector)(tensor([1]))).toThrow("hessian: the function must return a scalar");
  });
});

test("hypot has no made-up second derivatives at the origin, and the right ones elsewhere", () => {
  const length = ([x, y]: [number, number]): number => Math.hypot(x, y);
  expect(hessian(length)([0, 0])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const [[xx, xy], [, yy]] = hessian(length)([3, 4]);
  expect([xx, xy, yy].map((h) => h.toFixed(12))).toEqual([
    "0.128000000000",
    "-0.096000000000",
    "0.072000000000",
  ]);
});
