/**
 * The error function. Expected values are mpmath's (mp.dps = 50), rounded to the nearest double; the
 * arguments are the doubles as written.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erf } from "./erf.ts";
import { erfc } from "./erfc.ts";

const VALUES: readonly (readonly [number, number])[] = [
  [5e-324, 5e-324],
  [1e-310, 1.1283791670955e-310],
  [1e-300, 1.1283791670955126e-300],
  [1e-20, 1.1283791670955125e-20],
  [1e-8, 1.1283791670955126e-8],
  [0.001, 0.0011283787909692365],
  [0.01, 0.011283415555849618],
  [0.1, 0.1124629160182849],
  [0.2, 0.22270258921047847],
  [0.24999, 0.2763157900004431],
  [0.25, 0.27632639016823696],
  [0.3, 0.3286267594591274],
  [0.4, 0.42839235504666845],
  [0.5, 0.5204998778130465],
  [0.6, 0.6038560908479259],
  [0.6875, 0.6690846628860813],
  [0.7, 0.6778011938374184],
  [0.8, 0.7421009647076605],
  [0.874999, 0.7840745363143552],
  [0.875, 0.7840750610598597],
  [0.9, 0.7969082124228322],
  [0.999, 0.8422852702064969],
  [1.0, 0.8427007929497149],
  [1.1, 0.8802050695740817],
  [1.25, 0.9229001282564583],
  [1.3, 0.9340079449406524],
  [1.5, 0.9661051464753108],
  [1.75, 0.9866716712191824],
  [2.0, 0.9953222650189527],
  [2.25, 0.9985372834133188],
  [2.5, 0.999593047982555],
  [3.0, 0.9999779095030014],
  [3.3, 0.9999969422902035],
  [3.5, 0.9999992569016276],
  [4.0, 0.9999999845827421],
  [4.5, 0.9999999998033839],
  [5.0, 0.9999999999984626],
  [5.5, 0.9999999999999927],
  [5.9, 0.9999999999999999],
  [5.999, 1.0],
];
/** |actual - expected| in units of 2⁻⁵² |expected|, which is one to two units in the last place. */
const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);

describe("erf", () => {
  test("agrees with mpmath to a unit in the last place", () => {
    for (const [x, expected] of VALUES) expect(error(erf(x), expected), `erf(${x})`).toBeLessThanOrEqual(1);
  });

  test("has exact limits", () => {
    expect(erf(6)).toBe(1);
    expect(erf(-1e300)).toBe(-1);
    expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(erf(0)).toBe(0);
    expect(erf(-0)).toBe(-0);
    expect(erf(Number.NaN)).toBeNaN();
  });

  test("is odd, to the bit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => Object.is(erf(-x), -erf(x))),
      { seed: 1 },
    );
  });

  test("adds up to 1 with erfc, to the rounding of the three", () => {
    const sizes = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(sizes, (x) => Math.abs(erf(x) + erfc(x) - 1) <= 2 * 2 ** -52),
      { seed: 1 },
    );
  });
});
