/** Values made by NumPy 1.24.2; for the derivatives of logAddExp the logistic function. */
import { describe, expect, test } from "vitest";
import { expectTensor, gradient, gradients } from "../../../test/tools/values.ts";
import { exp, exp2, expm1, log, log1p, log2, log10, logAddExp, type Tensor, tensor } from "../index.ts";

const everywhere = [-2.5, -1, -0.3, 0, 0.2, 1, 3.7];
const positive = [0.1, 0.5, 1, 2.5, 40];

test.each([
  [
    "exp",
    exp,
    everywhere,
    [
      0.0820849986238988,
      0.3678794411714424,
      0.7408182206817179,
      1,
      1.2214027581601699,
      Math.E,
      40.4473043600674,
    ],
  ],
  [
    "expm1",
    expm1,
    everywhere,
    [
      -0.9179150013761012, -0.6321205588285577, -0.2591817793182821, 0, 0.22140275816016985,
      1.7182818284590453, 39.4473043600674,
    ],
  ],
  [
    "exp2",
    exp2,
    everywhere,
    [0.1767766952966369, 0.5, 0.8122523963562355, 1, 1.1486983549970349, 2, 12.99603834169977],
  ],
  ["log", log, positive, [-Math.LN10, -Math.LN2, 0, 0.916290731874155, 3.6888794541139363]],
  [
    "log1p",
    log1p,
    positive,
    [0.09531017980432487, 0.4054651081081644, Math.LN2, 1.252762968495368, 3.7135720667043075],
  ],
  ["log2", log2, positive, [-3.321928094887362, -1, 0, 1.3219280948873624, 5.321928094887363]],
  ["log10", log10, positive, [-1, -0.3010299956639812, 0, 0.3979400086720376, 1.6020599913279625]],
] as const)("%s, in float64, in float32, and of integers", (_, f, x, expected) => {
  expectTensor(f([...x]), [...expected]);
  const single = f(tensor([...x], "float32"));
  const rounded = f(tensor([...x], "float32").cast("float64"));
  // float32 results are the float64 ones, rounded.
  expectTensor(single, rounded.cast("float32").toArray(), { dtype: "float32", tolerance: 0 });
  expect(f(tensor(1, "int32")).dtype).toBe("float64");
  expect(f(true).dtype).toBe("float64");
});

describe("logAddExp", () => {
  test("values, also where the exponentials overflow", () => {
    const [a, b] = [
      [1, 1000, -1000, 0, -Infinity, -Infinity, Infinity, 1e-3],
      [2, 1000, -999, -40, 3, -Infinity, Infinity, -1e10],
    ];
    expectTensor(logAddExp(a, b), [
      2.313261687518223,
      1000.6931471805599,
      -998.6867383124818,
      4.248354255291589e-18,
      3,
      -Infinity,
      Infinity,
      0.001,
    ]);
  });
  test("smooth also at ties: the derivative is the logistic function, and so is its own", () => {
    const byFirst = (a: number, b: number): Tensor => gradient((x) => logAddExp(x, b), a);
    expectTensor(byFirst(2, 2), 0.5);
    expectTensor(byFirst(1, 3), 0.11920292202211755);
    const [first, second] = gradients((a, b) => logAddExp(a ?? 0, b ?? 0), 5, 5);
    expect([first?.item(), second?.item()]).toEqual([0.5, 0.5]);
  });
  test("keeps float32", () => expect(logAddExp(tensor([1], "float32"), 2).dtype).toBe("float32"));
});
