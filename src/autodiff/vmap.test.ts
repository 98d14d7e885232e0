import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import {
  dot,
  greater,
  less,
  matmul,
  mul,
  normal,
  randomKey,
  sin,
  splitKey,
  stack,
  type Tensor,
  tensor,
  where,
} from "../tensor/index.ts";
import { cond, scan, whileLoop } from "./control.ts";
import { grad } from "./gradient.ts";
import { hessian, jacobian } from "./jacobian.ts";
import { jvp, vjp } from "./products.ts";
import { vmap } from "./vmap.ts";

const rows = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);

/** What a loop over the rows gives. */
function oneByOne(f: (row: Tensor) => Tensor, x: Tensor): Tensor {
  return stack([...x].map((row) => f(row)));
}

describe("axes", () => {
  test("the first of every argument, or those given", () => {
    expect(vmap(dot)(rows, rows).toArray()).toEqual([5, 25, 61]);
    expect(vmap(dot, { axes: [0, null] })(rows, tensor([1, 1])).toArray()).toEqual([3, 7, 11]);
    expect(vmap((x: Tensor) => x.sum(), { axes: [1] })(rows).toArray()).toEqual([9, 12]);
    expect(vmap((x: Tensor) => x.sum(), { axes: [-1] })(rows).toArray()).toEqual([9, 12]);
  });

  test("of trees", () => {
    const f = (p: { a: Tensor; b: Tensor }) => ({ s: p.a.mul(p.b), t: [p.a] });
    const { s, t } = vmap(f)({ a: tensor([1, 2]), b: tensor([3, 4]) });
    expect([s.toArray(), t[0]?.toArray()]).toEqual([
      [3, 8],
      [1, 2],
    ]);
  });

  test("constants are repeated", () => {
    expect(vmap((_: Tensor) => 3)(rows).toArray()).toEqual([3, 3, 3]);
    expect(vmap((_: Tensor) => tensor([1, 2]))(rows).shape).toEqual([3, 2]);
  });

  test("plain arithmetic and typed arrays of examples", () => {
    expect(vmap((x: number) => x ** 2 + 1)(Float64Array.of(1, 2, 3)).toArray()).toEqual([2, 5, 10]);
  });

  test("stacks of no examples", () => {
    expect(vmap((x: Tensor) => x.mul(2))(tensor([]).reshape([0, 3])).shape).toEqual([0, 3]);
  });

  test("sizes may change between calls", () => {
    const f = vmap((x: Tensor) => x.sum());
    expect(f(rows).shape).toEqual([3]);
    expect(f(rows.at(0).reshape([1, 2])).shape).toEqual([1]);
  });

  test("what does not fit is refused", () => {
    expect(() => vmap(dot, { axes: [0] })(rows, rows)).toThrow("names 1 axes for 2 arguments");
    expect(() => vmap(dot, { axes: [null, null] })(rows, rows)).toThrow("no argument is mapped");
    expect(() => vmap(dot)(rows, tensor([[1, 2]]))).toThrow("one length; got 3, 1");
    expect(() => vmap((x: Tensor) => x, { axes: [2] })(rows)).toThrow("has no axis 2 to map over");
    expect(() => vmap((x: number[]) => x[0])([1, 2])).toThrow("make a list of examples one tensor(...)");
  });
});

describe("composes with", () => {
  test("itself", () => {
    expectClose(vmap(vmap((x: Tensor) => sin(x)))(rows), sin(rows), 0);
    const outer = vmap(vmap(mul, { axes: [null, 0] }), { axes: [0, null] });
    expect(outer(tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
  });

  const f = (x: Tensor) => sin(x).mul(x.sum()).sum();

  test("grad, inside and outside", () => {
    expectClose(vmap(grad(f))(rows), oneByOne(grad(f), rows), 1e-15);
    const total = (x: Tensor) => vmap(f)(x).sum();
    expectClose(grad(total)(rows), oneByOne(grad(f), rows), 1e-15);
  });

  test("jacobian and hessian", () => {
    const g = (x: Tensor) => x.mul(x.sum());
    expectClose(vmap(jacobian(g))(rows), oneByOne(jacobian(g), rows), 1e-15);
    expectClose(vmap(jacobian(g, { mode: "reverse" }))(rows), oneByOne(jacobian(g), rows), 1e-15);
    expectClose(vmap(hessian(f))(rows), oneByOne(hessian(f), rows), 1e-14);
    const plain = jacobian(({ x, y }: { x: number; y: number }) => [x * y, x + y]);
    const [first] = vmap(plain)({ x: tensor([1, 2]), y: Float64Array.of(3, 4) });
    expect([first?.x.toArray(), first?.y.toArray()]).toEqual([
      [3, 4],
      [1, 2],
    ]);
  });

  test("jvp and vjp", () => {
    const push = (x: Tensor) => jvp(f)(x, x).tangent;
    expectClose(vmap(push)(rows), oneByOne(push, rows), 1e-15);
    const pull = (x: Tensor) => vjp(f)(x).pullback(tensor(2));
    expectClose(vmap(pull)(rows), oneByOne(pull, rows), 1e-15);
    const { tangent } = jvp(vmap(f))(rows, rows);
    expectClose(tangent, oneByOne(push, rows), 1e-15);
  });

  test("scan, and gradients through it", () => {
    const loop = (x: Tensor) => scan((c: Tensor, row: Tensor) => [c.mul(row).sin(), c], tensor(1), x)[0];
    expectClose(vmap(loop)(rows), oneByOne(loop, rows), 1e-15);
    expectClose(vmap(grad(loop))(rows), oneByOne(grad(loop), rows), 1e-15);
    expectClose(grad((x: Tensor) => vmap(loop)(x).sum())(rows), oneByOne(grad(loop), rows), 1e-15);
    expectClose(vmap(hessian(loop))(rows), oneByOne(hessian(loop), rows), 1e-14);
  });

  test("loops that stop at different times", () => {
    const loop = (x: Tensor) =>
      whileLoop(
        (c) => less(c, 10),
        (c) => c.mul(x.sum()),
        x.at(1),
      );
    const numbers = tensor([
      [1, 1],
      [2, 5],
      [0.5, 11],
    ]);
    expectClose(vmap(loop)(numbers), oneByOne(loop, numbers), 1e-15);
    expectClose(vmap(grad(loop))(numbers), oneByOne(grad(loop), numbers), 1e-15);
    expectClose(grad((x: Tensor) => vmap(loop)(x).sum())(numbers), oneByOne(grad(loop), numbers), 1e-15);
    expectClose(vmap(hessian(loop))(numbers), oneByOne(hessian(loop), numbers), 1e-14);
    const pushed = (x: Tensor) => jvp(loop)(x, x).tangent;
    expectClose(vmap(pushed)(numbers), oneByOne(pushed, numbers), 1e-15);
  });

  test("branches, whether the condition is stacked or not", () => {
    const branch = (x: Tensor) =>
      cond(
        greater(x.sum(), 5),
        (y) => y.mul(y),
        (y) => y.neg(),
        x,
      );
    expectClose(vmap(branch)(rows), oneByOne(branch, rows), 1e-15);
    expectClose(vmap(jacobian(branch))(rows), oneByOne(jacobian(branch), rows), 1e-15);
    const shared = (x: Tensor, c: Tensor) =>
      cond(
        c,
        (y) => y.mul(y),
        (y) => y.neg(),
        x,
      );
    expect(vmap(shared, { axes: [0, null] })(rows, tensor(true)).toArray()).toEqual(rows.mul(rows).toArray());
  });

  test("random keys: each example draws its own values", () => {
    const keys = splitKey(randomKey(1), 3);
    const drawn = vmap((key: Tensor) => normal(key, [2]))(stack(keys));
    expect(drawn.toArray()).toEqual(keys.map((key) => normal(key, [2]).toArray()));
    const split = vmap((key: Tensor) => stack(splitKey(key, 2)))(stack(keys));
    expect(split.toArray()).toEqual(keys.map((key) => stack(splitKey(key, 2)).toArray()));
  });

  test("captured values of functions around it", () => {
    const g = grad((k: Tensor) => vmap((row: Tensor) => matmul(row, row).mul(k))(rows).sum());
    expect(g(tensor(2)).item()).toBe(5 + 25 + 61);
    const nested = grad((k: Tensor) =>
      vmap(grad((row: Tensor) => where(true, row.mul(row).mul(k), 0).sum()))(rows).sum(),
    );
    expect(nested(tensor(2)).item()).toBe(2 * 21);
  });
});
