/** Activations by name, so that a network with them can be written down. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import {
  elu,
  gelu,
  leakyRelu,
  logSigmoid,
  relu,
  sigmoid,
  silu,
  softplus,
} from "../tensor/operations/activation.ts";
import { logSoftmax, softmax } from "../tensor/operations/softmax.ts";
import { sin, tanh } from "../tensor/operations/trigonometry.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A function of a tensor: a layer without parameters. */
export type TensorMap = (x: Tensor) => Tensor;

/** The name of an activation. */
export type ActivationName =
  | "relu"
  | "leaky-relu"
  | "elu"
  | "gelu"
  | "silu"
  | "sigmoid"
  | "log-sigmoid"
  | "tanh"
  | "softplus"
  | "softmax"
  | "log-softmax"
  | "sin";

/** The activations by name. In its last argument each has the default of its operation. */
const table: Readonly<Record<ActivationName, TensorMap>> = {
  relu,
  "leaky-relu": leakyRelu,
  elu,
  gelu,
  silu,
  sigmoid,
  "log-sigmoid": logSigmoid,
  tanh,
  softplus,
  softmax,
  "log-softmax": logSoftmax,
  sin,
};

const functions: ReadonlyMap<string, TensorMap> = new Map(Object.entries(table));

/** The names of all activations. */
export const activationNames: readonly string[] = [...functions.keys()];

/** Whether there is an activation of that name. */
export const isActivationName = (name: unknown): name is ActivationName =>
  typeof name === "string" && functions.has(name);

/**
 * The name of an activation; undefined for other functions.
 *
 * ```ts
 * import { describeFunction, leakyRelu } from "nabla";
 * describeFunction(leakyRelu); // → "leaky-relu"
 * describeFunction((x) => x.mul(2)); // → undefined
 * ```
 */
export function describeFunction(f: TensorMap): ActivationName | undefined {
  const name = activationNames.find((known) => functions.get(known) === f);
  return isActivationName(name) ? name : undefined;
}

/**
 * The activation of a name.
 *
 * ```ts
 * import { functionNamed, tensor } from "nabla";
 * functionNamed("relu")(tensor([-1, 2])); // → Tensor(float64 [2]) [0, 2]
 * ```
 *
 * @throws ArgumentError for a name that is none.
 */
export function functionNamed(name: string): TensorMap {
  const f = functions.get(name);
  if (f === undefined)
    throw new ArgumentError(
      `functionNamed: there is no activation ${showValue(name)}; the activations are ${activationNames.join(", ")}`,
    );
  return f;
}
