/** Which convolutions are computed from the input's side: derivatives of networks' layers, not the layers themselves. */
import { describe, expect, test } from "vitest";
import { foldsInNative, foldsInWasm, isNativeFoldQuick } from "./fold-choice.ts";
import type { ConvolutionCall } from "./kernels.ts";

type Call = Omit<ConvolutionCall, "room">;

/** `filters` kernels of `kernel`² over `channels` channels of 16 square images. */
const callOf = (
  [channels, image]: readonly [number, number],
  [filters, kernel]: readonly [number, number],
  low: number,
  { gap = 1, stride = 1 } = {},
): Call => {
  const result = Math.floor(((image - 1) * gap + 1 + 2 * low - kernel) / stride) + 1;
  return {
    dtype: "float32",
    input: { address: 0, shape: [16, channels, image, image] },
    kernel: { address: 0, shape: [filters, channels, kernel, kernel] },
    result: { address: 0, shape: [16, filters, result, result] },
    ...{ stride: [stride, stride], low: [low, low], dilation: [1, 1], inputDilation: [gap, gap], groups: 1 },
  };
};

describe("convolutions from the input's side", () => {
  test("derivatives of layers without padding, and of strided ones", () => {
    for (const call of [callOf([16, 8], [6, 5], 4), callOf([64, 14], [64, 3], 1, { gap: 2 })]) {
      expect(foldsInWasm(call)).toBe(true);
      expect(foldsInNative(call)).toBe(true);
      expect(isNativeFoldQuick(call)).toBe(true);
    }
  });

  test("not where contributions are more than products", () => {
    for (const call of [callOf([1, 28], [6, 5], 0), callOf([32, 8], [64, 5], 0)]) {
      expect(foldsInWasm(call)).toBe(false);
      expect(foldsInNative(call)).toBe(false);
      expect(isNativeFoldQuick(call)).toBe(false);
    }
  });

  test("never with a stride, nor for kernels of one element", () => {
    for (const call of [callOf([64, 8], [64, 3], 2, { stride: 2 }), callOf([64, 8], [64, 1], 4)]) {
      expect(foldsInWasm(call)).toBe(false);
      expect(foldsInNative(call)).toBe(false);
    }
  });
});
