/**
 * Where a WebAssembly memory lies in the process. A memory may move when it grows, and growing always gives it a new
 * buffer object; so an address is good for as long as `memory.buffer` is the same object.
 */

import type { Koffi } from "./koffi.ts";

/** The address of a memory's first byte. */
export interface MemoryAddress {
  /** The buffer that `base` belongs to; compare it with `memory.buffer` before a call. */
  readonly buffer: ArrayBuffer;
  readonly base: bigint;
}

/** Looks the address up anew at each call; keeps it while the buffer is the same. */
export function addressOf(memory: WebAssembly.Memory, koffi: Koffi): () => MemoryAddress {
  let known: MemoryAddress | undefined;
  return () => {
    const { buffer } = memory;
    if (known?.buffer !== buffer) known = { buffer, base: koffi.address(new Uint8Array(buffer)) };
    return known;
  };
}
