export type { Dtype } from "./dtype.ts";
export * from "./operations/index.ts";
export type { Shape } from "./shape.ts";
export { type Operand, Tensor, type TypedArray } from "./tensor.ts";
export {
  flattenTree,
  type Leaf,
  type MapLeaves,
  mapTree,
  type Raveled,
  ravel,
  type Tree,
  unflattenTree,
} from "./tree.ts";
export { type NestedArray, PlainOperatorError } from "./value.ts";
