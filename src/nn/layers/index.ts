/** The layers that networks are made of. */
export { type ActivationSettings, activation, type SettingsOf } from "./activation.ts";
export { type BatchNormOptions, type BatchNormParameters, batchNorm } from "./batch-norm.ts";
export { type Convolution2dOptions, convolution2d } from "./convolution2d.ts";
export { type DenseOptions, dense } from "./dense.ts";
export { type DropoutOptions, dropout } from "./dropout.ts";
export { type EmbeddingOptions, embedding } from "./embedding.ts";
export { flattening } from "./flattening.ts";
export { type LayerNormOptions, layerNorm } from "./layer-norm.ts";
export type { NoParameters } from "./parameters.ts";
export type { Part, PartParameters } from "./parts.ts";
export { averagePooling2d, maxPooling2d, type Pooling2dOptions } from "./pooling2d.ts";
export {
  type ResidualOptions,
  type ResidualParameters,
  residual,
  type ShortcutParameters,
} from "./residual.ts";
export { type SequentialParameters, sequential } from "./sequential.ts";
export type { WeightAlone, WeightAndBias } from "./weights.ts";
