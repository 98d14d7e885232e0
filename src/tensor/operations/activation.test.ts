/** Values made by PyTorch 1.13 (`torch.nn.functional`) in float64. */
import { expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import {
  elu,
  gelu,
  leakyRelu,
  logSigmoid,
  type Operand,
  relu,
  sigmoid,
  silu,
  softplus,
  tensor,
} from "../index.ts";

const x = [-800, -3, -0.5, 0, 0.4, 2, 800];

test.each([
  [
    "sigmoid",
    sigmoid,
    [0, 0.04742587317756678, 0.3775406687981454, 0.5, 0.598687660112452, 0.8807970779778823, 1],
    [0, 0.04517665973091214, 0.2350037122015945, 0.25, 0.24026074574152914, 0.10499358540350662, 0],
  ],
  [
    "logSigmoid",
    logSigmoid,
    [-800, -3.048587351573742, -0.9740769841801067, -Math.LN2, -0.5130152523999526, -0.1269280110429725, 0],
    [1, 0.9525741268224333, 0.6224593312018545, 0.5, 0.401312339887548, 0.11920292202211755, 0],
  ],
  [
    "softplus",
    softplus,
    [0, 0.04858735157374206, 0.4740769841801067, Math.LN2, 0.9130152523999526, 2.1269280110429727, 800],
    [0, 0.04742587317756678, 0.3775406687981454, 0.5, 0.5986876601124521, 0.8807970779778823, 1],
  ],
  ["relu", relu, [0, 0, 0, 0, 0.4, 2, 800], [0, 0, 0, 0, 1, 1, 1]],
  [
    "leakyRelu",
    (v: Operand) => leakyRelu(v),
    [-8, -0.03, -0.005, 0, 0.4, 2, 800],
    [0.01, 0.01, 0.01, 0.01, 1, 1, 1],
  ],
  [
    "leakyRelu with slope 0.2",
    (v: Operand) => leakyRelu(v, 0.2),
    [-160, -0.6000000000000001, -0.1, 0, 0.4, 2, 800],
    [0.2, 0.2, 0.2, 0.2, 1, 1, 1],
  ],
  [
    "elu",
    (v: Operand) => elu(v),
    [-1, -0.950212931632136, -0.3934693402873666, 0, 0.4, 2, 800],
    [0, 0.049787068367863944, 0.6065306597126334, 1, 1, 1, 1],
  ],
  [
    "elu with α = 0.5",
    (v: Operand) => elu(v, 0.5),
    [-0.5, -0.475106465816068, -0.1967346701436833, 0, 0.4, 2, 800],
    [0, 0.024893534183931972, 0.3032653298563167, 0.5, 1, 1, 1],
  ],
  [
    "gelu",
    gelu,
    [0, -0.00404969409489031, -0.15426876936299344, 0, 0.2621686966441297, 1.9544997361036416, 800],
    [0, -0.01194564720418392, 0.13250487534383712, 0.5, 0.8027297977316535, 1.085231801078197, 1],
  ],
  [
    "silu",
    silu,
    [0, -0.14227761953270035, -0.1887703343990727, 0, 0.2394750640449808, 1.7615941559557646, 800],
    [0, -0.08810410601516962, 0.2600388126973482, 0.5, 0.6947919584090636, 1.0907842487848955, 1],
  ],
] as const)("%s and its derivative", (_, f, values, slopes) => {
  // PyTorch subtracts where erfc does not, so its tails keep fewer digits.
  const tolerance = 1e-13;
  expectTensor(f([...x]), [...values], { tolerance });

  expectTensor(gradient(f, [...x]), [...slopes], { tolerance });
  expect(f(tensor([1], "float32")).dtype).toBe("float32");
});

test("relu of integers stays whole; the others give float64", () => {
  expectTensor(relu(tensor([-2, 3], "int32")), [0, 3], { dtype: "int32" });
  expect(silu(tensor([1], "int32")).dtype).toBe("float64");
});
