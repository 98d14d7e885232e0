/** Vectors as inputs of graphs, and outputs of graphs as vectors and matrices. */
import { at } from "../core/exactly.ts";
import { emptyArray, type NdArray } from "../tensor/array.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { InputType } from "../tensor/trace.ts";

/** Puts vectors into the inputs of a graph. The arrays belong to the loader and are filled anew at every call. */
export function loader(types: readonly InputType[]): (x: Float64Array) => NdArray[] {
  const inputs = types.map((type) => emptyArray({ dtype: type.dtype, shape: type.shape }));
  const sizes = types.map(({ shape }) => sizeOf(shape));
  return (x) => {
    let next = 0;
    for (let i = 0; i < inputs.length; i++) {
      const { data } = at(inputs, i);
      const size = at(sizes, i);
      if (size === 1) data[0] = at(x, next);
      else data.set(x.subarray(next, next + size));
      next += size;
    }
    return inputs;
  };
}

/** Outputs of a graph laid end to end. */
export function unload(outputs: readonly NdArray[], first: number, end: number, size: number): Float64Array {
  const vector = new Float64Array(size);
  let next = 0;
  for (let i = first; i < end; i++) {
    const { data } = at(outputs, i);
    if (data.length === 1) vector[next] = at(data, 0);
    else vector.set(data, next);
    next += data.length;
  }
  return vector;
}

/**
 * The transposed stack of outputs `first` to `end`, each `[rows, …shape]`: row-major `[elements of all shapes, rows]`.
 */
export function unloadColumns(
  outputs: readonly NdArray[],
  first: number,
  end: number,
  columns: number,
): Float64Array {
  let height = 0;
  for (let i = first; i < end; i++) height += at(outputs, i).data.length / columns;
  const matrix = new Float64Array(height * columns);
  let row = 0;
  for (let i = first; i < end; i++) {
    const { data } = at(outputs, i);
    const size = data.length / columns;
    for (let c = 0; c < columns; c++)
      for (let k = 0; k < size; k++) matrix[(row + k) * columns + c] = at(data, c * size + k);
    row += size;
  }
  return matrix;
}

/** The stack of outputs `first` to `end`, each `[rows, …shape]`, side by side: row-major `[rows, elements of all shapes]`. */
export function unloadRows(
  outputs: readonly NdArray[],
  first: number,
  end: number,
  rows: number,
  width: number,
): Float64Array {
  const matrix = new Float64Array(rows * width);
  let column = 0;
  for (let i = first; i < end; i++) {
    const { data } = at(outputs, i);
    const size = data.length / rows;
    for (let r = 0; r < rows; r++)
      for (let k = 0; k < size; k++) matrix[r * width + column + k] = at(data, r * size + k);
    column += size;
  }
  return matrix;
}
