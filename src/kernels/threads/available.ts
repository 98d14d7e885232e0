/** Whether threads can work on one memory here, and how many. */

/** Why there are no threads, in words; undefined where there are. */
export function threadsAbsence(): string | undefined {
  if (!isNode()) {
    // Elsewhere a shared memory can be made, but not be sent to workers.
    if (globalThis.crossOriginIsolated !== true)
      return "memory cannot be shared; the page must be cross-origin isolated (COOP and COEP headers)";
    if (typeof document === "object")
      return "a page's main thread must not wait for others; run the program in a Worker";
    if (typeof Worker !== "function") return "there are no Workers here";
  }
  return cores() < 2 ? "this machine has one core" : undefined;
}

/** The most threads that are used: as many as can run at the same time. */
export function cores(): number {
  if (isNode()) return process.getBuiltinModule("node:os").availableParallelism();
  return typeof navigator === "object" ? navigator.hardwareConcurrency : 1;
}

/** Whether this is Node, or a host that has its modules. */
export function isNode(): boolean {
  return typeof process === "object" && typeof process.getBuiltinModule === "function";
}
