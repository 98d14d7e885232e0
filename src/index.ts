/** Nabla: numerical optimisation for TypeScript. Everything most users need, re-exported from its rooms. */

export * from "./autodiff/index.ts";
export * from "./compiler/index.ts";
export * from "./core/errors.ts";
export * from "./data/anywhere.ts";
export * from "./data/safetensors/index.ts";
export * from "./descent/index.ts";
export * from "./direct/index.ts";
export * from "./expression/index.ts";
export * from "./first-order/index.ts";
export {
  currentKernels,
  type KernelChoice,
  type KernelOptions,
  type ProviderName,
  useKernels,
  type WideState,
} from "./kernels/index.ts";
export * from "./least-squares/index.ts";
export * from "./minimize/index.ts";
export * from "./model/index.ts";
export * from "./nn/index.ts";
export * from "./problem/index.ts";
export * from "./sampling/index.ts";
export * from "./search/index.ts";
export * from "./smooth/index.ts";
export * from "./solver/index.ts";
export * from "./tensor/index.ts";
export * from "./train/index.ts";
