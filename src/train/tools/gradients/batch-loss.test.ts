/** The loss of a network held against the loss applied to its outputs; what batch norm keeps has no gradient. */
import { expect, test } from "vitest";
import { grad } from "../../../autodiff/gradient.ts";
import { flattening } from "../../../nn/layers/flattening.ts";
import { batchNorm, dense, dropout, embedding, sequential } from "../../../nn/layers/index.ts";
import { crossEntropy, squaredError } from "../../../nn/losses/index.ts";
import { tensor } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { curvatureAlongGradient } from "../curvature/curvature-along-gradient.ts";
import { lossOf } from "./batch-loss.ts";
import { gradientBias } from "./gradient-bias.ts";
import { gradientNoise } from "./gradient-noise.ts";

const inputs = normal(randomKey(1), [40, 3], { dtype: "float32" });
const targets = tensor(
  Int32Array.from({ length: 40 }, (_, i) => i % 2),
  "int32",
);
const network = sequential([
  dense({ inputs: 3, outputs: 4 }),
  batchNorm({ features: 4 }),
  dropout({ rate: 0.5 }),
  dense({ inputs: 4, outputs: 2 }),
]);
const parameters = network.init(randomKey(2));

test("the mean over examples of the network in use, whatever the loss reduces to", () => {
  const outputs = network.apply(parameters, inputs);
  const mean = crossEntropy()(outputs, targets).item();
  for (const reduction of ["mean", "sum", "none"] as const)
    expect(lossOf(network, crossEntropy({ reduction }))(parameters, inputs, targets).item()).toBeCloseTo(
      mean,
      6,
    );
});

test("running statistics are no parameters: their gradient is 0", () => {
  const gradient = grad(lossOf(network, crossEntropy()))(parameters, inputs, targets);
  expect(gradient[1].runningMean.abs().max().item()).toBe(0);
  expect(gradient[1].runningVar.abs().max().item()).toBe(0);
  expect(gradient[1].weight.abs().max().item()).toBeGreaterThan(0);
});

test("a network with batch norm, dropout and classes goes through the tools", () => {
  const loss = lossOf(network, crossEntropy());
  const examples = { inputs, targets };
  for (const { agrees } of gradientNoise(loss, parameters, examples, { sizes: [1, 8], seed: 1 }).sizes)
    expect(agrees).toBe(true);
  const bias = gradientBias(loss, parameters, examples, { size: 8, repeats: 100 });
  expect([bias.epoch.isExact, bias.overall.p > 0.001, bias.largest.p > 0.001]).toEqual([true, true, true]);
  expect(curvatureAlongGradient(loss, parameters, examples, 0.1).squaredNorm).toBeGreaterThan(0);
});

test("inputs that are whole numbers, and targets that are values", () => {
  const words = sequential([
    embedding({ count: 5, size: 2 }),
    flattening(),
    dense({ inputs: 6, outputs: 1 }),
  ]);
  const examples = {
    inputs: tensor(
      Int32Array.from({ length: 30 }, (_, i) => (i * i) % 5),
      { dtype: "int32", shape: [10, 3] },
    ),
    targets: normal(randomKey(3), [10, 1], { dtype: "float32" }),
  };
  const noise = gradientNoise(lossOf(words, squaredError()), words.init(randomKey(4)), examples, {
    sizes: [2],
  });
  expect(noise.sizes[0]?.agrees).toBe(true);
});
