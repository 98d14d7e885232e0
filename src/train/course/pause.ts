/** Numeric work is synchronous; this is how it lets the terminal, the clock and signals have their turn. */

/** Called between two pieces of work. */
export type Pause = () => Promise<void> | undefined;

/** How long the event loop may be kept waiting, in milliseconds: a frame. */
const patience = 16;

/** Gives the event loop a turn where it has waited for a frame. */
export function pauses(now: () => number): Pause {
  let rested = now();
  return () => {
    if (now() - rested < patience) return undefined;
    return turn().then(() => {
      rested = now();
    });
  };
}

/** A turn of the event loop: at once in Node, where a timer would wait for a millisecond. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
