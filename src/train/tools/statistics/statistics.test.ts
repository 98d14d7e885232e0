/**
 * Values of SciPy 1.17 (`stats.anderson`, `skew`, `kurtosis`, `chi2.sf`); elsewhere identities, and frequencies over seeded draws within three
 * standard errors.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillNormal, fillUniform, seedKey } from "../../../core/random/index.ts";
import { fold } from "../../../core/random/key.ts";
import { andersonDarling } from "./anderson-darling.ts";
import { chiSquareTail } from "./chi-square.ts";
import { drawBatch } from "./draws.ts";
import { histogramOf } from "./histogram.ts";
import { slopeOf } from "./line.ts";
import { momentsOf } from "./moments.ts";

// Conover (1980), Practical Nonparametric Statistics: the last two digits of fifty telephone numbers, sorted.
const telephone = Float64Array.of(
  ...[23, 23, 24, 27, 29, 31, 32, 33, 33, 35, 36, 37, 40, 42, 43, 43, 44, 45, 45, 48, 54, 54, 56, 57, 57],
  ...[58, 58, 58, 58, 59, 61, 61, 62, 63, 64, 65, 66, 68, 68, 70, 73, 73, 74, 75, 77, 81, 87, 89, 93, 97],
);

describe("momentsOf", () => {
  test("SciPy's values", () => {
    const { variance, skewness, kurtosis } = momentsOf(telephone);
    expect(variance).toBeCloseTo(354.9796, 10);
    expect(skewness).toBeCloseTo(0.16031952539378305, 12);
    expect(kurtosis).toBeCloseTo(-0.6745465736862841, 12);
  });

  test("a coin has the flattest distribution there is, and a constant none", () => {
    expect(momentsOf(Float64Array.of(1, -1, 1, -1))).toEqual({
      mean: 0,
      variance: 1,
      skewness: 0,
      kurtosis: -2,
    });
    expect(momentsOf(Float64Array.of(3, 3))).toEqual({ mean: 3, variance: 0, skewness: 0, kurtosis: 0 });
  });
});

describe("andersonDarling", () => {
  test("SciPy's statistic", () => {
    expect(andersonDarling(telephone).statistic).toBeCloseTo(0.3522351451668726, 10);
  });

  test("rejects one in twenty normal samples at p < 0.05", () => {
    const trials = 1000;
    const rejected = Array.from({ length: trials }, (_, i) =>
      andersonDarling(fillNormal(fold(seedKey(5), i), new Float64Array(60))),
    ).filter(({ p }) => p < 0.05).length;
    expect(Math.abs(rejected / trials - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / trials));
  });

  test("rejects what is exponential, and knows nothing of a constant", () => {
    const exponential = fillUniform(seedKey(1), new Float64Array(200)).map((u) => -Math.log1p(-u));
    expect(andersonDarling(exponential).p).toBeLessThan(1e-9);
    expect(andersonDarling(new Float64Array(10).fill(2)).p).toBeNaN();
    // Nearly all at one place: the statistic is far beyond what the fit of its distribution was made for.
    const extreme = new Float64Array(100_000);
    extreme[0] = 1;
    expect(andersonDarling(extreme).p).toBeLessThan(1e-100);
  });
});

test.each([
  [3.84, 1, 0.05004352124870519],
  [0.1, 1, 0.7518296340458492],
  [10, 2.5, 0.011608037147876572],
  [30, 20.3, 0.07605120238801352],
  [200, 150, 0.003973185970821635],
  [0.001, 0.7, 0.921543000621906],
  [1000, 900, 0.010994608942135844],
  [50, 5, 1.3857973367009573e-9],
])("the tail of χ² beyond %f with %f degrees of freedom is SciPy's %f", (x, freedom, p) => {
  // The front factor is the exponential of a difference of numbers of the size of x.
  expect(Math.abs(chiSquareTail(x, freedom) / p - 1)).toBeLessThan(1e-12 * Math.max(1, x));
});

test("the tail of χ² with two degrees of freedom is exponential", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 600, noNaN: true }), (x) => {
      expect(Math.abs(chiSquareTail(x, 2) / Math.exp(-x / 2) - 1)).toBeLessThan(1e-12 * Math.max(1, x));
    }),
  );
  expect(chiSquareTail(0, 3)).toBe(1);
  expect(chiSquareTail(Number.NaN, 3)).toBeNaN();
});

describe("drawBatch", () => {
  test("without replacement every example is drawn at most once, and all of them where all are wanted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (count, size, batch) => {
        const drawn = drawBatch(seedKey(3), batch, { size: (size % count) + 1, count, replacement: false });
        expect(new Set(drawn).size).toBe((size % count) + 1);
        expect(drawn.every((row) => row >= 0 && row < count)).toBe(true);
      }),
    );
  });

  test.each([true, false])("every example is as likely as any other (replacement %s)", (replacement) => {
    const [count, size, batches] = [10, 4, 4000];
    const drawn = new Array<number>(count).fill(0);
    for (let batch = 0; batch < batches; batch++)
      for (const row of drawBatch(seedKey(9), batch, { size, count, replacement }))
        drawn[row] = (drawn[row] ?? 0) + 1;
    const mean = (size * batches) / count;
    const statistic = drawn.reduce((sum, times) => sum + (times - mean) ** 2 / mean, 0);
    // Draws without replacement spread less than χ² has it.
    expect(chiSquareTail(statistic, count - 1)).toBeGreaterThan(0.001);
  });
});

test("a histogram counts everything, and expects as much", () => {
  const values = fillNormal(seedKey(2), new Float64Array(5000));
  const { edges, counts, expected } = histogramOf(values, 20);
  expect([edges.length, edges[0], edges.at(-1)]).toEqual([21, -4, 4]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(5000);
  expect(expected.reduce((sum, count) => sum + count)).toBeCloseTo(5000, 8);
  const statistic = counts.reduce(
    (sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 1),
    0,
  );
  expect(chiSquareTail(statistic, 19)).toBeGreaterThan(0.001);
  expect(histogramOf(Float64Array.of(-9, 9, 4), 2).counts).toEqual([1, 2]);
});

test("the slope of points on a line is the line's, and its error that of the two ends", () => {
  const points = [
    { x: 0, y: 1, error: 0.1 },
    { x: 2, y: 5, error: 0.1 },
  ];
  const { slope, error } = slopeOf(points);
  expect(slope).toBeCloseTo(2, 12);
  expect(error).toBeCloseTo(Math.hypot(0.1, 0.1) / 2, 12);
  expect(slopeOf(points.slice(1)).slope).toBeNaN();
});
