/** Concrete values without methods: what primitives read and write. */
import { allocate, type DataArray, type Dtype } from "./dtype.ts";
import { type Shape, sizeOf } from "./shape.ts";

/** What is known of a value before it is computed. */
export interface TensorType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** A dense row-major block of elements. */
export interface NdArray extends TensorType {
  readonly data: DataArray;
}

/** A zeroed block of the given type. */
export function emptyArray(type: TensorType): NdArray {
  return { dtype: type.dtype, shape: type.shape, data: allocate(type.dtype, sizeOf(type.shape)) };
}
