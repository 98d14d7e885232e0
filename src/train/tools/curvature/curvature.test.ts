/** Quadratics ½xᵀAx, whose gradient Ax and Hessian A are known, and least squares, whose Hessian is 2XᵀX/n. */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { grad } from "../../../autodiff/gradient.ts";
import { at } from "../../../core/exactly.ts";
import { linearDecay } from "../../../first-order/schedules/index.ts";
import { type Tensor, tensor, zeros } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { conditioningMonitor } from "./conditioning-monitor.ts";
import { curvatureAlongGradient } from "./curvature-along-gradient.ts";
import { largestCurvature } from "./largest-curvature.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

const nothing = { inputs: zeros([1]), targets: zeros([1]) };
const bowl =
  (eigenvalues: readonly number[]) =>
  (x: Tensor): Tensor =>
    x.mul(x).mul(tensor(eigenvalues)).sum().mul(0.5);
const valley = bowl([1, 100]);

describe("curvatureAlongGradient", () => {
  const element = fc.double({ min: -4, max: 4, noNaN: true });
  const point = fc.record({
    eigenvalues: fc.array(element, { minLength: 3, maxLength: 3 }),
    x: fc.array(element, { minLength: 3, maxLength: 3 }),
    rate: fc.double({ min: 1e-3, max: 2, noNaN: true }),
  });

  test("the two terms of eq. 8.10 are what the loss changes by, exactly for a quadratic", () => {
    fc.assert(
      fc.property(point, ({ eigenvalues, x, rate }) => {
        const loss = bowl(eigenvalues);
        const found = curvatureAlongGradient(loss, tensor(x), nothing, rate);
        const gradient = x.map((xi, i) => at(eigenvalues, i) * xi);
        const sum = (f: (g: number, lambda: number) => number): number =>
          gradient.reduce((total, g, i) => total + f(g, at(eigenvalues, i)), 0);
        expect(found.squaredNorm).toBeCloseTo(
          sum((g) => g * g),
          9,
        );
        expect(found.curvature).toBeCloseTo(
          sum((g, lambda) => lambda * g * g),
          8,
        );
        const moved = loss(tensor(x.map((xi, i) => xi - rate * at(gradient, i)))).item();
        expect(found.predictedChange).toBeCloseTo(moved - found.loss, 7);
        expect(found.cost - found.gain).toBe(found.predictedChange);
      }),
      { numRuns: 50 },
    );
  });

  test("at the largest rate nothing changes, and half of it is best", () => {
    const x = tensor([1, 0.02]);
    const { largestRate, bestRate, rayleighQuotient } = curvatureAlongGradient(valley, x, nothing, 0.1);
    const lossAt = (rate: number): number => valley(x.sub(grad(valley)(x).mul(rate))).item();
    expect(lossAt(largestRate)).toBeCloseTo(valley(x).item(), 12);
    expect(lossAt(bestRate)).toBeLessThan(Math.min(lossAt(0.99 * bestRate), lossAt(1.01 * bestRate)));
    expect(bestRate).toBeCloseTo(1 / rayleighQuotient, 12);
    expect(curvatureAlongGradient(valley, x, nothing, largestRate).ratio).toBeCloseTo(1, 12);
  });

  test.each([
    [valley, [1, 1], 0.1, /^ill conditioned: ½ε²gᵀHg exceeds εgᵀg .* raises the loss/],
    [valley, [1, 1], 0.015, /^near the limit: the curvature takes 74.99 %/],
    [valley, [1, 1], 1e-3, /^well conditioned/],
    [bowl([-1, -2]), [1, 1], 1, /not positive/],
    [valley, [0, 0], 1, /gradient is 0/],
    [valley, [1e300, 1e300], 1, /not finite/],
  ])("its verdict (%#)", (loss, x, rate, verdict) => {
    expect(String(curvatureAlongGradient(loss, tensor(x), nothing, rate))).toMatch(verdict);
  });

  test("networks in float32: trees of parameters, and sums in float64", () => {
    type Net = { readonly a: Tensor; readonly b: Tensor };
    const loss = ({ a, b }: Net, x: Tensor, y: Tensor): Tensor =>
      x.matmul(a).tanh().matmul(b).sub(y).square().mean();
    const draw = (seed: number, shape: number[], dtype: "float32" | "float64"): Tensor =>
      normal(randomKey(seed), shape, { dtype });
    const measure = (dtype: "float32" | "float64") =>
      curvatureAlongGradient(
        loss,
        { a: draw(1, [3, 8], dtype), b: draw(2, [8, 1], dtype) },
        { inputs: draw(3, [20, 3], dtype), targets: draw(4, [20, 1], dtype) },
        0.1,
      );
    const [rough, fine] = [measure("float32"), measure("float64")];
    expect(Math.abs(rough.curvature / fine.curvature - 1)).toBeLessThan(1e-4);
    expect(Math.abs(rough.squaredNorm / fine.squaredNorm - 1)).toBeLessThan(1e-4);
  });

  test("refuses rates that are none", () => {
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => curvatureAlongGradient(valley, tensor([1, 1]), nothing, rate)).toThrow(
        `curvatureAlongGradient: the rate must be a number in (0, ∞); got ${rate}`,
      );
  });
});

describe("largestCurvature", () => {
  test("least squares: the largest eigenvalue of 2XᵀX/n, and descent is stable just below 2/λ", () => {
    const [n, d] = [40, 6];
    const x = normal(randomKey(1), [n, d]);
    const examples = { inputs: x, targets: normal(randomKey(2), [n]) };
    const loss = (w: Tensor, inputs: Tensor, targets: Tensor): Tensor =>
      inputs.matmul(w).sub(targets).square().mean();
    const hessian = Float64Array.from(
      x
        .transpose()
        .matmul(x)
        .mul(2 / n)
        .toTypedArray(),
    );
    const largest = at(symmetricEigen(hessian, d).values, d - 1);
    const found = largestCurvature(loss, zeros([d]), examples, { tolerance: 1e-8 });
    expect(found.eigenvalue).toBeCloseTo(largest, 8);
    expect(found.largestRate).toBeCloseTo(2 / largest, 8);
    expect(found.converged).toBe(true);
    // Along its direction descent shrinks below 2/λ and grows above.
    const along = (rate: number): number => Math.abs(1 - rate * found.eigenvalue);
    expect(along(0.99 * found.largestRate)).toBeLessThan(1);
    expect(along(1.01 * found.largestRate)).toBeGreaterThan(1);
    const direction = found.direction;
    expect(direction.square().sum().item()).toBeCloseTo(1, 10);
  });

  test("a saddle is told; where nothing curves upwards no rate is too large", () => {
    const saddle = largestCurvature(bowl([2, -30]), tensor([1, 1]), nothing);
    expect(saddle.eigenvalue).toBeCloseTo(2, 6);
    expect(String(saddle)).toContain("it is no bowl: vᵀHv = -30");
    const hill = largestCurvature(bowl([-1, -2]), tensor([1, 1]), nothing);
    expect(hill.largestRate).toBe(Number.POSITIVE_INFINITY);
    expect(
      String(
        largestCurvature(bowl(Array.from({ length: 50 }, (_, i) => i)), zeros([50]), nothing, { steps: 3 }),
      ),
    ).toContain("not converged");
  });

  test("trees of float32, with the direction in their structure", () => {
    const loss = ({ a, b }: { a: Tensor; b: Tensor }): Tensor =>
      a.square().sum().mul(3).add(b.square().sum());
    const start = { a: zeros([2, 2], "float32"), b: zeros([3], "float32") };
    const { eigenvalue, direction } = largestCurvature(loss, start, nothing);
    expect(eigenvalue).toBeCloseTo(6, 5);
    expect(direction.a.shape).toEqual([2, 2]);
    expect(direction.a.square().sum().item()).toBeCloseTo(1, 5);
  });

  test("refuses options out of range", () => {
    expect(() => largestCurvature(valley, tensor([1, 1]), nothing, { tolerance: 0 })).toThrow(
      /\(0, 1\); got 0/,
    );
    expect(() => Reflect.apply(largestCurvature, undefined, [valley, { a: 1 }, nothing])).toThrow(
      /tree of tensors/,
    );
  });
});

describe("conditioningMonitor", () => {
  const descend = (
    watch: (x: Tensor, batch: typeof nothing) => unknown,
    rate: number,
    steps: number,
  ): void => {
    let x = tensor([1, 1]);
    for (let step = 1; step <= steps; step++) {
      watch(x, nothing);
      x = x.sub(grad(valley)(x).mul(rate));
    }
  };

  test("looks every so many steps, from the first on", () => {
    const watch = conditioningMonitor(valley, { rate: 0.01, every: 4 });
    descend(watch, 0.01, 9);
    expect(watch.history.map(({ step }) => step)).toEqual([1, 5, 9]);
    expect(String(watch.history[0])).toContain("conditioned");
    expect(watch(tensor([1, 1]), nothing)).toBeUndefined();
  });

  test("says when it becomes ill conditioned, once until it is well again", () => {
    const onIllConditioned = vi.fn();
    const watch = conditioningMonitor(valley, { rate: 0.021, every: 1, onIllConditioned });
    const steep = tensor([0, 1]);
    const flat = tensor([1, 0]);
    for (const x of [steep, steep, flat, steep]) watch(x, nothing);
    expect(onIllConditioned.mock.calls.map(([{ step }]) => step)).toEqual([1, 4]);
  });

  test("follows a schedule of the rate", () => {
    const watch = conditioningMonitor(valley, { rate: linearDecay({ from: 0.1, steps: 2 }), every: 1 });
    descend(watch, 0.001, 3);
    expect(watch.history.map(({ rate }) => rate)).toEqual([0.1, 0.05]);
  });

  test("refuses options out of range", () => {
    expect(() => conditioningMonitor(valley, { rate: 0 })).toThrow(/conditioningMonitor\(\{ rate \}\)/);
    expect(() => conditioningMonitor(valley, { rate: 1, every: 0.5 })).toThrow(/whole number of steps.*0\.5/);
    expect(() => Reflect.apply(conditioningMonitor, undefined, [valley, { rate: 1, often: 3 }])).toThrow(
      /unknown option "often"/,
    );
  });
});
