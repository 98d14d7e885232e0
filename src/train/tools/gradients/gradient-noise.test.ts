/**
 * Against mathematics: gradients of linear least squares written out, closed forms of small populations, and what intervals promise. Draws are
 * seeded; tolerances are standard errors.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { type Tensor, tensor } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { gradientNoise } from "./gradient-noise.ts";

type Line = { readonly w: Tensor; readonly b: Tensor };
const squared = ({ w, b }: Line, x: Tensor, y: Tensor): Tensor => x.matmul(w).add(b).sub(y).square().mean();

/** ∇ of (w·x + b − y)² of one example: 2 (w·x + b − y) (x, 1). */
const gradientOf = (w: readonly number[], b: number, x: readonly number[], y: number): number[] => {
  const error = 2 * (x.reduce((sum, xj, j) => sum + xj * at(w, j), b) - y);
  return [...x, 1].map((xj) => error * xj);
};

const number = fc.double({ min: -3, max: 3, noNaN: true });
const problem = fc
  .record({ n: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) =>
    fc.record({
      x: fc.array(fc.array(number, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
      y: fc.array(number, { minLength: n, maxLength: n }),
      w: fc.array(number, { minLength: d, maxLength: d }),
      b: number,
    }),
  );

describe("gradientNoise", () => {
  test("σ² and ‖g‖ are those of the gradients of single examples", () => {
    fc.assert(
      fc.property(problem, ({ x, y, w, b }) => {
        const gradients = x.map((row, i) => gradientOf(w, b, row, at(y, i)));
        const mean = at(gradients, 0).map(
          (_, j) => gradients.reduce((sum, g) => sum + at(g, j), 0) / x.length,
        );
        const variance =
          gradients.reduce((sum, g) => sum + g.reduce((s, gj, j) => s + (gj - at(mean, j)) ** 2, 0), 0) /
          x.length;
        const noise = gradientNoise(
          squared,
          { w: tensor(w), b: tensor(b) },
          { inputs: tensor(x), targets: tensor(y) },
          { sizes: [1], repeats: 2 },
        );
        expect([noise.examples, noise.parameters]).toEqual([x.length, w.length + 1]);
        expect(noise.gradientNorm).toBeCloseTo(Math.hypot(...mean), 9);
        expect(noise.variance).toBeCloseTo(variance, 8);
      }),
      { numRuns: 40 },
    );
  });

  // gᵢ = ±2 for w = 0, x = 1, y = ∓1: g = 0 and σ² = 4.
  const coin = { inputs: tensor([[1], [1], [1], [1]]), targets: tensor([1, -1, 1, -1]) };
  const mean = (w: Tensor, x: Tensor, y: Tensor): Tensor => x.matmul(w).sub(y).square().mean();

  test("σ/√m with replacement: a coin", () => {
    const noise = gradientNoise(mean, tensor([0]), coin, { sizes: [1, 2, 8, 32], repeats: 2000, seed: 4 });
    expect(noise.variance).toBeCloseTo(4, 12);
    for (const { size, standardError, expected, agrees } of noise.sizes) {
      expect(expected).toBeCloseTo(2 / Math.sqrt(size), 12);
      // The square of a mean of m coins has a kurtosis of at most 3: its mean is known to √(2/2000), its root to half of that.
      expect(Math.abs(standardError / expected - 1)).toBeLessThan(3 * Math.sqrt(2 / 2000) * 0.5);
      expect(agrees).toBe(true);
    }
    expect(Math.abs(noise.slope + 0.5)).toBeLessThan(3 * noise.slopeError);
    expect(noise.noiseScale).toBe(Number.POSITIVE_INFINITY);
  });

  test("without replacement (n − m)/(n − 1) of it: the six pairs of the four coins", () => {
    const noise = gradientNoise(mean, tensor([0]), coin, {
      sizes: [2, 4],
      repeats: 3000,
      replacement: false,
    });
    const [pairs, all] = noise.sizes;
    // Two of six pairs are alike and lie 2 from the mean: E = 4/3 = σ²/2 · (4 − 2)/(4 − 1).
    expect(pairs?.expected).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(Math.abs((pairs?.standardError ?? 0) ** 2 - 4 / 3)).toBeLessThan(3 * Math.sqrt(32 / 9 / 3000));
    expect([all?.standardError, all?.expected, all?.agrees]).toEqual([0, 0, true]);
  });

  test("its intervals hold the truth about as often as they say", () => {
    const inputs = normal(randomKey(1), [60, 3]);
    const targets = normal(randomKey(2), [60]);
    const parameters = { w: tensor([1, 0, -1]), b: tensor(0.5) };
    const runs = Array.from({ length: 60 }, (_, seed) =>
      gradientNoise(
        squared,
        parameters,
        { inputs, targets },
        { sizes: [2, 8], repeats: 60, seed, confidence: 0.8 },
      ),
    );
    const held = runs.flatMap(({ sizes }) => sizes).filter(({ agrees }) => agrees).length;
    // Variances of samples are estimates too, which costs a little.
    expect(Math.abs(held / 120 - 0.8)).toBeLessThan(3 * Math.sqrt((0.8 * 0.2) / 120) + 0.02);
    const slopes = runs.filter(({ slope, slopeError }) => Math.abs(slope + 0.5) < 2 * slopeError).length;
    expect(slopes / 60).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / 60));
  });

  test("parameters of float32 and a batch larger than a part of the examples", () => {
    const inputs = normal(randomKey(3), [700, 4], { dtype: "float32" });
    const targets = normal(randomKey(4), [700], { dtype: "float32" });
    const parameters = { w: tensor(Float32Array.of(1, 0, 0, 1)), b: tensor(0, "float32") };
    const noise = gradientNoise(squared, parameters, { inputs, targets }, { sizes: [1, 600], seed: 1 });
    for (const { agrees } of noise.sizes) expect(agrees).toBe(true);
  });

  test("the same seed gives the same, another seed not", () => {
    const run = (seed: number): number =>
      gradientNoise(mean, tensor([0.3]), coin, { sizes: [3], repeats: 20, seed }).sizes[0]?.standardError ??
      0;
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  test("a table", () => {
    const text = String(gradientNoise(mean, tensor([0.5]), coin, { sizes: [1, 4], repeats: 50 }));
    expect(text.split("\n").length).toBe(6);
    expect(text).toContain("m  measured");
    expect(text).toContain("slope");
  });

  test.each([
    [{ sizes: [0] }, /gradientNoise\(\{ sizes \}\).*\[0\]/],
    [{ sizes: [5], replacement: false }, /from 1 to the 4 examples there are, unless/],
    [{ repeats: 1 }, /gradientNoise\(\{ repeats \}\).*\[2, ∞\); got 1/],
    [{ confidence: 1 }, /confidence.*\(0, 1\); got 1/],
    [{ size: 4 }, /unknown option "size"/],
  ])("refuses %o", (options, message) => {
    expect(() => Reflect.apply(gradientNoise, undefined, [mean, tensor([0]), coin, options])).toThrow(
      message,
    );
  });

  test("refuses what is no examples, and parameters that are no tensors", () => {
    const bare: unknown[] = [tensor([[1]]), { inputs: [[1]], targets: [1] }, undefined];
    for (const examples of bare)
      expect(() => Reflect.apply(gradientNoise, undefined, [mean, tensor([0]), examples])).toThrow(
        /examples are \{ inputs, targets \}/,
      );
    const { inputs } = coin;
    expect(() => gradientNoise(mean, tensor([0]), { inputs, targets: tensor([1]) })).toThrow(
      /\[4, 1\] and \[1\]/,
    );
    expect(() => gradientNoise(() => tensor(0), { w: 1 }, coin)).toThrow(/tree of tensors/);
    expect(() => gradientNoise(mean, tensor([1, 2], "int32"), coin)).toThrow(/float32 or float64/);
    expect(() => Reflect.apply(gradientNoise, undefined, [3, tensor([0]), coin])).toThrow(
      /the loss of a batch/,
    );
  });
});
