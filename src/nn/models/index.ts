/** Networks that are ready, made by their sizes. */
export { type LenetOptions, lenet } from "./lenet.ts";
export { type LinearModelOptions, linearModel, logisticModel } from "./linear.ts";
export { type MlpOptions, mlp } from "./mlp.ts";
export type { Network } from "./network.ts";
