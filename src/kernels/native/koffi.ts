/**
 * The foreign function interface koffi, an optional dependency: loaded when first asked for, never in a browser.
 */

/** Something koffi passes to C: numbers, addresses as bigint, typed arrays as pointers to their elements. */
export type NativeArgument = number | bigint | ArrayBufferView;

/** A function of a native library. */
export type NativeFunction = (...parameters: readonly NativeArgument[]) => unknown;

/** A loaded library. */
export interface LibraryHandle {
  /** Binds a symbol by its C types; throws where the library has no such symbol. */
  readonly func: (name: string, result: string, parameters: string[]) => NativeFunction;
}

/** The part of koffi that Nabla uses. */
export interface Koffi {
  /** Loads a library; throws with the system's message where it cannot be loaded. */
  readonly load: (path: string) => LibraryHandle;
  /** The address of a view's first byte. */
  readonly address: (view: ArrayBufferView) => bigint;
}

/** Why there is no native library: a sentence for people, with the remedy. */
export interface NativeAbsence {
  readonly reason: string;
}

/** Whether something asked for is absent. */
export function isAbsent<Present extends object>(found: Present | NativeAbsence): found is NativeAbsence {
  return "reason" in found;
}

/** The koffi that is installed beside Nabla, or why there is none. */
export function installedKoffi(): Koffi | NativeAbsence {
  if (typeof process !== "object" || typeof process.getBuiltinModule !== "function")
    return { reason: "native kernels need Node; browsers use WebAssembly" };
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    const koffi: Koffi = createRequire(import.meta.url)("koffi");
    return koffi;
  } catch (error) {
    return { reason: `the package koffi could not be loaded; \`npm install koffi\` (${firstLine(error)})` };
  }
}

/** The first line of an error's message. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? message;
}
