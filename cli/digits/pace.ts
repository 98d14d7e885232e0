/** Numeric work is synchronous; this is how it lets the terminal, the clock and signals have their turn. */

/** Called between two pieces of work: lets the event loop run when it has waited for `milliseconds`. */
export type Pause = () => Promise<void>;

/**
 * A pause that gives the event loop a turn at most every `milliseconds`, and throws `signal.reason` once
 * the work has been called off.
 */
export function pauseEvery(milliseconds: number, signal: AbortSignal): Pause {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await new Promise((resume) => setImmediate(resume));
    signal.throwIfAborted();
    last = performance.now();
  };
}
