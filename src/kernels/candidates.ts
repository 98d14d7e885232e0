/** The providers of kernels, the preferred first. A new one is a new entry. */

import type { Candidate, FoundProvider } from "./choose.ts";
import { isAbsent } from "./native/koffi.ts";
import { nativeProvider } from "./native/provider.ts";
import { useNativeThreads } from "./native/threads.ts";
import { threadsAbsence } from "./threads/available.ts";
import { wasmThreadsProvider } from "./threads/provider.ts";
import { wasmProvider } from "./wasm/provider.ts";

/** All candidates in the order in which the default takes them. */
export const candidates: readonly Candidate[] = [
  {
    name: "native",
    canBeDeterministic: false,
    find: () => {
      const provider = nativeProvider();
      return isAbsent(provider) ? provider : { provider, useThreads: useNativeThreads };
    },
  },
  {
    name: "wasm-threads",
    canBeDeterministic: true,
    find: ({ deterministic = false }) => {
      const reason = threadsAbsence();
      return reason === undefined ? wasmThreadsProvider({ deterministic }) : { reason };
    },
  },
  {
    name: "wasm",
    canBeDeterministic: true,
    find: ({ deterministic = false }): FoundProvider => ({
      provider: wasmProvider({ deterministic }),
      useThreads: () => 1,
    }),
  },
];
