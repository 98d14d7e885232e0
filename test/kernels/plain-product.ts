/** The matrix product of a `ProductCall` by its definition, with sums in float64: what kernels are compared with. */

import type { MatrixPlace, PreparedCall, ProductCall } from "../../src/kernels/kernels.ts";

/** Prepares the product on a memory. */
export function plainProduct(memory: WebAssembly.Memory, call: ProductCall): PreparedCall {
  return () => {
    const all = elementsOf(memory, call.dtype);
    const size = all.BYTES_PER_ELEMENT;
    const read = (place: MatrixPlace, i: number, j: number): number => {
      const offset = place.isTransposed ? j * place.stride + i : i * place.stride + j;
      return all[place.address / size + offset] as number;
    };
    for (let i = 0; i < call.rows; i++)
      for (let j = 0; j < call.columns; j++) {
        const at = call.c.address / size + i * call.c.stride + j;
        let sum = call.accumulate ? (all[at] as number) : 0;
        for (let k = 0; k < call.inner; k++) sum += read(call.a, i, k) * read(call.b, k, j);
        all[at] = sum;
      }
  };
}

/** All elements of a memory. */
export function elementsOf(
  memory: WebAssembly.Memory,
  dtype: ProductCall["dtype"],
): Float32Array | Float64Array {
  return dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
}
