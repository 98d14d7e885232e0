/** Which BLAS a library is: its make, version and threads, read from functions that only one make has. */

import type { LibraryHandle, NativeFunction } from "./koffi.ts";

/** What a library says of itself. */
export interface Make {
  /** "OpenBLAS 0.3.21", "Accelerate". */
  readonly name: string;
  /** Threads it works with now; undefined where the library does not tell. */
  readonly threads: () => number | undefined;
  /** Sets the threads it works with; undefined where it cannot be set. */
  readonly setThreads: ((threads: number) => void) | undefined;
  /** Whether its integers have 64 bits, which Nabla's calls do not. */
  readonly hasLongIntegers: boolean;
}

/** The make of a library, or undefined where it tells nothing, as the reference BLAS does. */
export function makeOf(library: LibraryHandle, path: string): Make | undefined {
  return openBlas(library) ?? intel(library) ?? blis(library) ?? accelerate(path);
}

function openBlas(library: LibraryHandle): Make | undefined {
  const config = bound(library, "openblas_get_config", "str", []);
  if (config === undefined) return undefined;
  const words = String(config());
  const version = /\d+\.\d+(\.\d+)?/.exec(words)?.[0] ?? "of unknown version";
  return {
    name: `OpenBLAS ${version}`,
    ...threadsBy(library, "openblas_get_num_threads", "openblas_set_num_threads"),
    hasLongIntegers: words.includes("USE64BITINT"),
  };
}

function intel(library: LibraryHandle): Make | undefined {
  const version = bound(library, "MKL_Get_Version_String", "void", ["void *", "int"]);
  if (version === undefined) return undefined;
  const text = new Uint8Array(200);
  version(text, text.length);
  const words = String.fromCharCode(...text.subarray(0, text.indexOf(0)));
  return {
    name: `Intel MKL ${/\d+(\.\d+)*/.exec(words)?.[0] ?? ""}`.trim(),
    ...threadsBy(library, "MKL_Get_Max_Threads", "MKL_Set_Num_Threads"),
    hasLongIntegers: false,
  };
}

function blis(library: LibraryHandle): Make | undefined {
  const version = bound(library, "bli_info_get_version_str", "str", []);
  if (version === undefined) return undefined;
  const integerBits = bound(library, "bli_info_get_blas_int_type_size", "int64", []);
  return {
    name: `BLIS ${String(version())}`,
    // dim_t has 64 bits on every platform that BLIS is packaged for.
    ...threadsBy(library, "bli_thread_get_num_threads", "bli_thread_set_num_threads", "int64"),
    hasLongIntegers: integerBits !== undefined && Number(integerBits()) === 64,
  };
}

/** Accelerate chooses its threads itself. */
function accelerate(path: string): Make | undefined {
  if (!path.includes("Accelerate.framework")) return undefined;
  return { name: "Accelerate", threads: () => undefined, setThreads: undefined, hasLongIntegers: false };
}

function threadsBy(
  library: LibraryHandle,
  get: string,
  set: string,
  integer = "int",
): Pick<Make, "threads" | "setThreads"> {
  const count = bound(library, get, integer, []);
  const change = bound(library, set, "void", [integer]);
  return {
    threads: () => (count === undefined ? undefined : Number(count())),
    setThreads: change === undefined ? undefined : (threads) => void change(threads),
  };
}

/** A function of a library, or undefined where it has none of that name. */
function bound(
  library: LibraryHandle,
  name: string,
  result: string,
  parameters: string[],
): NativeFunction | undefined {
  try {
    return library.func(name, result, parameters);
  } catch {
    return undefined;
  }
}
