/** Neural networks, from a single unit on. */
export {
  type ActivationName,
  activationNames,
  describeFunction,
  functionNamed,
  type TensorMap,
} from "./activations.ts";
export { layerFrom } from "./describe.ts";
export * from "./initializers/index.ts";
export type { ApplyOptions, Layer, LayerDescription, ParametersOf, SomeLayer } from "./layer.ts";
export * from "./layers/index.ts";
export * from "./losses/index.ts";
export * from "./models/index.ts";
export { summary } from "./summary.ts";
export type { Summary, SummaryRow } from "./summary-table.ts";
export * from "./units/index.ts";
