/** Everything composes with everything: the cases that break careless implementations, and random ones. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { greater, less, matmul, sin, stack, sum, type Tensor, tanh, tensor } from "../tensor/index.ts";
import { cond, scan, whileLoop } from "./control.ts";
import { customJvp, customVjp } from "./custom.ts";
import { extrapolatedDifference } from "./differences.ts";
import { grad, valueAndGrad } from "./gradient.ts";
import { hessian, jacobian } from "./jacobian.ts";
import { directionalDerivative, hvp, jvp, vjp } from "./products.ts";
import { taylor } from "./taylor.ts";
import { trace } from "./trace.ts";
import { vmap } from "./vmap.ts";

const one = tensor(1);
type Scalar = (x: Tensor) => Tensor;

/** Every way to take the derivative of a function of one scalar. */
const derivatives: Readonly<Record<string, (f: Scalar) => Scalar>> = {
  grad: (f) => grad(f),
  valueAndGrad: (f) => (x) => valueAndGrad(f)(x).grad,
  jvp: (f) => (x) => jvp(f)(x, one).tangent,
  vjp: (f) => (x) => vjp(f)(x).pullback(one),
  "jacobian forward": (f) => jacobian(f, { mode: "forward" }),
  "jacobian reverse": (f) => jacobian(f, { mode: "reverse" }),
  directional: (f) => (x) => directionalDerivative(f)(x, one),
  "vmap grad": (f) => (x) => vmap(grad(f))(x.reshape([1])).at(0),
  "grad vmap": (f) => (x) => grad((y: Tensor) => vmap(f)(y).sum())(x.reshape([1])).at(0),
  "traced grad": (f) => trace(grad(f)),
  taylor: (f) => (x) => taylor(f, x, 1)[1] ?? x,
};
const names = Object.keys(derivatives);
const pairs = names.flatMap((outer) => names.map((inner): [string, string] => [outer, inner]));
const by = (name: string): ((f: Scalar) => Scalar) => derivatives[name] ?? (() => (x) => x);

describe("perturbation confusion (Siskind and Pearlmutter 2005; Manzyuk et al. 2019)", () => {
  test.each(pairs)("%s of %s", (outer, inner) => {
    const [D, d] = [by(outer), by(inner)];
    // d/dx (x · d/dy (x + y)) = 1, not 2.
    expect(D((x) => x.mul(d((y) => x.add(y))(one)))(one).item()).toBe(1);
    // d/dx (x · d/dy (x y) at 2) = 2x.
    expect(D((x) => x.mul(d((y) => x.mul(y))(tensor(2))))(tensor(3)).item()).toBe(6);
    // d/dx (x · d/dy (x y) at x) = 2x, and d/dx (d/dy (x² y³) at x) = d/dx 3x⁴.
    expect(D((x) => x.mul(d((y) => x.mul(y))(x)))(tensor(3)).item()).toBe(6);
    expect(D((x) => d((y) => x.mul(x).mul(y.pow(3)))(x))(tensor(2)).item()).toBe(96);
    // The inner function ignores its own argument, or the outer one.
    expect(D((x) => d(() => x.mul(x))(one).add(x))(one).item()).toBe(1);
    expect(D((x) => d((y) => y.mul(y))(one).add(x))(one).item()).toBe(1);
  });

  test("a derivative that leaves its function: (d/dx (y ↦ f(x + y)))(0) applied twice", () => {
    // Manzyuk et al., section 4: D(D s h)(u), with s shifting a function, is h''(u).
    const shifted =
      (x: Tensor): Scalar =>
      (y) =>
        x.add(y).pow(4);
    const inner = (x: Tensor): Scalar => grad(shifted(x));
    expect(grad((x: Tensor) => inner(x)(tensor(0)))(tensor(2)).item()).toBe(48);
  });

  test("three levels deep", () => {
    // d/dx d/dy d/dz (x y z)² at (1, 2, 3): 8xyz.
    const f = grad((x: Tensor) =>
      grad((y: Tensor) => grad((z: Tensor) => x.mul(y).mul(z).square())(tensor(3)))(tensor(2)),
    );
    expect(f(one).item()).toBe(48);
  });

  test("in plain arithmetic: inner functions are walked with the outer one", () => {
    const f = (x: number): number => {
      const g = (y: number): number => x * y * y;
      return g(x) + g(2);
    };
    expect(grad(f)(3)).toBe(27 + 4);
    expect(grad(grad(f))(3)).toBe(18);
    expect(grad(grad(grad((x: number) => x ** 5)))(2)).toBe(240);
  });
});

describe("second derivatives in every pairing", () => {
  const functions: Readonly<Record<string, Scalar>> = {
    smooth: (x) => sin(x.mul(x)).exp(),
    power: (x) => x.pow(x),
    scan: (x) => scan((c: Tensor, k: Tensor) => [c.mul(x).add(k).sin(), []], x, tensor([1, 2, 3]))[0],
    loop: (x) =>
      whileLoop(
        (c) => less(c, 20),
        (c) => c.mul(c).add(x),
        x.add(1.5),
      ),
    branch: (x) =>
      cond(
        greater(x, 0),
        (y) => y.mul(x).sin(),
        (y) => y.exp(),
        x,
      ),
    jvpRule: (x) =>
      customJvp(
        (y: Tensor) => y.sin(),
        (y, v) => y.cos().mul(v),
      )(x.mul(2)),
    vjpRule: (x) =>
      customVjp(
        (y: Tensor) => y.sin(),
        (y) => ({ value: y.sin(), pullback: (g: Tensor) => y.cos().mul(g) }),
      )(x.mul(2)),
    matrix: (x) => {
      const A = stack([stack([x, x.exp()]), stack([x.cos(), x.mul(x)])]);
      return sum(matmul(A, tanh(A)));
    },
  };

  test.each(Object.entries(functions))("%s", (_, f) => {
    const at = 0.7;
    const first = (x: number): number => grad(f)(tensor(x)).item();
    const { estimate, error } = extrapolatedDifference((t) => Float64Array.of(first(at + t)), 0, true);
    const expected = estimate[0] ?? Number.NaN;
    expect(error[0]).toBeLessThan(1e-8 * Math.abs(expected));
    expectClose(hessian(f)(tensor(at)), expected, 1e-8);
    expectClose(hvp(f)(tensor(at), one), expected, 1e-8);
    const exact = hessian(f)(tensor(at));
    for (const [outer, inner] of pairs) {
      const second = by(outer)(by(inner)(f))(tensor(at));
      expect(Math.abs(second.item() / exact.item() - 1), `${outer} of ${inner}`).toBeLessThan(1e-13);
    }
  });
});

test("random compositions agree with finite differences", () => {
  type Build = (x: Tensor) => Tensor;
  const steps: readonly ((f: Build) => Build)[] = [
    (f) => (x) => f(x).sin(),
    (f) => (x) => f(x).mul(x),
    (f) => (x) => f(x.tanh()),
    (f) => (x) => f(x).add(x.flip()),
    (f) => (x) => f(x).sub(x.mean()),
    (f) => (x) => x.mul(f(x).sum()).mul(0.3),
    (f) => (x) => vmap((row: Tensor) => f(row.broadcastTo([3])).sum())(x),
    (f) => (x) => grad((y: Tensor) => f(y).mul(x).sum())(x),
    (f) => (x) => jvp(f)(x, x).tangent,
    (f) => (x) => vjp(f)(x).pullback(x.mul(0.5)),
    (f) => (x) => matmul(jacobian(f)(x), x),
    (f) => (x) => trace(f)(x),
    (f) => (x) => scan((c: Tensor, row: Tensor) => [f(c).tanh().add(row), []], x, x)[0],
    (f) => (x) => cond(greater(x.at(0), 0), f, (y) => f(y).neg(), x),
    (f) => (x) =>
      whileLoop(
        ({ n }) => less(n, 2),
        ({ n, c }) => ({ n: n.add(1), c: f(c).tanh() }),
        { n: tensor(0), c: x },
      ).c,
    (f) => (x) => (taylor(f, x, 2)[2] ?? x).tanh(),
  ];
  const program = fc.array(fc.integer({ min: 0, max: steps.length - 1 }), { minLength: 1, maxLength: 3 });
  const vector = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(program, vector, vector, (program, a, b) => {
      const f = program.reduce<Build>(
        (g, i) => steps[i]?.(g) ?? g,
        (x) => x.mul(x).mul(0.5),
      );
      const [x, v] = [tensor(a), tensor(b)];
      const total = (y: Tensor): Tensor => f(y).sum();
      const { estimate, error } = extrapolatedDifference(
        (t) => Float64Array.of(total(x.add(v.mul(t))).item()),
        0,
        true,
      );
      const forward = jvp(total)(x, v).tangent.item();
      const reverse = grad(total)(x).mul(v).sum().item();
      const [expected = Number.NaN, doubt = Number.NaN] = [estimate[0], error[0]];
      const allowed = 1e-9 * Math.max(1, Math.abs(expected)) + 10 * doubt;
      expect(Math.abs(forward - expected)).toBeLessThanOrEqual(allowed);
      expect(Math.abs(forward - reverse)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(forward)));
    }),
    { seed: 2024, numRuns: 150 },
  );
});
