import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { exp, type Tensor, tensor } from "../tensor/index.ts";
import { customJvp, customVjp } from "./custom.ts";
import { grad } from "./gradient.ts";
import { hessian, jacobian } from "./jacobian.ts";
import { jvp, vjp } from "./products.ts";
import { trace } from "./trace.ts";
import { vmap } from "./vmap.ts";

// A rule that is wrong on purpose shows who used it: ten times the derivative.
const byJvp = customJvp(
  (x: Tensor) => exp(x),
  (x, v) => exp(x).mul(v).mul(10),
);
const byVjp = customVjp(
  (x: Tensor) => exp(x),
  (x) => ({ value: exp(x), pullback: (g: Tensor) => exp(x).mul(g).mul(10) }),
);
const rows = tensor([
  [0, 1],
  [2, 3],
]);

describe.each([
  ["customJvp", byJvp],
  ["customVjp", byVjp],
])("%s", (_, f) => {
  const scalar = (x: Tensor) => f(x).sum();
  const x = tensor([0.5, 1]);
  const tenTimes = exp(x).mul(10);

  test("leaves values alone", () => {
    expectClose(f(x), exp(x), 0);
    expectClose(trace(f)(x), exp(x), 0);
  });

  test("gives both modes by one rule", () => {
    expectClose(grad(scalar)(x), tenTimes, 1e-15);
    expectClose(vjp(f)(x).pullback(x), tenTimes.mul(x), 1e-15);
    expectClose(jvp(f)(x, x).tangent, tenTimes.mul(x), 1e-15);
    expectClose(jacobian(f, { mode: "forward" })(x), jacobian(f, { mode: "reverse" })(x), 0);
  });

  test("second derivatives differentiate the rule", () => {
    expectClose(
      hessian(scalar)(x),
      [
        [tenTimes.at(0).item(), 0],
        [0, tenTimes.at(1).item()],
      ],
      1e-15,
    );
    expectClose(grad((y: Tensor) => grad(scalar)(y).sum())(x), tenTimes, 1e-15);
    expectClose(jvp((y: Tensor) => jvp(f)(y, y).tangent)(x, x).tangent, tenTimes.mul(x.mul(x).add(x)), 1e-14);
  });

  test("inside vmap, in any order with grad", () => {
    const expected = exp(rows).mul(10);
    expectClose(vmap(grad(scalar))(rows), expected, 1e-15);
    expectClose(grad((y: Tensor) => vmap(scalar)(y).sum())(rows), expected, 1e-15);
    expectClose(jvp(vmap(f))(rows, rows).tangent, expected.mul(rows), 1e-15);
    expectClose(vmap(hessian(scalar))(rows).sum(2), expected, 1e-15);
    expectClose(vmap(vmap((y: Tensor) => f(y).mul(1)))(rows), exp(rows), 1e-15);
  });

  test("inside another derivative that is taken by something else", () => {
    const outer = grad((k: Tensor) => grad(scalar)(x).mul(k).sum());
    expectClose(outer(tensor(1)), tenTimes.sum(), 1e-15);
  });
});

describe("trees and plain arithmetic", () => {
  test("of customJvp", () => {
    const f = customJvp(
      ({ a, b }: { a: number; b: number }) => [a * b, a],
      ({ a, b }, v) => [a * v.b + b * v.a, v.a],
    );
    expect(jacobian(([p, q]: [number, number]) => f({ a: p, b: q }))([2, 3])).toEqual([
      [3, 2],
      [1, 0],
    ]);
  });

  test("of customVjp", () => {
    const f = customVjp(
      (x: readonly [Tensor, Tensor]) => x[0].mul(x[1]),
      (x) => ({
        value: x[0].mul(x[1]),
        pullback: (g: Tensor): readonly [Tensor, Tensor] => [g.mul(x[1]), g.mul(x[0])],
      }),
    );
    const g = grad((p: { a: Tensor; b: Tensor }) => f([p.a, p.b]))({ a: tensor(2), b: tensor(3) });
    expect([g.a.item(), g.b.item()]).toEqual([3, 2]);
  });
});

describe("what is refused", () => {
  test("captured values that are being differentiated", () => {
    const f = (k: Tensor) =>
      customJvp(
        (x: Tensor) => x.mul(k),
        (_, v) => v.mul(k),
      )(tensor(2));
    expect(() => grad(f)(tensor(3))).toThrow(
      "customJvp: the function captures a value that is being differentiated",
    );
    expect(f(tensor(3)).item()).toBe(6);
  });

  test("rules that return another structure or shape", () => {
    const x = tensor([1, 2]);
    const short = customJvp(
      (y: Tensor) => y.mul(2),
      (_, v) => v.sum(),
    );
    expect(() => jvp(short)(x, x)).toThrow(
      "customJvp: leaf 0 of the rule's result must have the type float64 [2]; got float64 []",
    );
    const listed = customVjp(
      (y: Tensor): Tensor => y.mul(2),
      (y) => ({ value: y, pullback: (g: Tensor) => [g] as unknown as Tensor }),
    );
    expect(() => grad((y: Tensor) => listed(y).sum())(x)).toThrow("must return the structure *; got [*]");
  });
});
