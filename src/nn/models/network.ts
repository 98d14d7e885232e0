/** Networks whose layers are as many as somebody asks for: parameters are a list, of which the type tells what entries may be. */
import type { TensorMap } from "../activations.ts";
import type { Layer } from "../layer.ts";
import type { NoParameters } from "../layers/parameters.ts";
import type { WeightAndBias } from "../layers/weights.ts";

/** A network of dense layers, convolutions, and layers without parameters. */
export type Network = Layer<readonly (WeightAndBias | NoParameters)[]>;

/** What it is made of. */
export type NetworkPart = Layer<WeightAndBias> | Layer<NoParameters> | TensorMap;
