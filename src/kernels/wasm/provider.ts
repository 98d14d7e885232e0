/**
 * Kernels of our own, as WebAssembly with instructions on 128-bit vectors: they run wherever a program does.
 */

import { at } from "../../core/exactly.ts";
import type { KernelProvider } from "../kernels.ts";
import { convolutionRoom, prepareImages } from "./convolution.ts";
import { instantiate, roundingFor } from "./module.ts";
import { prepareRows, productRoom } from "./product.ts";

/** How the kernels round. */
export interface WasmProviderOptions {
  /** The same bits on every machine, at some cost of speed. Default false. */
  readonly deterministic?: boolean;
}

/** The WebAssembly kernels as a provider. Results do not depend on how many threads or parts compute them. */
export function wasmProvider({ deterministic = false }: WasmProviderOptions = {}): KernelProvider {
  const rounding = roundingFor(deterministic);
  return {
    name: "wasm",
    description: `WebAssembly SIMD, ${rounding === "relaxed" ? "fused multiply-add" : "no fused multiply-add"}`,
    open: (memory) => {
      const kernels = instantiate(rounding, memory);
      return {
        product: (call) => {
          const rows = prepareRows(kernels, call);
          return () => rows(0, call.rows, call.room);
        },
        productRoom,
        convolution: (call) => {
          const images = prepareImages(kernels, call);
          const count = at(call.input.shape, 0);
          return () => images(0, count, call.room);
        },
        convolutionRoom,
      };
    },
  };
}
