/** Nabla: numerical optimisation for TypeScript. Everything most users need, re-exported from its rooms. */

export * from "./autodiff/index.ts";
export * from "./core/errors.ts";
export { type IdxArray, readIdx } from "./data/idx.ts";
export * from "./expression/index.ts";
export * from "./tensor/index.ts";
