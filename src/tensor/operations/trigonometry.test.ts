/** Values made by NumPy 1.24.2. */
import { expect, test } from "vitest";
import { expectTensor } from "../../../test/tools/values.ts";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  sin,
  sinh,
  tan,
  tanh,
  tensor,
} from "../index.ts";

const everywhere = [-2.5, -1, -0.3, 0, 0.2, 1, 3.7];
const unit = [-1, -0.6, 0, 0.25, 1];
const fromOne = [1, 1.5, 20];

test.each([
  [
    "sin",
    sin,
    everywhere,
    [
      -0.5984721441039564, -0.8414709848078965, -0.2955202066613396, 0, 0.19866933079506124,
      0.8414709848078965, -0.5298361409084933,
    ],
  ],
  [
    "cos",
    cos,
    everywhere,
    [
      -0.8011436155469338, 0.5403023058681397, 0.9553364891256061, 1, 0.9800665778412417, 0.5403023058681397,
      -0.848100031710408,
    ],
  ],
  [
    "tan",
    tan,
    everywhere,
    [
      0.7470222972386602, -1.557407724654902, -0.3093362496096232, 0, 0.2027100355086725, 1.557407724654902,
      0.6247330752245638,
    ],
  ],
  [
    "asin",
    asin,
    unit,
    [-1.5707963267948966, -0.6435011087932843, 0, 0.25268025514207865, 1.5707963267948966],
  ],
  ["acos", acos, unit, [Math.PI, 2.214297435588181, 1.5707963267948966, 1.318116071652818, 0]],
  [
    "atan",
    atan,
    everywhere,
    [
      -1.1902899496825317, -0.7853981633974483, -0.2914567944778671, 0, 0.19739555984988075,
      0.7853981633974483, 1.306832603169192,
    ],
  ],
  [
    "sinh",
    sinh,
    everywhere,
    [
      -6.0502044810397875, -1.1752011936438014, -0.3045202934471426, 0, 0.201336002541094, 1.1752011936438014,
      20.211290416798526,
    ],
  ],
  [
    "cosh",
    cosh,
    everywhere,
    [
      6.132289479663686, 1.5430806348152437, 1.0453385141288605, 1, 1.020066755619076, 1.5430806348152437,
      20.23601394326887,
    ],
  ],
  [
    "tanh",
    tanh,
    everywhere,
    [
      -0.9866142981514303, -0.7615941559557649, -0.2913126124515909, 0, 0.197375320224904, 0.7615941559557649,
      0.9987782412811311,
    ],
  ],
  [
    "asinh",
    asinh,
    everywhere,
    [
      -1.6472311463710958, -0.881373587019543, -0.29567304756342244, 0, 0.19869011034924142,
      0.881373587019543, 2.0192606561549606,
    ],
  ],
  ["acosh", acosh, fromOne, [0, 0.9624236501192069, 3.6882538673612966]],
  ["atanh", atanh, unit, [-Infinity, -Math.LN2, 0, 0.25541281188299536, Infinity]],
] as const)("%s, in float64, in float32, and of integers", (_, f, x, expected) => {
  expectTensor(f([...x]), [...expected]);
  const single = f(tensor([...x], "float32"));
  const rounded = f(tensor([...x], "float32").cast("float64"));
  // float32 results are the float64 ones, rounded.
  expectTensor(single, rounded.cast("float32").toArray(), { dtype: "float32", tolerance: 0 });
  expect(f(tensor(1, "int32")).dtype).toBe("float64");
  expect(f(true).dtype).toBe("float64");
});

test("atan2: all quadrants, and the axes", () => {
  expectTensor(atan2([1, 1, -1, -1, 0, 0], [1, -1, 1, -1, -1, 1]), [
    0.7853981633974483,
    2.356194490192345,
    -0.7853981633974483,
    -2.356194490192345,
    Math.PI,
    0,
  ]);
});
