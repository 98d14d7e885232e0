import { describe, expect, test } from "vitest";
import { DtypeError, ShapeError, TraceError } from "../core/errors.ts";
import { mean, sin, square, sum, type Tensor, tensor, where, zeros } from "../tensor/index.ts";
import { grad, valueAndGrad } from "./gradient.ts";

describe("the point is a tree, and so is the gradient", () => {
  test("of numbers in plain arithmetic", () => {
    expect(grad((x: number) => x ** 3)(2)).toBe(12);
    expect(grad(([x, y]: [number, number]) => x * x * y)([3, 2])).toEqual([12, 9]);
    expect(grad(({ a, b }: { a: number; b: number[] }) => a * (b[0] ?? 0))({ a: 2, b: [5, 7] })).toEqual({
      a: 5,
      b: [2, 0],
    });
  });

  test("of tensors", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(grad((a: Tensor) => sum(square(a)))(x).toArray()).toEqual([
      [2, 4],
      [6, 8],
    ]);
  });

  test("of both, and of typed arrays", () => {
    const f = (p: { w: Tensor; b: number }) => p.w.mul(p.b).sum();
    const { w, b } = grad(f)({ w: tensor([1, 2]), b: 3 });
    expect([w.toArray(), b]).toEqual([[3, 3], 3]);
    const product = (x: Float64Array) => (x[0] ?? 0) * (x[1] ?? 0);
    expect(grad(product)(Float64Array.of(2, 5))).toEqual(Float64Array.of(5, 2));
  });

  test("empty ones included", () => {
    expect(grad((_: number[]) => 1)([])).toEqual([]);
    expect(grad((x: Tensor) => x.sum())(zeros([0, 3])).shape).toEqual([0, 3]);
  });
});

describe("values", () => {
  test("are handed back as the function gives them", () => {
    expect(valueAndGrad((x: number) => x * x)(3)).toEqual({ value: 9, grad: 6 });
    const { value } = valueAndGrad((x: Tensor) => x.mul(x).sum())(tensor([1, 2]));
    expect(value.item()).toBe(5);
  });

  test("aux outputs come through untouched", () => {
    const f = (x: number): [number, { double: number; steps: number; big: boolean }] => [
      x * x,
      { double: x * 2, steps: 3, big: x > 1 },
    ];
    expect(valueAndGrad(f, { aux: true })(3)).toEqual({
      value: 9,
      grad: 6,
      aux: { double: 6, steps: 3, big: true },
    });
    expect(grad(f, { aux: true })(3)).toEqual({ grad: 6, aux: { double: 6, steps: 3, big: true } });
  });
});

describe("dtypes", () => {
  test("float32 stays float32", () => {
    const gradient = grad((x: Tensor) => x.mul(2).exp().sum())(tensor([0.5, 1], "float32"));
    expect(gradient.dtype).toBe("float32");
    const single = grad((x: Float32Array) => (x[0] ?? 0) * (x[1] ?? 0))(Float32Array.of(1, 2));
    expect(single).toEqual(Float32Array.of(2, 1));
  });

  test("mixed precision: each leaf keeps its own", () => {
    const f = (p: { a: Tensor; b: Tensor }) => p.a.mul(p.b).sum();
    const { a, b } = grad(f)({ a: tensor([1, 2], "float32"), b: tensor([3, 4]) });
    expect([a.dtype, b.dtype]).toEqual(["float32", "float64"]);
  });

  test.each([
    ["a tensor of integers", tensor([1, 2], "int32"), "tensor of int32 [2]"],
    ["booleans", tensor([true]), "tensor of bool [1]"],
  ])("%s have no derivative", (_, x, said) => {
    expect(() => grad((v: Tensor) => v.sum())(x)).toThrow(DtypeError);
    expect(() => grad((v: Tensor) => v.sum())(x)).toThrow(said);
  });

  test("nor has an integer array", () => {
    expect(() => grad((v: Int32Array) => v[0] ?? 0)(Int32Array.of(1))).toThrow(
      "the argument holds a Int32Array",
    );
  });

  test("integers may be further arguments", () => {
    const f = (x: Tensor, n: Tensor) => x.mul(n).sum();
    expect(grad(f)(tensor([1, 2]), tensor([3, 4], "int32")).toArray()).toEqual([3, 4]);
  });
});

describe("functions that hardly use their argument", () => {
  test("constants have the gradient zero", () => {
    expect(grad((_: number) => 3)(2)).toBe(0);
    const { a, b } = grad((_: { a: number; b: Tensor }) => 3)({ a: 1, b: tensor([1, 2]) });
    expect([a, b.toArray()]).toEqual([0, [0, 0]]);
    expect(grad((_: Tensor) => tensor(3))(tensor([1, 2])).toArray()).toEqual([0, 0]);
  });

  test("the identity has the gradient one", () => {
    expect(grad((x: number) => x)(2)).toBe(1);
    expect(grad((x: Tensor) => x)(tensor(2)).item()).toBe(1);
  });

  test("one value in two places counts twice", () => {
    const shared = tensor([1, 2]);
    const { a, b } = grad((p: { a: Tensor; b: Tensor }) => p.a.mul(p.b).sum())({ a: shared, b: shared });
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(grad((x: Tensor, y: Tensor) => x.mul(y).sum())(shared, shared).toArray()).toEqual([1, 2]);
  });
});

describe("further arguments", () => {
  test("tensors are inputs: new values need no new trace", () => {
    let runs = 0;
    const gradient = grad((x: Tensor, k: Tensor) => {
      runs += 1;
      return x.mul(x).mul(k).sum();
    });
    expect(gradient(tensor([3]), tensor(1)).toArray()).toEqual([6]);
    expect(gradient(tensor([4]), tensor(2)).toArray()).toEqual([16]);
    expect(runs).toBe(1);
    gradient(tensor([3, 4]), tensor(1));
    expect(runs, "another shape is another trace").toBe(2);
  });

  test("numbers, texts, flags and arrays are constants: new values are traced anew", () => {
    const gradient = grad((x: number, k: number, data: readonly number[]) => x * x * k + x * (data[0] ?? 0));
    expect(gradient(3, 1, [0])).toBe(6);
    expect(gradient(3, 2, [0])).toBe(12);
    expect(gradient(3, 2, [5])).toBe(17);
    expect(gradient(3, 1, [0])).toBe(6);
    const byName = grad((x: Tensor, name: string) => (name === "sin" ? sin(x) : square(x)));
    expect(byName(tensor(3), "square").item()).toBe(6);
    expect(byName(tensor(3), "sin").item()).toBe(Math.cos(3));
  });

  test("typed arrays that are written to between calls", () => {
    const data = Float64Array.of(1, 2);
    const gradient = grad((x: number, d: Float64Array) => x * (d[0] ?? 0));
    expect(gradient(3, data)).toBe(1);
    data[0] = 7;
    expect(gradient(3, data)).toBe(7);
  });

  test("instances of classes may have changed unseen", () => {
    class Rate {
      value = 2;
    }
    const rate = new Rate();
    const gradient = grad((x: Tensor, r: Rate) => x.mul(r.value));
    expect(gradient(tensor(1), rate).item()).toBe(2);
    rate.value = 5;
    expect(gradient(tensor(1), rate).item()).toBe(5);
  });

  test("NaN and negative zero are told apart", () => {
    const gradient = grad((x: Tensor, k: number) => x.mul(k));
    expect(gradient(tensor(1), Number.NaN).item()).toBeNaN();
    expect(gradient(tensor(1), 0).item()).toBe(0);
    expect(gradient(tensor(1), -0).item()).toBe(-0);
  });

  test("data that would print alike are told apart", () => {
    const gradient = grad((x: Tensor, data: { a: unknown; array?: string }) =>
      x.mul(Array.isArray(data.a) ? 2 : 3),
    );
    expect(gradient(tensor(1), { a: ["z"] }).item()).toBe(2);
    expect(gradient(tensor(1), { a: 1, array: "z" }).item()).toBe(3);
  });

  test("large arrays", () => {
    const data = new Float64Array(300_000).fill(2);
    const gradient = grad((x: number, d: Float64Array) => x * (d[299_999] ?? 0));
    expect(gradient(1, data)).toBe(2);
    data[299_999] = 3;
    expect(gradient(1, data)).toBe(3);
    const list = grad((x: number, d: number[]) => x * (d[299_999] ?? 0));
    expect(list(1, Array.from(data))).toBe(3);
  });

  test("data that contains itself is refused", () => {
    const data: { self?: unknown } = {};
    data.self = data;
    expect(() => grad((x: Tensor, _: unknown) => x)(tensor(1), data)).toThrow("the data contains itself");
  });
});

describe("what is refused, in one sentence each", () => {
  const nothing: unknown = undefined;
  test.each<[string, unknown, string]>([
    ["undefined", nothing, "got undefined"],
    ["a missing leaf", [1, undefined], "got undefined at [1]"],
    ["a text", { a: "b" }, "got string at a"],
    ["null", null, "got null"],
    ["a bigint", 1n, "got bigint"],
    ["a map", new Map(), "got a Map"],
    ["a flag", true, "got boolean"],
  ])("%s as the point", (_, x, said) => {
    // The types refuse some of these; programs written in JavaScript meet the sentences.
    expect(() => grad((_point: number) => 1)(x as number)).toThrow(said);
  });

  test("a point that contains itself", () => {
    const x: unknown[] = [];
    x.push(x);
    expect(() => grad((_: unknown[]) => 1)(x)).toThrow("the tree contains itself at [0]");
  });

  test("values that are no scalar", () => {
    const [x, y] = [tensor([1, 2]), tensor(1)];
    // The types refuse most of these; programs written in JavaScript meet the sentences.
    const returning =
      (value: unknown) =>
      (_: Tensor): Tensor =>
        value as Tensor;
    expect(() => grad((v: Tensor) => v)(x)).toThrow(ShapeError);
    expect(() => grad((v: Tensor) => v)(x)).toThrow(
      "must return a scalar; got float64 [2]; sum or average it",
    );
    expect(() => grad((v: Tensor) => v.cast("int32"))(y)).toThrow("got int32 [], which has no derivative");
    expect(() => grad((v: Tensor) => v.greater(0))(y)).toThrow("got bool []");
    expect(() => grad(returning([1, 2]))(y)).toThrow("must return one scalar; got [*, *]; use jacobian");
    expect(() => grad(returning(undefined))(y)).toThrow("returned nothing");
    expect(() => grad(returning("text"))(y)).toThrow("got string");
    expect(() => grad(returning(null))(y)).toThrow("got null");
    expect(() => grad(returning(Promise.resolve(1)))(y)).toThrow("returned a promise");
  });

  test("[value, aux] where it was promised", () => {
    const f = (x: Tensor): [Tensor, number] => (x.rank === 0 ? ([x] as unknown as [Tensor, number]) : [x, 1]);
    expect(() => grad(f, { aux: true })(tensor(1))).toThrow("must return [value, aux]; got an array of 1");
  });

  test("what is no function", () => {
    expect(() => grad(3 as unknown as (x: number) => number)).toThrow(TraceError);
    expect(() => grad(Math.sin)(1)).toThrow("is native code");
  });

  test("nothing of the user's own errors", () => {
    const mine = new RangeError("mine");
    const failing = (): Tensor => {
      throw mine;
    };
    expect(() => grad((_: Tensor) => failing())(tensor(1))).toThrow(mine);
  });
});

describe("NaN and infinities", () => {
  test("are values like others", () => {
    expect(grad((x: number) => x * Number.NaN)(1)).toBeNaN();
    expect(valueAndGrad((_: number) => Number.NaN)(1)).toEqual({ value: Number.NaN, grad: 0 });
    expect(grad((x: number) => Math.sqrt(x))(0)).toBe(Number.POSITIVE_INFINITY);
  });

  test("of the side not taken leak nowhere", () => {
    expect(grad((x: number) => (x > 0 ? Math.sqrt(x) : 0))(0)).toBe(0);
    expect(grad((x: number) => (x > 0 ? Math.log(x) : x))(-1)).toBe(1);
  });
});

describe("functions that write", () => {
  test("into their arguments: callers see nothing of it, and it happens once", () => {
    const f = (x: number[], data: number[]) => {
      x.reverse();
      data.push(1);
      return (x[0] ?? 0) * (x[0] ?? 0) * data.length + (x[1] ?? 0);
    };
    const [x, data] = [[2, 3], [5]];
    expect(grad(f)(x, data)).toEqual([1, 12]);
    expect([x, data]).toEqual([[2, 3], [5]]);
  });

  test("asynchronous ones are refused and leave no unhandled rejection", async () => {
    const later = (async (x: number) => x * 2) as unknown as (x: number) => number;
    expect(() => grad(later)(1)).toThrow("returned a promise");
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

test("plain arithmetic and tensor form have exactly the same derivatives", () => {
  const plain = grad(([a, b]: [number, number]) => Math.exp(a * b) / (1 + a * a) - Math.sin(b) ** 3);
  const withTensors = grad(([a, b]: [Tensor, Tensor]) =>
    a.mul(b).exp().div(a.mul(a).add(1)).sub(b.sin().pow(3)),
  );
  for (const [a, b] of [
    [0.3, 1.7],
    [-2, 0.1],
    [0, 0],
  ] as const) {
    expect(withTensors([tensor(a), tensor(b)]).map((x) => x.item())).toEqual(plain([a, b]));
  }
});

describe("tests that running does not show", () => {
  test("are found, and the function is walked", () => {
    expect(grad((x: number) => (x === 0 ? 1 : x * 1))(0)).toBe(0);
    expect(grad((x: number) => (x === 0 ? 1 : x))(0)).toBe(0);
    expect(grad((x: number) => (x === 0 ? 1 : x))(2)).toBe(1);
    expect(grad(([x, y]: [number, number]) => (x ? y : 0))([0, 1])).toEqual([0, 0]);
    expect(grad(([x, y]: [number, number]) => (x ? y : 0))([2, 1])).toEqual([0, 1]);
    expect(grad((x: number) => (!x ? 3 : x))(0)).toBe(0);
    expect(grad((x: number) => (Number.isFinite(x) ? x : 0))(1)).toBe(1);
    expect(grad((x: number) => x || 5)(0)).toBe(0);
    const helper = (p: { a: number }) => {
      const pick = (v: number) => (v !== 0 ? v : 7);
      return pick(p.a);
    };
    expect(grad(helper)({ a: 0 })).toEqual({ a: 0 });
  });

  test("are named where the walk cannot follow", () => {
    const secret = 2;
    const f = (x: number) => {
      const y = x;
      return y === 0 ? secret : x;
    };
    expect(() => grad(f)(1)).toThrow(TraceError);
    expect(() => grad(f)(1)).toThrow("line 3 of `f`: `return y === 0 ? secret : x;` tests a traced number");
    expect(() => grad(f)(1)).toThrow("use equal(x, 0)");
  });

  test("of tensors, of data and of what is missing mean the same traced or not", () => {
    const f = (p: { w: Tensor; b?: Tensor }, mode: string) => {
      const y = p.b ? p.w.add(p.b) : p.w;
      return mode === "sum" ? sum(y) : mean(y);
    };
    const bare: { w: Tensor; b?: Tensor } = { w: tensor([1, 2]) };
    expect(grad(f)(bare, "mean").w.toArray()).toEqual([0.5, 0.5]);
    expect(grad(f)({ w: tensor([1, 2]), b: tensor(1) }, "sum").b?.item()).toBe(2);
    const optional = (p: { a: number; b?: number | undefined }) =>
      where(true, p.b === undefined ? p.a : p.b, 0);
    expect(grad(optional)({ a: 3 })).toEqual({ a: 1 });
  });
});
