/** Convolution by a native library's products: from the input's side where that is less work, else by patches. */

import { at } from "../../core/exactly.ts";
import { foldsInNative } from "../fold-choice.ts";
import type { Kernels } from "../kernels.ts";
import { isWhole, patchConvolution } from "../patch-convolution.ts";
import { plainPatches } from "../patches.ts";
import type { KernelExports } from "../wasm/exports.ts";
import { type FoldProducts, foldImages, foldRoom } from "../wasm/folding.ts";
import { geometryOf } from "../wasm/geometry.ts";
import { instantiate, roundingFor } from "../wasm/module.ts";

/** Convolution on a memory by products there. */
export function nativeConvolution(
  memory: WebAssembly.Memory,
  products: FoldProducts,
): Pick<Kernels, "convolution" | "convolutionRoom"> {
  const patched = patchConvolution(plainPatches(memory), products);
  // WebAssembly adds the contributions, in the same memory; made when first needed.
  let adding: KernelExports | undefined;
  return {
    convolution: (call) => {
      if (isWhole(call) || !foldsInNative(call)) return patched.convolution(call);
      adding ??= instantiate(roundingFor(false), memory);
      const images = foldImages(adding, call, geometryOf(call), products);
      const count = at(call.input.shape, 0);
      return () => images(0, count);
    },
    convolutionRoom: (call) =>
      isWhole(call) || !foldsInNative(call)
        ? patched.convolutionRoom(call)
        : foldRoom(call, geometryOf(call), products),
  };
}
