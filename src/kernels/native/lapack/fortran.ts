/**
 * Calls in the convention of Fortran: everything is passed by address, matrices are column-major, and each text argument has
 * its length as one more argument at the end. A row-major `[m, n]` matrix is the column-major `[n, m]` one of the same elements.
 */

import type { KernelDtype } from "../../kernels.ts";
import type { LibraryHandle, NativeArgument, NativeFunction } from "../koffi.ts";

/** The arrays that LAPACK works on. */
export type Elements = Float32Array | Float64Array;

/** An argument: a letter that selects a variant, a whole number, or an array. */
export type FortranArgument = string | number | Elements | Int32Array;

/** A routine in both precisions; returns `info`: 0, or where the numbers made it give up. */
export type Routine = (dtype: KernelDtype, ...parameters: readonly FortranArgument[]) => number;

/**
 * Binds `s…_` and `d…_`; `kinds` has a letter per argument before `info`: `t` text, `i` whole number, `a` array. Throws where
 * the library has no such routine.
 */
export function bindRoutine(library: LibraryHandle, name: string, kinds: string): Routine {
  const lengths = [...kinds].filter((kind) => kind === "t").map(() => "size_t");
  const types = [...[...kinds].map(() => "void *"), "void *", ...lengths];
  const bind = (letter: string): NativeFunction => library.func(`${letter}${name}_`, "void", types);
  const routines = { float32: bind("s"), float64: bind("d") };
  const ones = lengths.map(() => 1);
  return (dtype, ...parameters) => {
    const info = new Int32Array(1);
    routines[dtype](...parameters.map(byAddress), info, ...ones);
    return info[0] ?? 0;
  };
}

function byAddress(argument: FortranArgument): NativeArgument {
  if (typeof argument === "number") return Int32Array.of(argument);
  if (typeof argument === "string") return Uint8Array.of(argument.charCodeAt(0));
  return argument;
}

/** The dtype of an array. */
export function dtypeOf(elements: Elements): KernelDtype {
  return elements instanceof Float32Array ? "float32" : "float64";
}

/** A new array of the same dtype. */
export function like(elements: Elements, length: number): Elements {
  return elements instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Asks a routine for the working space it wants (`lwork = −1`) and gives it to it. */
export function withWork(model: Elements, call: (work: Elements, length: number) => number): number {
  const asked = like(model, 1);
  const info = call(asked, -1);
  if (info !== 0) return info;
  // A length in float32 may have been rounded down.
  const length = Math.ceil((asked[0] ?? 1) * (1 + 2 ** -23));
  return call(like(model, length), length);
}
