/**
 * Multilayer perceptrons: dense layers with an activation between them. Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating
 * errors.
 */
import { checkList, checkOptions } from "../../core/checks.ts";
import { relu } from "../../tensor/operations/activation.ts";
import { type ActivationName, describeFunction, functionNamed, type TensorMap } from "../activations.ts";
import { gainOf } from "../initializers/gain.ts";
import { heNormal } from "../initializers/he.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { lecunNormal } from "../initializers/lecun.ts";
import { xavierNormal } from "../initializers/xavier.ts";
import { dense } from "../layers/dense.ts";
import { sequential } from "../layers/sequential.ts";
import type { Network, NetworkPart } from "./network.ts";

/** Options of `mlp`. */
export interface MlpOptions {
  /** Numbers of an example. */
  readonly inputs: number;
  /** Units of the hidden layers, in their order; `[]` is a linear model. */
  readonly hidden: readonly number[];
  /** Numbers that come out: one for each class, or the targets. */
  readonly outputs: number;
  /** What stands behind each hidden layer: a function, or the name of one. Default relu (Glorot, Bordes & Bengio 2011). */
  readonly activation?: TensorMap | ActivationName;
}

/**
 * A multilayer perceptron: `[n, inputs]` → `[n, outputs]`, without an activation behind the last layer, so that outputs are logits or numbers. Weights are
 * drawn to suit what is behind them: as by Glorot & Bengio (2010) before tanh and sigmoid, as by He et al. (2015) before other activations, as by LeCun et
 * al. (1998) in the last layer.
 *
 * ```ts
 * import { mlp, ones, randomKey } from "nabla";
 * const network = mlp({ inputs: 784, hidden: [256, 128], outputs: 10 });
 * network.apply(network.init(randomKey(1)), ones([32, 784])).shape; // → [ 32, 10 ]
 * ```
 *
 * @throws ArgumentError for sizes that are not whole numbers ≥ 1, and names of no activation.
 */
export function mlp(options: MlpOptions): Network {
  checkOptions("mlp", options, ["inputs", "hidden", "outputs", "activation"]);
  const { inputs, hidden, outputs, activation = relu } = options;
  checkList("mlp", hidden, "a list of the sizes of the hidden layers, such as { hidden: [256, 128] }");
  const f = typeof activation === "string" ? functionNamed(activation) : activation;
  const initializer = initializerBefore(f);
  const parts = hidden.flatMap((units, i): NetworkPart[] => [
    dense({ inputs: hidden[i - 1] ?? inputs, outputs: units, initializer }),
    f,
  ]);
  const last = dense({ inputs: hidden.at(-1) ?? inputs, outputs, initializer: lecunNormal() });
  return sequential<NetworkPart[]>([...parts, last]);
}

/** What suits weights before an activation. */
function initializerBefore(activation: TensorMap): Initializer {
  const name = describeFunction(activation);
  return name === "tanh" || name === "sigmoid" ? xavierNormal({ gain: gainOf(name) }) : heNormal();
}
