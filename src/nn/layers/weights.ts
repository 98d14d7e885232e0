/** Weights and bias, as `dense` and `convolution2d` have them. */
import { at } from "../../core/exactly.ts";
import { zeros } from "../../tensor/operations/creation.ts";
import { type Key, splitKey } from "../../tensor/operations/random.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { drawn, type Fans, type Initializer } from "../initializers/initializer.ts";
import { parameterOf } from "./parameters.ts";

/** Parameters of a layer with weights and a bias, in PyTorch's layout. */
export interface WeightAndBias {
  /** `[outputs, inputs]` of dense layers, `[outputs, inputs / groups, height, width]` of convolutions. */
  readonly weight: Tensor;
  /** `[outputs]`. */
  readonly bias: Tensor;
}

/** Parameters of such a layer made with `bias: false`. */
export type WeightAlone = Pick<WeightAndBias, "weight">;

/** What both kinds of layer are told. */
export interface WeightSettings {
  readonly bias: boolean | Initializer;
  readonly initializer: Initializer;
}

/** Weights before training. The first axis counts the outputs. */
export function initialWeights(
  key: Key,
  shape: Shape,
  fans: Fans,
  { bias, initializer }: WeightSettings,
): WeightAndBias | WeightAlone {
  const [forWeight, forBias] = splitKey(key);
  const weight = drawn(initializer, forWeight, shape, fans);
  const outputs = [at(shape, 0)];
  if (bias === false) return { weight };
  if (bias === true) return { weight, bias: zeros(outputs, "float32") };
  return { weight, bias: drawn(bias, forBias, outputs, fans) };
}

/** The parameters of a layer, held to its shapes. */
export function weightsOf(
  title: string,
  parameters: WeightAndBias,
  shape: Shape,
  { bias }: WeightSettings,
): { readonly weight: Tensor; readonly bias: Tensor | undefined } {
  return {
    weight: parameterOf(title, parameters, "weight", shape),
    bias: bias === false ? undefined : parameterOf(title, parameters, "bias", [at(shape, 0)]),
  };
}
