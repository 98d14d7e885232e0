/**
 * Layers: a pair of pure functions. `init` draws parameters from a key, `apply` computes outputs from parameters and inputs. A network is a layer made of layers.
 * Parameters are trees in PyTorch's layout, so that weights can be exchanged.
 */
import type { Key } from "../tensor/operations/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a layer is told besides parameters and inputs. */
export interface ApplyOptions {
  /** Whether this is a step of training: dropout drops, batch norm uses the statistics of the batch. Default false. */
  readonly training?: boolean;
  /** Randomness of this call; needed where `training` is true and a layer draws. A layer made of layers splits it. */
  readonly key?: Key;
  /** Is told, while training, what a leaf of the parameters that is not trained becomes after this batch: a running mean. */
  readonly onStatistic?: (leaf: Tensor, next: Tensor) => void;
  /** Is told the output of every layer inside, with its path such as `[2]` or `[1].inner[0]`, after it was computed. */
  readonly onOutput?: (path: string, layer: SomeLayer, output: Tensor) => void;
  /** Where this layer stands in the network, for `onOutput`. Default "": it is the network. */
  readonly path?: string;
}

/** A layer as plain data: its kind and its settings. Layers inside are descriptions too. */
export interface LayerDescription {
  readonly layer: string;
  readonly [setting: string]: unknown;
}

/** A layer with parameters of the type `P`, a tree of tensors; `{}` where it has none. */
export interface Layer<P extends object = object> {
  /** Its kind: `dense`. */
  readonly name: string;
  /** What it is, for people: `dense 784 → 256`. */
  readonly title: string;
  /** What `layerFrom` makes it of again; undefined where a part of it is a function that has no name. */
  readonly description: LayerDescription | undefined;
  /** The layers that it is made of, by their place in the tree of parameters (`[0]`, `.inner`). Default none. */
  readonly parts?: readonly (readonly [path: string, layer: SomeLayer])[];
  /** Shape of one example, where the layer knows it: `[784]`. */
  readonly inputShape?: readonly number[];
  /** Parameters before training, float32, drawn from a key. */
  readonly init: (key: Key) => P;
  /** Outputs `[n, …]` for inputs `[n, …]`. */
  readonly apply: (parameters: P, x: Tensor, options?: ApplyOptions) => Tensor;
}

/** A layer whose parameters only it knows. Every `Layer` is one. */
export interface SomeLayer extends Omit<Layer, "apply"> {
  readonly apply: (parameters: never, x: Tensor, options?: ApplyOptions) => Tensor;
}

/** Forgets the type of a layer's parameters, which must be its own. */
export function openLayer(layer: SomeLayer): Layer {
  return layer as Layer;
}

/** The parameters of a layer. */
export type ParametersOf<L extends SomeLayer> = ReturnType<L["init"]>;
