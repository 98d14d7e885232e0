/** How text and plain functions become graphs. */
export { type Closure, closureOf, differentiable, isDifferentiable } from "./differentiable.ts";
export * from "./formula/index.ts";
export { FormulaError } from "./formula-error.ts";
export { hidesConditions } from "./walk/hidden.ts";
export { type AnyFunction, type FunctionNode, type Source, sourceOf } from "./walk/source.ts";
export { walk } from "./walk/walk.ts";
