/**
 * How many threads the native library works with; a setting of the whole process. Libraries bear no change of it while another
 * thread of the process computes (OpenBLAS then gives wrong numbers), so nothing is set that is set already.
 */

import { isAbsent } from "./koffi.ts";
import { nativeLibrary } from "./library.ts";

/** The library's own choice, before anything was set. */
let initialThreads: number | undefined;

/** Sets the threads, `undefined` for the library's own choice, and returns how many are in use; 1 where it does not tell. */
export function useNativeThreads(threads: number | undefined): number {
  const library = nativeLibrary();
  if (isAbsent(library)) return 1;
  const { make } = library;
  const now = make.threads();
  if (now === undefined || make.setThreads === undefined) return now ?? 1;
  initialThreads ??= now;
  const wanted = threads ?? initialThreads;
  if (wanted !== now) make.setThreads(wanted);
  return make.threads() ?? 1;
}
