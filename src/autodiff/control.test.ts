import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { add, greater, less, matmul, mul, sqrt, stack, type Tensor, tensor } from "../tensor/index.ts";
import { checkDerivatives } from "./check.ts";
import { cond, scan, whileLoop } from "./control.ts";
import { grad, valueAndGrad } from "./gradient.ts";
import { hessian, jacobian } from "./jacobian.ts";
import { hvp, jvp, vjp } from "./products.ts";

const rows = tensor([
  [0.1, 0.4],
  [0.7, -0.3],
  [-0.5, 0.9],
]);

describe("scan", () => {
  test("hands a state from row to row and stacks the results", () => {
    const [total, running] = scan(
      (sum: Tensor, x: Tensor) => [add(sum, x), add(sum, x)],
      tensor(0),
      tensor([1, 2, 3]),
    );
    expect([total.item(), running.toArray()]).toEqual([6, [1, 3, 6]]);
  });

  test("backwards; results stay at their rows", () => {
    const [, running] = scan(
      (sum: Tensor, x: Tensor) => [add(sum, x), add(sum, x)],
      tensor(0),
      tensor([1, 2, 3]),
      { reverse: true },
    );
    expect(running.toArray()).toEqual([6, 5, 3]);
  });

  test("trees of states, rows and results; plain arithmetic", () => {
    const [{ a, n }, { twice }] = scan(
      (c: { a: Tensor; n: number }, x: { p: Tensor }) => [
        { a: c.a.add(x.p), n: c.n + 1 },
        { twice: x.p.mul(2) },
      ],
      { a: tensor(0), n: 0 },
      { p: tensor([1, 2]) },
    );
    expect([a.item(), n, twice.toArray()]).toEqual([3, 2, [2, 4]]);
  });

  test("a number of turns without rows, and none at all", () => {
    expect(scan((c: number) => [c * 2, []], 1, undefined, { length: 5 })[0]).toBe(32);
    expect(scan((c: number) => [c * 2, c], 1, undefined, { length: 0 })[0]).toBe(1);
    const [c, ys] = scan((s: Tensor, x: Tensor) => [s.add(x), x], tensor(1), tensor([]));
    expect([c.item(), ys.shape]).toEqual([1, [0]]);
  });

  const body = (c: Tensor, row: Tensor): [Tensor, Tensor] => [c.mul(row).sin().add(row), c.sum()];
  const looped = (x: Tensor): Tensor => {
    const [last, kept] = scan(body, x.at(0), x);
    return last.sum().add(kept.mul(kept).sum());
  };
  const unrolled = (x: Tensor): Tensor => {
    let c = x.at(0);
    const kept: Tensor[] = [];
    for (const row of x) {
      const [next, result] = body(c, row);
      kept.push(result);
      c = next;
    }
    const results = stack(kept);
    return c.sum().add(results.mul(results).sum());
  };

  test("derivatives of the first, second and third order are those of the loop written out", () => {
    expectClose(looped(rows), unrolled(rows), 1e-15);
    expectClose(grad(looped)(rows), grad(unrolled)(rows), 1e-14);
    expectClose(jvp(looped)(rows, rows).tangent, jvp(unrolled)(rows, rows).tangent, 1e-14);
    expectClose(hessian(looped)(rows), hessian(unrolled)(rows), 1e-14);
    expectClose(hvp(looped)(rows, rows), hvp(unrolled)(rows, rows), 1e-14);
    const third = (f: (x: Tensor) => Tensor) => jvp((x: Tensor) => hvp(f)(x, rows))(rows, rows).tangent;
    expectClose(third(looped), third(unrolled), 1e-13);
    const reverseTwice = (f: (x: Tensor) => Tensor) => grad((x: Tensor) => grad(f)(x).mul(rows).sum())(rows);
    expectClose(reverseTwice(looped), reverseTwice(unrolled), 1e-14);
  });

  test("agree with finite differences", () => {
    expect(String(checkDerivatives(looped, rows))).toContain("agree");
    expect(checkDerivatives((x: Tensor) => grad(looped)(x), rows).agrees).toBe(true);
  });

  test("captured values of the function around it are differentiated", () => {
    const f = (k: Tensor) =>
      scan((c: Tensor, x: Tensor) => [c.mul(k).add(x), []], tensor(1), tensor([1, 2]))[0];
    // k² + k + 2
    expect(valueAndGrad(f)(tensor(3))).toMatchObject({ value: { shape: [] } });
    expect([f(tensor(3)).item(), grad(f)(tensor(3)).item(), grad(grad(f))(tensor(3)).item()]).toEqual([
      14, 7, 2,
    ]);
  });

  test("scans within scans", () => {
    const inner = (c: Tensor, x: Tensor): [Tensor, Tensor] => [c.mul(x).add(1), c];
    const f = (x: Tensor) => scan((c: Tensor, row: Tensor) => [scan(inner, c, row)[0], c], tensor(0.5), x)[0];
    expect(checkDerivatives(f, rows).agrees).toBe(true);
    expect(checkDerivatives((x: Tensor) => grad(f)(x), rows).agrees).toBe(true);
  });

  test("float32 states stay float32, whatever the numbers in the body", () => {
    const [c] = scan((s: Tensor, x: Tensor) => [s.mul(x), []], tensor(1, "float32"), tensor([1, 2]));
    expect(c.dtype).toBe("float32");
    const g = grad((x: Tensor) => scan((s: Tensor, y: Tensor) => [s.mul(y), []], tensor(1, "float32"), x)[0]);
    expect(g(tensor([2, 3], "float32")).dtype).toBe("float32");
  });

  test("integers may be counted along", () => {
    const f = (x: Tensor) =>
      scan(
        ({ i, s }: { i: Tensor; s: Tensor }, row: Tensor) => [{ i: i.add(1), s: s.add(row.mul(i)) }, []],
        { i: tensor(0, "int32"), s: tensor(0) },
        x,
      )[0].s;
    expect(grad(f)(tensor([5, 5, 5])).toArray()).toEqual([0, 1, 2]);
  });

  test("what does not fit is refused", () => {
    const x = tensor([1, 2]);
    // The types refuse most of these; programs written in JavaScript meet the sentences.
    const wrong = (value: unknown) => value as [Tensor, Tensor];
    expect(() => scan((c: Tensor, _: Tensor) => wrong(c), tensor(0), x)).toThrow(
      "must return [next state, result]",
    );
    expect(() => scan((c: Tensor, r: Tensor) => wrong([[c], r]), tensor(0), x)).toThrow("keep its structure");
    expect(() => scan((_: Tensor, r: Tensor) => wrong([x, r]), tensor(0), x)).toThrow(
      "the state must keep its shapes from turn to turn; float64 [] became float64 [2]",
    );
    expect(() => scan((_: Tensor, r: Tensor) => [r, r], tensor(0, "int32"), x)).toThrow("keep its dtypes");
    expect(() => scan((c: Tensor) => [c, []], tensor(0), undefined)).toThrow("must be given as { length }");
    expect(() => scan((c: Tensor) => [c, []], tensor(0), undefined, { length: -1 })).toThrow("got -1");
    expect(() => scan((c: Tensor, r: Tensor) => [c, r], tensor(0), x, { length: 3 })).toThrow(
      "must have 3 rows; one has 2",
    );
    expect(() => scan((c: Tensor, r: Tensor) => [c, r], tensor(0), tensor(1))).toThrow(
      "must have a first axis",
    );
  });
});

describe("whileLoop", () => {
  test("turns while its condition holds", () => {
    expect(
      whileLoop(
        (x) => x < 100,
        (x) => x * 3,
        1,
      ),
    ).toBe(243);
    expect(
      whileLoop(
        (x) => less(x, 100),
        (x) => mul(x, 3),
        tensor(1),
      ).item(),
    ).toBe(243);
    expect(
      whileLoop(
        (x) => less(x, 0),
        (x) => mul(x, 3),
        tensor(1),
      ).item(),
    ).toBe(1);
    expect(
      whileLoop(
        ({ n }) => n > 0,
        ({ n, s }) => ({ n: n - 1, s: s + n }),
        { n: 4, s: 0 },
      ),
    ).toEqual({ n: 0, s: 10 });
  });

  /** Heron's square root: the derivative of the loop is that of its result. */
  const heron = (x: Tensor): Tensor =>
    whileLoop(
      ({ y, last }) => greater(y.sub(last).abs(), 1e-13),
      ({ y }) => ({ y: y.add(x.div(y)).div(2), last: y }),
      { y: x.add(1).div(2), last: x.mul(0).sub(1) },
    ).y;

  test("derivatives pass through the turns that happened", () => {
    expectClose(heron(tensor(2)), Math.SQRT2, 1e-15);
    expectClose(grad(heron)(tensor(2)), 1 / (2 * Math.SQRT2), 1e-14);
    expectClose(jvp(heron)(tensor(2), tensor(1)).tangent, 1 / (2 * Math.SQRT2), 1e-14);
    expectClose(grad(grad(heron))(tensor(2)), -1 / (4 * 2 ** 1.5), 1e-12);
    expectClose(hessian(heron)(tensor(2)), -1 / (4 * 2 ** 1.5), 1e-12);
    expectClose(vjp(heron)(tensor(9)).pullback(tensor(3)), 0.5, 1e-14);
  });

  test("of no turns at all", () => {
    const f = (x: Tensor) =>
      whileLoop(
        (y) => less(y, 0),
        (y) => y.mul(y),
        x,
      );
    expect([grad(f)(tensor(3)).item(), grad(grad(f))(tensor(3)).item()]).toEqual([1, 0]);
  });

  test("inside plain arithmetic", () => {
    const f = (x: number) => {
      let y = x;
      while (y < 100) y = y * y;
      return y;
    };
    expect(() => grad(f)(3)).toThrow("whileLoop");
    const g = (x: number): number =>
      whileLoop(
        (y) => y < 100,
        (y) => y * y,
        x,
      ) * 2;
    expect(g(3)).toBe(2 * 3 ** 8);
  });

  test("captured values are differentiated, to any order", () => {
    const f = (k: Tensor) =>
      whileLoop(
        (y) => less(y, 10),
        (y) => y.mul(k),
        tensor(1),
      );
    // 3³
    expect([grad(f)(tensor(3)).item(), grad(grad(f))(tensor(3)).item()]).toEqual([27, 18]);
    expect(grad(grad(grad(f)))(tensor(3)).item()).toBe(6);
  });

  test("what does not fit is refused", () => {
    const x = tensor([1, 2]);
    expect(() =>
      whileLoop(
        (y) => less(y, 3),
        (y) => y.mul(2),
        x,
      ),
    ).toThrow("the condition must be one scalar; got bool [2]");
    expect(() =>
      whileLoop(
        () => true,
        () => x,
        tensor(1),
      ),
    ).toThrow("keep its shapes");
  });
});

describe("cond", () => {
  test("takes one of two branches", () => {
    const f = (x: Tensor) => cond(greater(x, 0), sqrt, (y) => y.mul(0), x);
    expect([f(tensor(4)).item(), f(tensor(-1)).item()]).toEqual([2, -0]);
    expect([grad(f)(tensor(4)).item(), grad(f)(tensor(-1)).item()]).toEqual([0.25, 0]);
    expect(
      cond(
        true,
        (y) => y * y,
        (y) => 3 * y,
        2,
      ),
    ).toBe(4);
    expect(
      cond(
        false,
        (y: number) => ({ z: y }),
        (y: number) => ({ z: 3 * y }),
        2,
      ),
    ).toEqual({ z: 6 });
    expect(
      cond(
        tensor(0),
        (a: Tensor, b: Tensor) => a.add(b),
        (a, b) => a.sub(b),
        tensor(1),
        tensor(2),
      ).item(),
    ).toBe(-1);
  });

  test("what the other branch would have done leaks nowhere", () => {
    const f = (x: Tensor) =>
      cond(
        greater(x, 0),
        (y) => y.log(),
        (y) => y.mul(2),
        x,
      );
    expect([
      grad(f)(tensor(-1)).item(),
      grad(grad(f))(tensor(-1)).item(),
      hessian(f)(tensor(0)).item(),
    ]).toEqual([2, 0, 0]);
  });

  test("derivatives of both modes and of second order", () => {
    const f = (x: Tensor) =>
      cond(
        greater(x.sum(), 0),
        (y) => matmul(y, y).mul(y.exp().sum()),
        (y) => y.sin().sum(),
        x,
      );
    for (const x of [tensor([1, 2, -0.5]), tensor([-1, -2, 0.5])]) {
      expect(checkDerivatives(f, x).agrees).toBe(true);
      expect(checkDerivatives((y: Tensor) => grad(f)(y), x).agrees).toBe(true);
      expectClose(jacobian(f, { mode: "forward" })(x), jacobian(f, { mode: "reverse" })(x), 1e-14);
    }
  });

  test("captured values are differentiated", () => {
    const f = (k: Tensor) =>
      cond(
        true,
        (y) => y.mul(k),
        (y) => y.mul(0),
        tensor(3),
      );
    expect(grad(f)(tensor(2)).item()).toBe(3);
  });

  test("branches that do not fit are refused", () => {
    expect(() =>
      cond(
        true,
        (x: Tensor): Tensor[] => [x],
        (x: Tensor): Tensor[] => [x, x],
        tensor(1),
      ),
    ).toThrow("both branches must return one structure; got [*] and [*, *]");
    expect(() =>
      cond(
        true,
        (x: Tensor) => x,
        (x: Tensor) => stack([x, x]),
        tensor(1),
      ),
    ).toThrow("cond: ");
    expect(() =>
      cond(
        tensor([true, false]),
        (x: Tensor) => x,
        (x) => x,
        tensor(1),
      ),
    ).toThrow("must be one scalar");
  });
});
