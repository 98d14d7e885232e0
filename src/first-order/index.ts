export {
  type AccumulateMomentumOptions,
  accumulateMomentum,
  type Velocity,
} from "./accumulate-momentum.ts";
export { type AdamOptions, type AdamTransformation, adam } from "./adam.ts";
export { chain, type HyperparametersOf, type StatesOf } from "./chain.ts";
export {
  type FirstOrderFactory,
  type FirstOrderMethod,
  type FirstOrderState,
  firstOrder,
  type Recipe,
} from "./first-order.ts";
export { type MomentumOptions, type MomentumTransformation, momentum } from "./momentum.ts";
export { type BiasCorrections, type Moments, type ScaleByAdamOptions, scaleByAdam } from "./scale-by-adam.ts";
export { scaleByRate } from "./scale-by-rate.ts";
export { type LinearDecayOptions, linearDecay, type Rate, type Schedule } from "./schedule.ts";
export { applyUpdate, initialState, type TrainingInputs, type UpdateInputs } from "./training.ts";
export type { GradientTransformation, SomeTransformation, Tensors, Transformed } from "./transformation.ts";
