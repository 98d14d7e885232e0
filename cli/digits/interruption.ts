/** Ctrl-C and its kin: noted when they come, obeyed at the next pause. */

/** Why the work was called off, and the exit code that says so: 128 + the signal's number. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal);
    this.name = new.target.name;
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/** A signal that aborts with an `Interruption` on the first SIGINT or SIGTERM of this process. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => controller.abort(new Interruption(signal)));
  }
  return controller.signal;
}
