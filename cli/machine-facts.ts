/** What this machine and this Node offer. */

import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { type KernelFacts, kernelFacts } from "./kernel-facts.ts";
import { packageFacts } from "./package-facts.ts";

/** The findings of `nabla doctor`, as its JSON has them; memory in bytes. */
export interface MachineFacts {
  readonly nabla: string;
  readonly node: { readonly version: string; readonly required: string; readonly isSupported: boolean };
  readonly platform: string;
  readonly arch: string;
  readonly cpu: { readonly model: string; readonly cores: number };
  readonly memory: { readonly total: number; readonly free: number };
  readonly webAssembly: WebAssemblyFacts;
  readonly float16Array: boolean;
  /** How graphs are evaluated. */
  readonly evaluation: "compiled programs";
  /** Who multiplies in them. */
  readonly kernels: KernelFacts;
}

interface WebAssemblyFacts {
  readonly isAvailable: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Shared memory with atomic operations. */
  readonly threads: boolean;
}

/** Smallest modules that need a feature, as in the npm package wasm-feature-detect (Apache-2.0). */
const header = [0, 97, 115, 109, 1, 0, 0, 0];
const simd = [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const relaxedSimd = [
  ...[1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0],
  ...[65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
];
const atomics = [
  ...[1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0],
  ...[65, 0, 254, 16, 2, 0, 26, 11],
];

/** Looks at this machine, and measures its kernels where that is wanted. */
export function machineFacts(isMeasured: boolean): MachineFacts {
  const { version, node } = packageFacts();
  return {
    nabla: version,
    node: {
      version: process.versions.node,
      required: node,
      isSupported: isAtLeast(process.versions.node, node),
    },
    platform: process.platform,
    arch: process.arch,
    cpu: { model: cpus()[0]?.model.trim() ?? "unknown", cores: availableParallelism() },
    memory: { total: totalmem(), free: freemem() },
    webAssembly: webAssemblyFacts(),
    float16Array: "Float16Array" in globalThis,
    evaluation: "compiled programs",
    kernels: kernelFacts(isMeasured),
  };
}

function webAssemblyFacts(): WebAssemblyFacts {
  const isAvailable = typeof WebAssembly === "object";
  const has = (code: readonly number[]): boolean =>
    isAvailable && WebAssembly.validate(Uint8Array.from([...header, ...code]));
  return {
    isAvailable,
    simd: has(simd),
    relaxedSimd: has(relaxedSimd),
    threads: typeof SharedArrayBuffer === "function" && has(atomics),
  };
}

/** Whether `version` is at least the one that a range like ">=20.19" names. */
export function isAtLeast(version: string, range: string): boolean {
  const numbers = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
  const wanted = numbers(range);
  const found = numbers(version);
  const difference = wanted.map((part, i) => (found[i] ?? 0) - part).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}
