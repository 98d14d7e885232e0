/**
 * The compiled kernels on a memory. One text of bytes serves shared and unshared memories: the declaration of
 * the imported memory is rewritten before compiling. Memories of up to 2^16 pages, which is all a 32-bit
 * address reaches.
 */

import { isWide } from "../wide.ts";
import { plain, relaxed } from "./bytes.ts";
import { isKernelExports, type KernelExports } from "./exports.ts";

/** How sums of products are rounded. */
export type Rounding = "plain" | "relaxed";

const modules = new Map<string, WebAssembly.Module>();

/**
 * The rounding that this machine computes with: `relaxed` rounds once for a product and a sum and is quicker,
 * but its bits may differ between machines; `plain` gives the same bits everywhere.
 */
export function roundingFor(deterministic: boolean): Rounding {
  if (deterministic) return "plain";
  hasRelaxed ??= WebAssembly.validate(decode(relaxed));
  return hasRelaxed ? "relaxed" : "plain";
}

let hasRelaxed: boolean | undefined;

/** The kernels on a memory. */
export function instantiate(rounding: Rounding, memory: WebAssembly.Memory): KernelExports {
  const { exports } = new WebAssembly.Instance(moduleFor(rounding, memory), { env: { memory } });
  if (!isKernelExports(exports)) throw new Error("the kernels' bytes are not those of this version");
  return exports;
}

/** The compiled kernels that import such a memory; the same for all of its kind. */
export function moduleFor(rounding: Rounding, memory: WebAssembly.Memory): WebAssembly.Module {
  const shared = isShared(memory);
  // Code that was compiled before the engine was told to make it wide stays as it is.
  const key = `${rounding} ${shared} ${isWide()}`;
  const known = modules.get(key);
  if (known !== undefined) return known;
  const bytes = decode(rounding === "plain" ? plain : relaxed);
  const module = new WebAssembly.Module(shared ? withSharedMemory(bytes) : bytes);
  modules.set(key, module);
  return module;
}

/** Whether threads can share a memory. By its tag: pages that may not name `SharedArrayBuffer` can still have shared memories. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return Object.prototype.toString.call(memory.buffer) === "[object SharedArrayBuffer]";
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Section 2, 15 bytes: one import, "env" "memory", a memory (2) without maximum (0) of at least 0 pages. */
const unsharedImport = [2, 15, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 0, 0];
/** The same with a memory that is shared (3), of at least 0 and at most 65536 pages (80 80 04 in LEB128). */
const sharedImport = [2, 18, ...unsharedImport.slice(2, -2), 3, 0, 0x80, 0x80, 0x04];

function withSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = bytes.findIndex((_, i) => unsharedImport.every((byte, k) => bytes[i + k] === byte));
  if (start < 0) throw new Error("the kernels' bytes do not import their memory as expected");
  const changed = new Uint8Array(bytes.length + sharedImport.length - unsharedImport.length);
  changed.set(bytes.subarray(0, start));
  changed.set(sharedImport, start);
  changed.set(bytes.subarray(start + unsharedImport.length), start + sharedImport.length);
  return changed;
}
