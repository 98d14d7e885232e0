/**
 * The polygamma functions; rows are n, x and the value at x. Expected values are mpmath's (mp.dps = 50),
 * rounded to the nearest double; the arguments are the doubles as written.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../errors.ts";
import { digamma } from "./digamma.ts";
import { polygamma } from "./polygamma.ts";
import { trigamma } from "./trigamma.ts";

const POSITIVE: readonly (readonly [number, number, number])[] = [
  [1, 1e-150, 1e300],
  [1, 1e-20, 1.0000000000000002e40],
  [1, 0.001, 1000001.6425331958],
  [1, 0.1, 101.43329915079275],
  [1, 0.5, 4.934802200544679],
  [1, 0.9, 1.9225399594772035],
  [1, 1.0, 1.6449340668482264],
  [1, 1.5, 0.9348022005446793],
  [1, 2.0, 0.6449340668482264],
  [1, 3.7, 0.3100378576700383],
  [1, 7.0, 0.15354517795933756],
  [1, 10.278, 0.10218158741635755],
  [1, 13.0, 0.07995742842732395],
  [1, 14.0, 0.07404026866401034],
  [1, 14.5, 0.07139825615164695],
  [1, 30.0, 0.033895060357739946],
  [1, 1000.0, 0.0010005001666666333],
  [1, 10000000000.0, 1.00000000005e-10],
  [1, 1e200, 1e-200],
  [2, 1e-100, -1.9999999999999998e300],
  [2, 0.001, -2000000002.3976321],
  [2, 0.3, -75.27253658872604],
  [2, 1.0, -2.4041138063191885],
  [2, 2.5, -0.2362040516417274],
  [2, 6.0, -0.0327897322451145],
  [2, 12.906737851710918, -0.0064860682755919045],
  [2, 15.0, -0.004750602716551555],
  [2, 16.0, -0.004158010123958962],
  [2, 100.0, -0.00010100499983335],
  [2, 100000000.0, -1.00000001e-16],
  [2, 1e100, -1e-200],
  [3, 0.01, 600000006.2510618],
  [3, 0.5, 97.40909103400244],
  [3, 1.7, 0.8895620066243164],
  [3, 5.0, 0.021427828192755075],
  [3, 15.5, 0.0005912808080750433],
  [3, 17.0, 0.0004444085253892188],
  [3, 132.98, 8.6013508984283e-7],
  [3, 1000000.0, 2.000003000002e-18],
  [5, 0.01, 120000000000115.05],
  [5, 0.7, 1025.3283541434719],
  [5, 2.0, 2.081167438133897],
  [5, 7.1, 0.0018633876882588013],
  [5, 19.0, 1.1034967722407867e-5],
  [5, 500.0, 7.718476799713283e-13],
  [10, 0.318, -1079107679560.6204],
  [10, 1.0, -3630593.311606629],
  [10, 3.0, -21.43660662871299],
  [10, 10.0, -5.7675966863222595e-5],
  [10, 24.0, -7.00639538740671e-9],
  [10, 40.0, -3.9130747998980846e-11],
  [10, 1000.0, -3.646977263913514e-25],
  [30, 0.9964630531052698, -2.9604849534222424e32],
  [30, 5.0, -57164299593.247604],
  [30, 29.0, -1.9087863237960924e-13],
  [30, 44.0, -6.067650312743844e-19],
  [30, 200.0, -8.868069876791578e-39],
  [100, 0.5, -2.366100660490897e188],
  [100, 2.0, -3.6810701397980478e127],
  [100, 60.0, -2.9377271655593164e-22],
  [100, 150.0, -3.145878021441987e-62],
  [170, 1.0, -7.257415615307999e306],
  [170, 20.0, -2.4252478874086773e84],
  [170, 300.0, -4.335360007808032e-117],
];

const NEGATIVE_ODD: readonly (readonly [number, number, number])[] = [
  [1, -1e-10, 1e20],
  [1, -0.1, 101.92253995947719],
  [1, -0.5, 8.934802200544679],
  [1, -0.999, 1000002.6445361981],
  [1, -1.5, 9.379246644989124],
  [1, -3.25, 19.474085068082154],
  [1, -8.1755, 35.85209059062371],
  [1, -40.6, 10.887236561249717],
  [3, -0.25, 1555.7633125348507],
  [3, -0.5, 193.40909103400244],
  [3, -4.757, 1742.6712804777383],
  [3, -11.9, 60014.250845302224],
  [5, -0.3, 165634.3818520859],
  [5, -5.128, 27285176.75995699],
];

const NEGATIVE_EVEN: readonly (readonly [number, number, number])[] = [
  [2, -0.25, 122.69736678366236],
  [2, -1.3, 68.54941347116214],
  [2, -3.4952404457208086, 0.8658227870522314],
  [2, -20.7, -68.83976746959067],
  [4, -0.4, 2032.5572680707373],
  [4, -6.51, -154.2554812915905],
  [10, -0.3, 2048284690148.2026],
  [10, -11.494, 1969351064.8392565],
];
/** |actual - expected| in units of 2⁻⁵² |expected|, which is one to two units in the last place. */
const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);

describe("polygamma", () => {
  test("agrees with mpmath to 4 + n/2 units in the last place where no terms cancel", () => {
    for (const [n, x, expected] of [...POSITIVE, ...NEGATIVE_ODD]) {
      expect(error(polygamma(n, x), expected), `polygamma(${n}, ${x})`).toBeLessThanOrEqual(4 + n / 2);
    }
  });

  test("agrees to as many units of the cancelling terms for x < 0 and even n", () => {
    for (const [n, x, expected] of NEGATIVE_EVEN) {
      const terms = Math.abs(polygamma(n, x - Math.floor(x))) + Math.abs(polygamma(n, Math.ceil(x) - x));
      const units = Math.abs(polygamma(n, x) - expected) / (terms * 2 ** -52);
      expect(units, `polygamma(${n}, ${x})`).toBeLessThanOrEqual(4 + n / 2);
    }
  });

  test("is digamma for n = 0 and trigamma for n = 1", () => {
    for (const x of [0.3, 4, -2.5]) {
      expect(polygamma(0, x)).toBe(digamma(x));
      expect(polygamma(1, x)).toBe(trigamma(x));
    }
  });

  test("has SciPy's values at the poles and at the ends", () => {
    for (const pole of [0, -0, -1, -7, Number.NEGATIVE_INFINITY]) {
      expect(polygamma(1, pole)).toBe(Number.POSITIVE_INFINITY);
      expect(polygamma(2, pole)).toBe(Number.NEGATIVE_INFINITY);
    }
    expect(polygamma(1, Number.POSITIVE_INFINITY)).toBe(0);
    expect(polygamma(2, Number.POSITIVE_INFINITY)).toBe(-0);
    expect(polygamma(3, Number.NaN)).toBeNaN();
  });

  test("needs an integer order", () => {
    for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => polygamma(n, 1)).toThrow(ArgumentError);
    }
    expect(() => polygamma(1.5, 1)).toThrow(/needs an integer n ≥ 0; got 1.5/);
  });

  test("ψ′(x + 1) = ψ′(x) - 1/x², to the rounding of the terms", () => {
    const places = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(places, (x) => {
        const difference = trigamma(x + 1) - (trigamma(x) - 1 / (x * x));
        return Math.abs(difference) <= 2 ** -52 * 8 * trigamma(x);
      }),
      { seed: 1 },
    );
  });
});
