/** Normal numbers. Bounds on statistics are passed with probability 1 - 1e-6. */
import { describe, expect, test } from "vitest";
import { erfc } from "../special/index.ts";
import { fillNormal } from "./fill-normal.ts";
import { seedKey } from "./key.ts";

const N = 100_000;

describe("fillNormal", () => {
  const sample = fillNormal(seedKey(21), new Float64Array(N));
  const moment = (power: number): number => sample.reduce((sum, value) => sum + value ** power, 0) / N;

  test("has the moments 0, 1, 0, 3", () => {
    // The k-th moment of a sample varies by E z²ᵏ - (E zᵏ)², which is 1, 2, 15, 96.
    expect(Math.abs(moment(1))).toBeLessThan(4.9 * Math.sqrt(1 / N));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4.9 * Math.sqrt(2 / N));
    expect(Math.abs(moment(3))).toBeLessThan(4.9 * Math.sqrt(15 / N));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4.9 * Math.sqrt(96 / N));
  });

  test("follows the normal distribution", () => {
    const probabilities = sample.map((z) => erfc(-z / Math.SQRT2) / 2).sort();
    const distance = probabilities.reduce(
      (largest, p, i) => Math.max(largest, p - i / N, (i + 1) / N - p),
      0,
    );
    // P(√n D > 2.70) ≈ 2 exp(-2 · 2.7²) = 9e-7.
    expect(distance * Math.sqrt(N)).toBeLessThan(2.7);
  });

  test("is finite, and the same rounded for float32", () => {
    expect(sample.every(Number.isFinite)).toBe(true);
    expect(fillNormal(seedKey(21), new Float32Array(1000))).toEqual(
      Float32Array.from(sample.subarray(0, 1000)),
    );
  });

  test("begins a longer array with the shorter one", () => {
    expect(fillNormal(seedKey(21), new Float64Array(7))).toEqual(sample.slice(0, 7));
  });

  test("gives the bits it gave before: a seed names its numbers for good", () => {
    // Recorded once from this implementation; the quantile itself is tested against mpmath.
    expect([...fillNormal(seedKey(0), new Float64Array(3))]).toEqual([
      0.4023286476836027, -0.29466822275499466, 0.01674831934233437,
    ]);
  });
});
