/**
 * The digamma function. Expected values are mpmath's (mp.dps = 50), rounded to the nearest double; the
 * arguments are the doubles as written.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digamma } from "./digamma.ts";

const POSITIVE: readonly (readonly [number, number])[] = [
  [5e-308, -2.0000000000000002e307],
  [1e-300, -9.999999999999999e299],
  [1e-20, -1e20],
  [1e-8, -100000000.57721564],
  [0.01, -100.56088545786868],
  [0.1, -10.423754940411076],
  [0.25, -4.2274535333762655],
  [0.5, -1.9635100260214235],
  [0.75, -1.0858608797864722],
  [0.999, -0.5788618021086455],
  [1.0, -0.5772156649015329],
  [1.06, -0.4826259358148256],
  [1.1, -0.42375494041107664],
  [1.25, -0.22745353337626542],
  [1.4, -0.06138454458511624],
  [1.46, -0.0015805619870834522],
  [1.4616, -3.110625123034165e-5],
  [1.4616321449683622, -9.241265521729427e-17],
  [1.4617, 6.56593922936765e-5],
  [1.5, 0.03648997397857652],
  [1.75, 0.24747245354686118],
  [1.999, 0.4221391988923556],
  [2.0, 0.42278433509846713],
  [2.018, 0.4343281581301717],
  [2.2, 0.5442934367411452],
  [2.5, 0.7031566406452432],
  [2.99, 0.9188272688594854],
  [3.0, 0.9227843350984671],
  [3.5, 1.103156640645243],
  [4.0, 1.2561176684318005],
  [5.0, 1.5061176684318005],
  [6.5, 1.792911330399933],
  [8.0, 2.01564147795561],
  [9.99, 2.250700372831201],
  [10.0, 2.251752589066721],
  [12.0, 2.442661679975812],
  [20.0, 2.970523992242149],
  [100.0, 4.600161852738087],
  [10000.0, 9.210290371142849],
  [10000000000.0, 23.025850929890456],
  [1e17, 39.14394658089878],
  [1e100, 230.25850929940458],
  [1e300, 690.7755278982137],
];

const NEGATIVE: readonly (readonly [number, number])[] = [
  [-1e-300, 9.999999999999999e299],
  [-1e-10, 9999999999.422785],
  [-0.1, 9.245073050052948],
  [-0.25, 2.9141391202135276],
  [-0.5, 0.03648997397857652],
  [-0.75, -2.894120200042932],
  [-0.999, -999.5745709308084],
  [-1.5, 0.7031566406452432],
  [-2.1, 10.630354435334326],
  [-3.3, 3.620353460592126],
  [-4.75, -1.4818622825218566],
  [-7.5, 2.08009081757942],
  [-10.001, 1002.3485578811336],
  [-20.25, 6.174235633614484],
  [-100.75, 1.476004116748551],
];
/** |actual - expected| in units of 2⁻⁵² |expected|, which is one to two units in the last place. */
const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);

describe("digamma", () => {
  test("agrees with mpmath to 4 units in the last place for x > 0, beside its zero too", () => {
    for (const [x, expected] of POSITIVE)
      expect(error(digamma(x), expected), `digamma(${x})`).toBeLessThanOrEqual(4);
  });

  test("agrees for x < 0 to 6 units relative to the terms of the reflection", () => {
    for (const [x, expected] of NEGATIVE) {
      const terms = Math.max(Math.abs(expected), Math.abs(digamma(1 - x)));
      expect(Math.abs(digamma(x) - expected) / terms, `digamma(${x})`).toBeLessThanOrEqual(6 * 2 ** -52);
    }
  });

  test("has SciPy's values at the poles and at the ends", () => {
    expect(digamma(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(digamma(-0)).toBe(Number.POSITIVE_INFINITY);
    for (const pole of [-1, -2, -1e16, Number.NEGATIVE_INFINITY, Number.NaN]) expect(digamma(pole)).toBeNaN();
    expect(digamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });

  test("ψ(x + 1) = ψ(x) + 1/x, to the rounding of the terms", () => {
    const places = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(places, (x) => {
        const [left, right] = [digamma(x + 1), digamma(x) + 1 / x];
        return Math.abs(left - right) <= 2 ** -52 * 8 * (1 + Math.abs(digamma(x)) + 1 / x);
      }),
      { seed: 1 },
    );
  });
});
