/**
 * The logarithm of the gamma function. Expected values are mpmath's (mp.dps = 50), rounded to the nearest
 * double; the arguments are the doubles as written.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lgamma } from "./lgamma.ts";

const POSITIVE: readonly (readonly [number, number])[] = [
  [5e-324, 744.4400719213812],
  [1e-300, 690.7755278982137],
  [1e-20, 46.051701859880914],
  [1e-8, 18.42068073818021],
  [0.01, 4.599479878042022],
  [0.1, 2.252712651734206],
  [0.25, 1.2880225246980774],
  [0.29999, 1.0958330206725784],
  [0.3, 1.0957979948180756],
  [0.5, 0.5723649429247001],
  [0.6, 0.39823385806923495],
  [0.69999, 0.260879446908907],
  [0.7, 0.26086724653166654],
  [0.8, 0.15205967839983756],
  [0.9, 0.06637623973474295],
  [0.999, 0.0005780385328913802],
  [0.999999999999, 5.772028958989666e-13],
  [1.000000000001, -5.772669797094564e-13],
  [1.001, -0.0005763935982833062],
  [1.1, -0.049872441259839764],
  [1.29999, -0.10817311754225893],
  [1.3, -0.10817480950786047],
  [1.4, -0.1196129141723713],
  [1.4616321449683622, -0.12148629053584961],
  [1.5, -0.12078223763524522],
  [1.6, -0.11259176569675577],
  [1.69999, -0.09580978284615288],
  [1.7, -0.09580769740706588],
  [1.9, -0.03898427592308336],
  [1.999999999999, -4.2282192087173953e-13],
  [2.000000000001, 4.2282192087238456e-13],
  [2.1, 0.04543773854448518],
  [2.4, 0.21685932244884157],
  [2.5, 0.2846828704729192],
  [2.8, 0.5167027919877467],
  [3.2, 0.8854048271549091],
  [3.9, 1.6675803472417396],
  [4.0, 1.791759469228055],
  [4.05, 1.8549184754368087],
  [5.0, 3.1780538303479458],
  [6.0, 4.787491742782046],
  [7.5, 7.534364236758733],
  [9.0, 10.60460290274525],
  [10.0, 12.801827480081469],
  [12.99, 19.96195854446561],
  [13.0, 19.987214495661885],
  [20.0, 39.339884187199495],
  [100.0, 359.1342053695754],
  [171.5, 709.1431630309282],
  [10000.0, 82099.71749644238],
  [10000000000.0, 220258509288.81058],
  [1e16, 3.584136148790473e17],
  [1e17, 3.8143946580898775e18],
  [1e100, 2.2925850929940456e102],
  [1e305, 7.012884533631839e307],
];

const NEGATIVE: readonly (readonly [number, number])[] = [
  [-1e-300, 690.7755278982137],
  [-1e-17, 39.14394658089878],
  [-1e-10, 23.025850929998178],
  [-0.1, 2.3689613327287886],
  [-0.5, 1.2655121234846454],
  [-0.9, 2.3580731673920323],
  [-0.999999, 13.815510980721177],
  [-1.5, 0.860047015376481],
  [-1.9, 1.7162192812196366],
  [-2.3, 0.36956666345500805],
  [-3.5, -1.309006684993042],
  [-4.25, -2.070072434257324],
  [-7.75, -8.581847763551867],
  [-10.5, -15.147270590717842],
  [-20.3, -41.887292480135244],
  [-100.5, -364.90096830942736],
  [-1000.25, -5912.363970042725],
];
/** |actual - expected| in units of 2⁻⁵² |expected|, which is one to two units in the last place. */
const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);

describe("lgamma", () => {
  test("agrees with mpmath to 3 units in the last place for x > 0, beside its zeros 1 and 2 too", () => {
    for (const [x, expected] of POSITIVE)
      expect(error(lgamma(x), expected), `lgamma(${x})`).toBeLessThanOrEqual(3);
  });

  test("agrees for x < 0 to 4 units relative to the terms of the reflection, which are larger than the result", () => {
    for (const [x, expected] of NEGATIVE) {
      const terms = Math.max(1, Math.abs(expected));
      expect(Math.abs(lgamma(x) - expected) / terms, `lgamma(${x})`).toBeLessThanOrEqual(4 * 2 ** -52);
    }
  });

  test("is exactly 0 at 1 and 2, infinite at the poles and at the ends", () => {
    expect(lgamma(1)).toBe(0);
    expect(lgamma(2)).toBe(0);
    for (const pole of [0, -0, -1, -2, -1e16, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1e308]) {
      expect(lgamma(pole)).toBe(Number.POSITIVE_INFINITY);
    }
    expect(lgamma(Number.NaN)).toBeNaN();
  });

  test("Γ(x + 1) = x Γ(x), to the rounding of the terms", () => {
    const places = fc
      .double({ min: -50, max: 1e6, noNaN: true })
      .filter((x) => Math.abs(x - Math.round(x)) > 1e-3);
    fc.assert(
      fc.property(places, (x) => {
        const [left, right] = [lgamma(x + 1), lgamma(x) + Math.log(Math.abs(x))];
        // x + 1 is rounded too, which moves the left side by ψ(x) units of x; near a pole by 1/distance.
        const moved = Math.abs(x) * (20 + 1 / Math.abs(x - Math.round(x)));
        return Math.abs(left - right) <= 2 ** -52 * (8 * (1 + Math.abs(right)) + moved);
      }),
      { seed: 1 },
    );
  });
});
