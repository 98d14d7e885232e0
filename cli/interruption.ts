/** Ctrl-C and its kin: noted when they first come and obeyed at the next pause; the second ends the process at once. */

/** Exit codes by the shells' convention: 128 + the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 } as const;

/** Why the work was called off, and the exit code that says so. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: keyof typeof EXIT_CODES) {
    super(signal);
    this.name = new.target.name;
    this.exitCode = EXIT_CODES[signal];
  }
}

/** A signal that aborts with an `Interruption` when this process is interrupted, or nobody reads its output any more. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  const abort = (signal: keyof typeof EXIT_CODES): void => controller.abort(new Interruption(signal));
  process.once("SIGINT", () => abort("SIGINT"));
  process.once("SIGTERM", () => abort("SIGTERM"));
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Node ignores the signal SIGPIPE and reports the closed pipe here.
    if (error.code !== "EPIPE") throw error;
    abort("SIGPIPE");
  });
  return controller.signal;
}
