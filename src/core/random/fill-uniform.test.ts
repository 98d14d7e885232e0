/** Uniform numbers. Bounds on statistics are passed with probability 1 - 1e-6. */
import { describe, expect, test } from "vitest";
import { fillBits } from "./fill-bits.ts";
import { fillUniform } from "./fill-uniform.ts";
import { seedKey } from "./key.ts";

const N = 100_000;

/** Kolmogorov and Smirnov's distance to the uniform distribution on [0, 1], times √n. */
function kolmogorovSmirnov(sample: readonly number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const gaps = sorted.map((value, i) => Math.max(value - i / sorted.length, (i + 1) / sorted.length - value));
  return gaps.reduce((largest, gap) => Math.max(largest, gap), 0) * Math.sqrt(sorted.length);
}

describe.each([
  ["float64", () => new Float64Array(N)],
  ["float32", () => new Float32Array(N)],
])("fillUniform, %s", (_, allocate) => {
  const sample: readonly number[] = [...fillUniform(seedKey(11), allocate())];

  test("lies in [0, 1)", () => {
    expect(sample.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test("has mean 1/2 and variance 1/12", () => {
    const mean = sample.reduce((sum, value) => sum + value, 0) / N;
    const variance = sample.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / N;
    // Standard deviations of the two: √(1/12n) and √(1/180n); 4.9 of them.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4.9 / Math.sqrt(12 * N));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4.9 / Math.sqrt(180 * N));
  });

  test("follows the uniform distribution", () => {
    // P(√n D > 2.70) ≈ 2 exp(-2 · 2.7²) = 9e-7.
    expect(kolmogorovSmirnov(sample)).toBeLessThan(2.7);
  });

  test("does not correlate with its successor", () => {
    const products = sample
      .slice(1)
      .reduce((sum, value, i) => sum + (value - 0.5) * ((sample[i] ?? 0) - 0.5), 0);
    expect(Math.abs(products)).toBeLessThan((4.9 * Math.sqrt(N)) / 12);
  });

  test("begins a longer array with the shorter one", () => {
    expect([...fillUniform(seedKey(11), allocate().slice(0, 33))]).toEqual(sample.slice(0, 33));
  });
});

describe("fillUniform", () => {
  test("uses 53 bits of a block for a double, 24 bits of a word for a float32", () => {
    const words = fillBits([1, 2], new Uint32Array(8));
    const doubles = fillUniform([1, 2], new Float64Array(4));
    const singles = fillUniform([1, 2], new Float32Array(8));
    doubles.forEach((value, i) => {
      const bits = ((BigInt(words[2 * i] ?? 0) >> 5n) << 26n) + (BigInt(words[2 * i + 1] ?? 0) >> 6n);
      expect(value).toBe(Number(bits) / 2 ** 53);
    });
    singles.forEach((value, i) => {
      expect(value).toBe(((words[i] ?? 0) >>> 8) / 2 ** 24);
    });
  });
});
