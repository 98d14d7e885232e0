/** A worker that takes parts of tasks, as the calling thread sees it. */

import { isNode } from "./available.ts";
import { controlBytes, type Message, turn, watchMilliseconds, word } from "./protocol.ts";
import { workerText } from "./worker-text.ts";

/** A worker. All of it returns at once, but for `finish`. */
export interface Helper {
  /** Sends a message and says the number of messages sent, for `hasRead`. */
  readonly send: (message: Message) => number;
  /** Whether it has read so many messages; where not it is asked to. */
  readonly hasRead: (messages: number) => boolean;
  /** Offers it a task; false when it is busy. */
  readonly offer: (task: number) => boolean;
  /** Takes a task back that it has not begun; false when it has. */
  readonly takeBack: (task: number) => boolean;
  /** Waits until it has done a task that it has begun. Throws when a call of it threw. */
  readonly finish: (task: number) => void;
  /** Ends it; what it is offered from now on it does not take. */
  readonly end: () => void;
}

/** What a host's worker can do. */
interface Thread {
  readonly post: (message: Message) => void;
  readonly end: () => void;
}

/** Starts a worker. It ends with this thread, and does not keep the process alive. */
export function startHelper(): Helper {
  const control = new Int32Array(new SharedArrayBuffer(controlBytes));
  let isAlive = true;
  const stop = (): void => {
    isAlive = false;
  };
  const thread = startThread(stop);
  let sent = 0;
  const offer = (task: number): boolean =>
    isAlive && Atomics.compareExchange(control, word.turn, turn.free, task) === turn.free && wake(control);
  thread.post({ kind: "begin", control });
  return {
    send: (message) => {
      thread.post(message);
      offer(turn.messages);
      return ++sent;
    },
    hasRead: (messages) => {
      const isThere = Atomics.load(control, word.arrived) >= messages;
      // It may have looked for messages just before the last one came.
      if (!isThere) offer(turn.messages);
      return isThere;
    },
    offer,
    takeBack: (task) => Atomics.compareExchange(control, word.turn, task, turn.free) === task,
    finish: (task) => finish(control, -task),
    end: () => {
      stop();
      thread.end();
    },
  };
}

function wake(control: Int32Array): true {
  Atomics.notify(control, word.turn);
  return true;
}

/** Parts allocate nothing, so a worker that has begun one ends it, or ends with the process. */
function finish(control: Int32Array, taken: number): void {
  const until = performance.now() + watchMilliseconds;
  while (Atomics.load(control, word.turn) === taken)
    if (performance.now() > until) Atomics.wait(control, word.turn, taken);
  if (Atomics.compareExchange(control, word.turn, turn.failed, turn.free) === turn.failed)
    throw new Error("a part of a program failed in a worker thread; please report it with the program");
}

/** Starts a worker; one that never helps where the host forbids workers, by a policy or by Node's permissions. */
function startThread(ended: () => void): Thread {
  try {
    return isNode() ? startInNode(ended) : startInBrowser(ended);
  } catch {
    ended();
    return { post: () => {}, end: () => {} };
  }
}

function startInNode(ended: () => void): Thread {
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const address = new URL(`data:text/javascript,${encodeURIComponent(workerText)}`);
  // Without what this process was told to load first (--import): a worker needs none of it.
  const worker = new Worker(address, { execArgv: [], name: "nabla" });
  // What ends it is no matter of the program's: its parts are done here.
  worker.on("error", ended);
  worker.on("exit", ended);
  worker.unref();
  return { post: (message) => worker.postMessage(message), end: () => void worker.terminate() };
}

/** In a browser the address is a blob's: what begins from a `data:` address shares no memory. */
function startInBrowser(ended: () => void): Thread {
  const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module", name: "nabla" });
  worker.onerror = ended;
  return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
}
