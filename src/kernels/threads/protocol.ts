/**
 * How the calling thread and a worker agree who does what: by one word of shared memory, the worker's *turn*.
 *
 *     0 ──offer──▶ task ──take──▶ −task ──done──▶ 0
 *                   └──take back──▶ 0
 *
 * A task is offered by the caller and taken by the worker, or taken back by the caller when the worker has not begun it: a
 * worker that sleeps, is late or dead costs nothing but its help. Both exchange the word atomically, so one of them gets it.
 */

/** The words of a worker's control block, on cache lines of their own. */
export const word = { turn: 0, arrived: 16 } as const;

/** Bytes of a control block. */
export const controlBytes = 128;

/** Turns that are no tasks; tasks have larger numbers. */
export const turn: { readonly free: number; readonly messages: number; readonly failed: number } = {
  /** The worker has nothing to do. */
  free: 0,
  /** The worker is to read its messages. */
  messages: 1,
  /** A call of the last task threw. */
  failed: -(2 ** 31),
};

/**
 * How long a thread looks again and again before it sleeps, in milliseconds: longer than what lies between two tasks of a
 * training step, short enough to cost nothing when the step is over.
 */
export const watchMilliseconds = 0.05;

/** A call of a function that a module exports, in numbers that can be sent. */
export interface SentCall {
  /** The module, by its number in the program. */
  readonly module: number;
  readonly name: string;
  readonly numbers: readonly number[];
}

/** What is sent to a worker. */
export type Message =
  | { readonly kind: "begin"; readonly control: Int32Array }
  | {
      readonly kind: "program";
      readonly program: number;
      readonly memory: WebAssembly.Memory;
      /** Modules that join those sent before. */
      readonly modules: readonly WebAssembly.Module[];
      /** Tasks by number, with the worker's part of each. */
      readonly tasks: readonly (readonly [task: number, calls: readonly SentCall[]])[];
    }
  | { readonly kind: "drop"; readonly program: number };
