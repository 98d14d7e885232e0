/** Against mathematics: moments of populations written out, cumulants of means (κ₃ falls like 1/m², κ₄ like 1/m³), principal directions that are known. */
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { type Tensor, tensor } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { gradientNormality } from "./gradient-normality.ts";

// With w = 0 and x = 1 the gradient of an example is −2y: what is drawn has the distribution of the targets.
const squared = (w: Tensor, x: Tensor, y: Tensor): Tensor => x.matmul(w).sub(y).square().mean();
const n = 400;
const exponential = normal(randomKey(1), [n]).erfc().div(2).log().neg();
const examples = { inputs: tensor(new Float64Array(n).fill(1)).reshape([n, 1]), targets: exponential };

describe("gradientNormality", () => {
  const repeats = 20_000;
  const found = gradientNormality(squared, tensor([0]), examples, {
    sizes: [1, 4, 16, 64, 1024],
    repeats,
    directions: 0,
    seed: 3,
  });

  test("skewness falls like 1/√m and kurtosis like 1/m", () => {
    const { directions } = at(found.sizes, 0);
    const gamma = at(directions, 0).expectedSkewness;
    // Of the exponential distribution 2 and 6: the sample of 400 is near it.
    expect(Math.abs(gamma)).toBeGreaterThan(1.3);
    for (const { size, directions: along } of found.sizes)
      for (const one of along) {
        expect(Math.abs(one.expectedSkewness)).toBeCloseTo(Math.abs(gamma) / Math.sqrt(size), 12);
        // Standard errors are larger than for a normal distribution where tails are heavy: by the kurtosis that is left.
        const heavier = 1 + 3 * Math.abs(one.expectedKurtosis);
        expect(Math.abs(one.skewness - one.expectedSkewness)).toBeLessThan(
          4 * heavier * found.errors.skewness,
        );
        expect(Math.abs(one.kurtosis - one.expectedKurtosis)).toBeLessThan(
          4 * heavier ** 2 * found.errors.kurtosis,
        );
      }
  });

  test("single examples are not normal, large batches are", () => {
    expect(at(at(found.sizes, 0).directions, 0).normality.p).toBeLessThan(1e-6);
    expect(at(at(found.sizes, 4).directions, 0).normality.p).toBeGreaterThan(0.001);
  });

  test("histograms count every batch, and have what to compare it with", () => {
    for (const { directions } of found.sizes)
      for (const { histogram } of directions) {
        expect(histogram.counts.reduce((sum, count) => sum + count)).toBe(repeats);
        expect(histogram.expected.length).toBe(32);
      }
  });

  test("the principal direction is that of the largest variance", () => {
    // Noise of the first weight is ten times that of the second: skewness along it is the first's.
    const inputs = normal(randomKey(4), [300, 2]).mul(tensor([10, 1]));
    const targets = normal(randomKey(5), [300]).exp();
    const data = { inputs, targets };
    const { sizes } = gradientNormality(squared, tensor([0, 0]), data, { sizes: [1], repeats: 8 });
    const principal = sizes[0]?.directions.find(({ direction }) => direction === "principal");
    const first = tensor(inputs.toTypedArray()).reshape([300, 2]).transpose().at(0);
    const slopes = Array.from(first.mul(targets).toTypedArray());
    const mean = slopes.reduce((sum, s) => sum + s, 0) / 300;
    const moment = (k: number): number => slopes.reduce((sum, s) => sum + (s - mean) ** k, 0) / 300;
    const gamma = Math.abs(moment(3) / moment(2) ** 1.5);
    expect(Math.abs(Math.abs(principal?.expectedSkewness ?? 0) / gamma - 1)).toBeLessThan(0.1);
  });

  test("directions: gradient, principal, and as many random ones as are asked for; none where nothing varies", () => {
    const names = (examples_: typeof examples, directions: number): string[] =>
      gradientNormality(squared, tensor([0]), examples_, { sizes: [2], repeats: 8, directions })
        .sizes.flatMap((one) => one.directions)
        .map(({ direction }) => direction);
    expect(names(examples, 3)).toEqual(["gradient", "principal", "random 1", "random 2", "random 3"]);
    const same = { inputs: tensor([[1], [1]]), targets: tensor([1, 1]) };
    expect(names(same, 1)).toEqual([]);
  });

  test("a table", () => {
    const text = String(gradientNormality(squared, tensor([0]), examples, { sizes: [1, 16], repeats: 50 }));
    expect(text.split("\n").length).toBe(11);
    expect(text).toContain("γ₁/√m");
  });

  test("refuses options out of range", () => {
    expect(() => gradientNormality(squared, tensor([0]), examples, { bins: 1 })).toThrow(
      /\[2, 1000\]; got 1/,
    );
    expect(() => gradientNormality(squared, tensor([0]), examples, { repeats: 7 })).toThrow(/\[8, ∞\)/);
  });
});
