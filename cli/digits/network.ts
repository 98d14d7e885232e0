/** The network of the main job: 784 pixels, 128 hidden units (relu), 10 digits; softmax cross-entropy. */

import type { Tensor } from "../../src/index.ts";
import { logSoftmax, mean, mul, normal, oneHot, relu, splitKey, sum, zeros } from "../../src/index.ts";

/** The sizes of the layers, input first. */
export const SIZES = { input: 784, hidden: 128, output: 10 } as const;

/** The number of weights and biases of both layers. */
export const parameterCount: number = (SIZES.input + 1) * SIZES.hidden + (SIZES.hidden + 1) * SIZES.output;

/** Weights `[inputs, outputs]` and biases `[outputs]` of both layers, float32. */
export type Network = { hidden: Layer; output: Layer };

type Layer = { weights: Tensor; bias: Tensor };

/** Weights drawn from N(0, 2 / inputs), which keeps the variance through relu; biases 0. He et al. (2015), eq. 10. */
export function initialize(key: Tensor): Network {
  const [hidden, output] = splitKey(key);
  return {
    hidden: layer(hidden, SIZES.input, SIZES.hidden),
    output: layer(output, SIZES.hidden, SIZES.output),
  };
}

function layer(key: Tensor, inputs: number, outputs: number): Layer {
  return {
    weights: normal(key, [inputs, outputs], { std: Math.sqrt(2 / inputs), dtype: "float32" }),
    bias: zeros([outputs], "float32"),
  };
}

/** What the network says of `images` (`[n, 784]`, 0 to 255): `[n, 10]`, unnormalised log-probabilities. */
export function logits({ hidden, output }: Network, images: Tensor): Tensor {
  const activations = relu(images.div(255).matmul(hidden.weights).add(hidden.bias));
  return activations.matmul(output.weights).add(output.bias);
}

/** The mean of −log p(label) over a batch; `labels` is `[n]`, int32. */
export function networkLoss(network: Network, images: Tensor, labels: Tensor): Tensor {
  const logProbabilities = logSoftmax(logits(network, images), 1);
  return mean(sum(mul(oneHot(labels, SIZES.output, "float32"), logProbabilities), 1)).neg();
}
