/** Values made by SciPy 1.10.1. */
import { describe, expect, test } from "vitest";
import { expectTensor } from "../../../test/tools/values.ts";
import { digamma, erf, erfc, lgamma, polygamma, tensor } from "../index.ts";

const everywhere = [-2.5, -1, -0.3, 0, 0.2, 1, 3.7];
const positive = [0.1, 0.5, 1, 2.5, 40];

test.each([
  [
    "erf",
    erf,
    everywhere,
    [
      -0.999593047982555, -0.8427007929497148, -0.3286267594591274, 0, 0.22270258921047845,
      0.8427007929497148, 0.9999998328489421,
    ],
  ],
  [
    "erfc",
    erfc,
    everywhere,
    [
      1.999593047982555, 1.8427007929497148, 1.3286267594591274, 1, 0.7772974107895215, 0.15729920705028516,
      1.6715105790914599e-7,
    ],
  ],
  [
    "lgamma",
    lgamma,
    positive,
    [2.252712651734206, 0.5723649429247, 0, 0.2846828704729192, 106.63176026064345],
  ],
  [
    "digamma",
    digamma,
    positive,
    [-10.423754940411076, -1.9635100260214235, -0.5772156649015329, 0.7031566406452432, 3.6763273740348428],
  ],
] as const)("%s, in float64, in float32, and of integers", (_, f, x, expected) => {
  expectTensor(f([...x]), [...expected]);
  const single = f(tensor([...x], "float32"));
  const rounded = f(tensor([...x], "float32").cast("float64"));
  // float32 results are the float64 ones, rounded.
  expectTensor(single, rounded.cast("float32").toArray(), { dtype: "float32", tolerance: 0 });
  expect(f(tensor(1, "int32")).dtype).toBe("float64");
  expect(f(true).dtype).toBe("float64");
});

describe("polygamma", () => {
  test.each([
    [
      0,
      [-10.423754940411076, -1.9635100260214235, -0.5772156649015329, 0.7031566406452432, 3.6763273740348428],
    ],
    [1, [101.43329915079275, 4.93480220054468, 1.6449340668482266, 0.4903577561002349, 0.025315103841291032]],
    [
      2,
      [
        -2001.8614573783439, -16.828796644234316, -2.404113806319188, -0.23620405164172736,
        -0.0006408202718352985,
      ],
    ],
    [3, [60004.512876790235, 97.40909103400242, 6.493939402266829, 0.2239058488172521, 3.24414001515635e-5]],
  ])("order %i", (order, expected) => expectTensor(polygamma(order, positive), expected));
  test("orders are whole numbers", () => {
    expect(() => polygamma(-1, 2)).toThrow(/polygamma.*whole number ≥ 0; got -1/);
  });
});
