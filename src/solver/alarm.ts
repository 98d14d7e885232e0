/** An alarm that ends the waiting for an answer: the signal is aborted, or the time is up. */
import type { Interruption } from "./ending.ts";

/** Rings at most once. */
export interface Alarm {
  /** The value that was promised, or why it was not waited for. */
  readonly orElse: <T>(promised: PromiseLike<T>) => Promise<T | Interruption>;
  readonly dismiss: () => void;
}

/** Sets an alarm. Nothing is left behind by an answer that came in time, however many there are. */
export function setAlarm(signal: AbortSignal | undefined, timeLimit: number): Alarm {
  let rung: Interruption | undefined;
  let wake = (_rung: Interruption): void => {};
  const ring = (why: Interruption): void => {
    rung ??= why;
    wake(rung);
  };
  const abort = (): void => ring("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  // Timers hold 31 bits; a longer limit is checked by the loop between answers.
  const timer = timeLimit < 2 ** 31 ? setTimeout(() => ring("too-late"), timeLimit) : undefined;
  return {
    orElse: <T>(promised: PromiseLike<T>) =>
      new Promise<T | Interruption>((resolve, reject) => {
        promised.then(resolve, reject);
        if (rung === undefined) wake = resolve;
        else resolve(rung);
      }),
    dismiss: () => {
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
    },
  };
}
