/** Kernels by the machine's own BLAS, called directly on a program's memory. */

import type { KernelProvider, Kernels } from "../kernels.ts";
import { nativeConvolution } from "./convolution.ts";
import { isAbsent, type NativeAbsence } from "./koffi.ts";
import { type NativeLibrary, nativeLibrary } from "./library.ts";
import { addressOf } from "./memory-address.ts";
import { prepareProduct } from "./product.ts";

/** The native BLAS of this machine as a provider, or why there is none. Looked for once in a process. */
export function nativeProvider(): KernelProvider | NativeAbsence {
  const library = nativeLibrary();
  return isAbsent(library) ? library : providerOf(library);
}

/** A library as a provider. */
export function providerOf(library: NativeLibrary): KernelProvider {
  return {
    name: "native",
    // Read when asked, since threads may be set meanwhile.
    get description() {
      return describe(library);
    },
    open: (memory) => openNative(library, memory),
  };
}

function openNative(library: NativeLibrary, memory: WebAssembly.Memory): Kernels {
  const place = { memory, address: addressOf(memory, library.koffi) };
  const product: Kernels["product"] = (call) => prepareProduct(library, place, call);
  const productRoom: Kernels["productRoom"] = () => 0;
  return { product, productRoom, ...nativeConvolution(memory, { product, productRoom }) };
}

/** "OpenBLAS 0.3.21, 2 threads". */
function describe({ make }: NativeLibrary): string {
  const threads = make.threads();
  if (threads === undefined) return make.name;
  return `${make.name}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
