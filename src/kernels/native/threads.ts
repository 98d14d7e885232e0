/** How many threads the native library works with; a setting of the whole process. */

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
  make.setThreads(threads ?? initialThreads);
  return make.threads() ?? 1;
}
