/**
 * Whose kernels compiled programs use: chosen by `useKernels`, by the environment variable `NABLA_KERNELS`, or else a native
 * BLAS where one is found and WebAssembly where none is. Programs keep the kernels they were compiled with.
 */

import { bySize } from "./by-size.ts";
import { candidates } from "./candidates.ts";
import { type Absence, choose, type KernelOptions, type ProviderName } from "./choose.ts";
import type { KernelProvider, Kernels } from "./kernels.ts";
import { roundingFor } from "./wasm/module.ts";
import { wasmProvider } from "./wasm/provider.ts";
import { switchWide, type WideState } from "./wide.ts";

/** What is in use. Part of what the bits of a result depend on. */
export interface KernelChoice {
  readonly name: ProviderName;
  /** For people: "OpenBLAS 0.3.21, 2 threads". */
  readonly description: string;
  /** Whether the bits are the same in Node and in every browser. */
  readonly deterministic: boolean;
  /** The threads that multiply at most, the calling one among them. */
  readonly threads: number;
  /** Whether V8's 256-bit code was asked for and is on, or why it is not. */
  readonly wide: WideState;
}

interface Current {
  readonly provider: KernelProvider;
  readonly choice: KernelChoice;
}

let current: Current | undefined;

/**
 * Chooses the kernels of programs compiled from now on and says what was chosen. Without options it returns to the default.
 * Throws an `ArgumentError` where the wanted provider is not available, with the reason.
 *
 * ```ts
 * useKernels({ provider: "wasm" }).name; // → "wasm"
 * useKernels({ deterministic: true }).deterministic; // → true
 * useKernels(); // the default again
 * ```
 */
export function useKernels(options: KernelOptions = {}): KernelChoice {
  return change(options).choice;
}

/**
 * The kernels in use, found now where nobody asked for them before. Throws an `ArgumentError` where `NABLA_KERNELS` asks for a
 * provider that is not available.
 *
 * ```ts
 * useKernels({ provider: "wasm", threads: 1 });
 * currentKernels().threads; // → 1
 * ```
 */
export function currentKernels(): KernelChoice {
  return inUse().choice;
}

/** Whether a·b + c may be rounded once in code compiled now: where the host can, and bits need not be the same everywhere. */
export function fusesMultiplyAdd(): boolean {
  return roundingFor(currentKernels().deterministic) === "relaxed";
}

/** Kernels on a program's memory, by the current choice; small work stays in WebAssembly, see `smallWork`. */
export function kernelsFor(memory: WebAssembly.Memory): Kernels {
  const { provider } = inUse();
  const kernels = provider.open(memory);
  if (provider.name !== "native") return kernels;
  return bySize(wasmProvider({ deterministic: false }).open(memory), kernels);
}

function inUse(): Current {
  return current ?? change({});
}

function change(options: KernelOptions): Current {
  const { provider, useThreads } = choose(candidates, options, environment());
  const threads = useThreads(options.threads);
  const { name, description } = provider;
  const wide = switchWide(options.wide ?? false);
  const deterministic = options.deterministic ?? false;
  current = { provider, choice: { name, description, deterministic, threads, wide } };
  return current;
}

/** Every provider there could be, with the reason where it is not there. */
export function kernelCandidates(): readonly (
  | { readonly name: ProviderName; readonly provider: KernelProvider }
  | ({ readonly name: ProviderName } & Absence)
)[] {
  return candidates.map(({ name, find }) => {
    const found = find({});
    return "reason" in found ? { name, reason: found.reason } : { name, provider: found.provider };
  });
}

function environment(): string | undefined {
  return typeof process === "object" ? process.env?.NABLA_KERNELS : undefined;
}
