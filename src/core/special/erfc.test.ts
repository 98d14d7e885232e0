/**
 * The complementary error function. Expected values are mpmath's (mp.dps = 50), rounded to the nearest
 * double; the arguments are the doubles as written.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erfc } from "./erfc.ts";

const VALUES: readonly (readonly [number, number])[] = [
  [-30.0, 2.0],
  [-6.0, 2.0],
  [-3.0, 1.9999779095030015],
  [-1.0, 1.8427007929497148],
  [-0.5, 1.5204998778130465],
  [-0.25, 1.276326390168237],
  [-0.001, 1.0011283787909693],
  [-1e-20, 1.0],
  [0.0, 1.0],
  [1e-20, 1.0],
  [0.001, 0.9988716212090307],
  [0.1, 0.887537083981715],
  [0.24999, 0.7236842099995568],
  [0.25, 0.7236736098317631],
  [0.3, 0.6713732405408726],
  [0.45, 0.5245182802130763],
  [0.5, 0.4795001221869535],
  [0.6, 0.3961439091520741],
  [0.6875, 0.33091533711391874],
  [0.75, 0.28884436634648486],
  [0.9, 0.20309178757716786],
  [0.999, 0.15771472979350307],
  [1.0, 0.15729920705028513],
  [1.1, 0.11979493042591827],
  [1.25, 0.07709987174354177],
  [1.5, 0.033894853524689274],
  [1.9, 0.0072095707647425325],
  [2.0, 0.004677734981047266],
  [2.25, 0.0014627165866811518],
  [2.5, 0.0004069520174449589],
  [3.0, 2.209049699858544e-5],
  [3.4, 1.5219933628622864e-6],
  [3.5, 7.430983723414128e-7],
  [4.0, 1.541725790028002e-8],
  [5.0, 1.537459794428035e-12],
  [5.999, 2.1783043429548017e-17],
  [6.0, 2.1519736712498913e-17],
  [6.5, 3.8421483271206475e-20],
  [7.3, 5.502573750691923e-25],
  [8.0, 1.1224297172982926e-29],
  [10.0, 2.088487583762545e-45],
  [12.5, 6.231942781979911e-70],
  [15.0, 7.212994172451207e-100],
  [17.11, 2.3813040732889638e-129],
  [19.892730435705687, 3.9161269378408315e-174],
  [22.0, 1.6219058609334726e-212],
  [24.413372671492972, 3.298972092463221e-261],
  [25.0, 8.300172571196523e-274],
  [26.0, 5.663192408856143e-296],
  [26.5, 2.2109076642637343e-307],
];

/** Below the normal range: one step of the grid is 5e-324. */
const SUBNORMAL: readonly (readonly [number, number])[] = [
  [26.55, 1.5552026941135507e-308],
  [26.6, 1.088512588544227e-309],
  [26.8, 2.484962157e-314],
  [27.0, 5.23705e-319],
  [27.1, 2.33e-321],
  [27.2, 1e-323],
  [27.226, 5e-324],
];
/** |actual - expected| in units of 2⁻⁵² |expected|, which is one to two units in the last place. */
const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);

describe("erfc", () => {
  test("agrees with mpmath to 2.5 units in the last place, into the far tail", () => {
    for (const [x, expected] of VALUES)
      expect(error(erfc(x), expected), `erfc(${x})`).toBeLessThanOrEqual(2.5);
  });

  test("underflows gradually, within two steps of the grid", () => {
    for (const [x, expected] of SUBNORMAL) {
      expect(Math.abs(erfc(x) - expected), `erfc(${x})`).toBeLessThanOrEqual(
        2 * Number.MIN_VALUE + 2.5 * 2 ** -52 * expected,
      );
    }
  });

  test("has exact limits", () => {
    expect(erfc(Number.POSITIVE_INFINITY)).toBe(0);
    expect(erfc(Number.NEGATIVE_INFINITY)).toBe(2);
    expect(erfc(28)).toBe(0);
    expect(erfc(0)).toBe(1);
    expect(erfc(-0)).toBe(1);
    expect(erfc(Number.NaN)).toBeNaN();
  });

  test("falls: never by a rounding the wrong way over a step of a thousandth", () => {
    const places = fc.double({ min: -5, max: 27, noNaN: true });
    fc.assert(
      fc.property(places, (x) => erfc(x + 1e-3) < erfc(x)),
      { seed: 1 },
    );
  });
});
