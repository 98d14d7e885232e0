/**
 * Two kinds of kernels as one: small work goes to the kernels that are cheap to call, large work to those that are fast.
 * Which is which is fixed by the work alone, so the same call always takes the same way.
 */

import { isMoved, isNativeFoldQuick } from "./fold-choice.ts";
import type { ConvolutionCall, KernelDtype, Kernels, ProductCall } from "./kernels.ts";
import { isWhole } from "./patch-convolution.ts";

/**
 * Multiply-adds up to which a product goes to WebAssembly although a native library is chosen: a foreign call costs about
 * 0.2 µs, in which WebAssembly does about a thousand multiply-adds.
 */
export const smallWork = 1024;

/**
 * Result channels of a group from which on a convolution is worth the writing of patches one by one. Measured against
 * WebAssembly, which needs no patches: kernels of 3×3 and 5×5 take the same time at 25 to 35 channels in float32, at 12 to 18
 * in float64.
 */
export const manyChannels: Readonly<Record<KernelDtype, number>> = { float32: 32, float64: 16 };

/** Kernels that send small work to `small`, the rest to `large`. */
export function bySize(small: Kernels, large: Kernels): Kernels {
  const forProduct = (call: Pick<ProductCall, "rows" | "columns" | "inner">): Kernels =>
    call.rows * call.columns * call.inner <= smallWork ? small : large;
  const forConvolution = (call: Convolution): Kernels => (isLarge(call) ? large : small);
  return {
    product: (call) => forProduct(call).product(call),
    productRoom: (call) => forProduct(call).productRoom(call),
    convolution: (call) => forConvolution(call).convolution(call),
    convolutionRoom: (call) => forConvolution(call).convolutionRoom(call),
  };
}

type Convolution = Omit<ConvolutionCall, "room">;

function isLarge(call: Convolution): boolean {
  const volume = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  if (volume(call.result.shape) * volume(call.kernel.shape.slice(1)) <= smallWork) return false;
  const isMany = (call.kernel.shape[0] ?? 0) / call.groups >= manyChannels[call.dtype];
  return isWhole(call) || isMoved(call) || isMany || isNativeFoldQuick(call);
}
