/** The memory of one program, and its blocks as arrays. */
import { ShapeError } from "../../core/errors.ts";
import type { NdArray, TensorType } from "../../tensor/array.ts";
import type { DataArray, Dtype } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";

/** A program's memory. */
export interface Store {
  readonly memory: WebAssembly.Memory;
  /** Whether threads share the memory. */
  readonly isShared: boolean;
  /** A block as it lies in the memory, not copied. */
  readonly view: (type: TensorType, address: number) => NdArray;
  /** Makes the memory at least so large. */
  readonly grow: (bytes: number) => void;
}

const bytesInPage = 65_536;
const mostPages = 65_536;

/** A memory of one page; one that threads share declares how far it may grow. */
export function newStore(isShared: boolean): Store {
  const memory = new WebAssembly.Memory(
    isShared ? { initial: 1, maximum: mostPages, shared: true } : { initial: 1 },
  );
  return {
    memory,
    isShared,
    view: ({ dtype, shape }, address) => ({
      dtype,
      shape,
      data: viewOf(memory.buffer, dtype, address, sizeOf(shape)),
    }),
    grow: (bytes) => {
      const pages = Math.ceil(bytes / bytesInPage);
      const more = pages - memory.buffer.byteLength / bytesInPage;
      if (more > 0) growBy(memory, more, pages);
    },
  };
}

/** @throws ShapeError when there is no such memory. */
function growBy(memory: WebAssembly.Memory, pages: number, total: number): void {
  try {
    if (total > mostPages) throw new RangeError("a WebAssembly memory holds at most 4 GiB");
    memory.grow(pages);
  } catch (error) {
    throw new ShapeError(
      `compile: the program needs ${((total * bytesInPage) / 2 ** 30).toFixed(1)} GiB of memory, more than there is for one program (at most 4 GiB); work on smaller batches, or call the function without compile`,
      { cause: error },
    );
  }
}

function viewOf(buffer: ArrayBufferLike, dtype: Dtype, address: number, size: number): DataArray {
  switch (dtype) {
    case "float64":
      return new Float64Array(buffer, address, size);
    case "float32":
      return new Float32Array(buffer, address, size);
    case "int32":
      return new Int32Array(buffer, address, size);
    case "bool":
      return new Uint8Array(buffer, address, size);
    default:
      return dtype satisfies never;
  }
}
