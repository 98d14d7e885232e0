/** The choice as users meet it, with the providers that this machine has. */

import { afterEach, describe, expect, test } from "vitest";
import { smallWork } from "../../src/kernels/by-size.ts";
import { currentKernels, kernelCandidates, kernelsFor, useKernels } from "../../src/kernels/index.ts";
import type { ProductCall } from "../../src/kernels/kernels.ts";
import { describeNative } from "./native/here.ts";
import { elementsOf } from "./plain-product.ts";

const variable = process.env.NABLA_KERNELS;
afterEach(() => {
  if (variable === undefined) delete process.env.NABLA_KERNELS;
  else process.env.NABLA_KERNELS = variable;
  useKernels();
});

/** A square product of ones; gives the first element of the result. */
function squareOfOnes(length: number): number {
  const size = 4 * length * length;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const kernels = kernelsFor(memory);
  const ones = { address: 0, stride: length, isTransposed: false };
  const shape = { rows: length, columns: length, inner: length };
  const kind = { dtype: "float32", accumulate: false } as const;
  const call: ProductCall = {
    ...{ ...kind, ...shape, a: ones, b: ones },
    ...{ c: { address: size, stride: length }, room: 2 * size },
  };
  memory.grow(Math.ceil((2 * size + kernels.productRoom(call)) / 65536));
  elementsOf(memory, "float32").fill(1, 0, length * length);
  kernels.product(call)();
  return elementsOf(memory, "float32")[length * length] as number;
}

describe("useKernels", () => {
  test("says what is in use, and without options returns to the default", () => {
    const before = currentKernels();
    const chosen = useKernels({ deterministic: true });
    expect(chosen).toMatchObject({ deterministic: true, wide: "off" });
    expect(["wasm", "wasm-threads"]).toContain(chosen.name);
    expect(currentKernels()).toEqual(chosen);
    expect(useKernels()).toEqual(before);
  });

  test("follows the environment", () => {
    process.env.NABLA_KERNELS = "wasm";
    expect(useKernels()).toMatchObject({ name: "wasm", deterministic: false });
    process.env.NABLA_KERNELS = "abacus";
    expect(() => useKernels()).toThrow("`NABLA_KERNELS` must be one of");
  });

  test("a refused wish leaves the choice as it was", () => {
    useKernels({ provider: "wasm" });
    expect(() => useKernels({ threads: 0.5 })).toThrow("whole number");
    expect(currentKernels().name).toBe("wasm");
  });

  test("wide code is on or has a reason", () => {
    const { wide } = useKernels({ provider: "wasm", wide: true });
    if (typeof wide === "string") expect(wide).toBe("on");
    else expect(wide.reason).toMatch(/wide code|has no --experimental/);
    expect(useKernels().wide).toBe("off");
  });

  test("every provider there is multiplies, small work and large", () => {
    const edge = Math.floor(Math.cbrt(smallWork));
    for (const candidate of kernelCandidates()) {
      if ("reason" in candidate) {
        expect(candidate.reason).not.toBe("");
        continue;
      }
      useKernels({ provider: candidate.name });
      for (const length of [1, edge, edge + 1, 60]) expect(squareOfOnes(length)).toBe(length);
    }
  });
});

describeNative("useKernels with a native BLAS", (library) => {
  test("takes it by default and sets its threads", () => {
    delete process.env.NABLA_KERNELS;
    expect(useKernels().name).toBe("native");
    if (library.make.setThreads === undefined) return;
    expect(useKernels({ threads: 1 })).toMatchObject({ threads: 1, name: "native" });
    expect(currentKernels().description).toMatch(/, 1 thread$/);
  });
});
