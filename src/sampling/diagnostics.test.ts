/** Reference numbers: NumPy 1.24.2 by the formulas of Geyer (1992) and Gelman et al. (2013), written down independently. */
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { fillNormal, seedKey } from "../core/random/index.ts";
import { type Chain, chainCovariance, chainMean } from "./chain.ts";
import { effectiveSampleSize, monteCarloStandardError, splitRHat } from "./diagnostics.ts";

const x = [0.3, 0.9, 1.4, 1.1, 0.2, -0.5, -0.4, 0.1, 0.7, 1.2, 0.8, 0, -0.6, -0.9, -0.3, 0.4];
const y = x.toReversed().map((value, k) => value * 1.5 + k * 0.05);

const chainOf = (...series: readonly (readonly number[])[]): Chain => {
  const [dimension, count] = [series.length, at(series, 0).length];
  const points = Float64Array.from({ length: count * dimension }, (_, place) =>
    at(at(series, place % dimension), Math.floor(place / dimension)),
  );
  return { points, count, dimension };
};

const expectClose = (actual: Float64Array, expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(at(actual, i)).toBeCloseTo(value, 12);
  });
};

describe("moments", () => {
  test("are those of NumPy", () => {
    const chain = chainOf(x, y);
    expectClose(chainMean(chain), [0.275, 0.7874999999999999]);
    expectClose(
      chainCovariance(chain),
      [0.48733333333333334, -0.7706666666666667, -0.7706666666666667, 1.3741666666666665],
    );
  });

  test("of too few points are NaN", () => {
    expect([...chainMean(chainOf([]))]).toEqual([Number.NaN]);
    expect([...chainCovariance(chainOf([1]))]).toEqual([Number.NaN]);
  });
});

describe("effectiveSampleSize", () => {
  test("is that of the reference", () => {
    expectClose(effectiveSampleSize(chainOf(x, y)), [6.902840280339358, 6.540122825608706]);
    expectClose(monteCarloStandardError(chainOf(x, y)), [0.26570464492239, 0.45838115280844605]);
  });

  test("of an autoregression is count·(1 − ρ)/(1 + ρ)", () => {
    const count = 40_000;
    for (const rho of [0, 0.5, 0.9]) {
      const noise = fillNormal(seedKey(12), new Float64Array(count));
      const series = new Array<number>(count).fill(0);
      for (let k = 1; k < count; k++) series[k] = rho * at(series, k - 1) + at(noise, k);
      const [size = 0] = effectiveSampleSize(chainOf(series));
      const ratio = size / ((count * (1 - rho)) / (1 + rho));
      // A sum over some 100 lags varies by √(4·100/40,000) = 10 %; three times that.
      expect(Math.abs(ratio - 1)).toBeLessThan(0.3);
    }
  });

  test("of a variable that never moved is 0, and its error unknown", () => {
    const chain = chainOf([2, 2, 2, 2, 2], [1, 2, 1, 2, 1]);
    expect(at(effectiveSampleSize(chain), 0)).toBe(0);
    expect(at(monteCarloStandardError(chain), 0)).toBeNaN();
    expect(at(effectiveSampleSize(chain), 1)).toBeGreaterThan(0);
  });
});

describe("splitRHat", () => {
  test("is that of the reference, for chains that agree and chains that do not", () => {
    const shifted = y.map((value) => value + 2);
    expectClose(splitRHat([chainOf(x), chainOf(y)]), [1.0390296971010993]);
    expectClose(splitRHat([chainOf(x), chainOf(shifted)]), [1.8138674253488367]);
  });

  test("refuses chains that cannot be compared", () => {
    expect(() => splitRHat([])).toThrow(ArgumentError);
    expect(() => splitRHat([chainOf(x), chainOf(x.slice(1))])).toThrow(/equal size.*got \[16, 15\]/);
    expect(() => splitRHat([chainOf([1, 2, 3])])).toThrow(/four points or more/);
  });
});
