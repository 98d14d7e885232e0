/**
 * The tasks of one memory that threads share. A task's parts do the same calls whoever does them, so results depend neither on
 * who took part nor on how many. Workers hear of a memory when one of its tasks is run first; until they have, parts
 * are done by the calling thread.
 */

import type { PreparedCall } from "../kernels.ts";
import { type Helper, startHelper } from "./helper.ts";
import type { SentCall } from "./protocol.ts";

/** A part of a task. */
export interface Part {
  /** Does the part on the calling thread. */
  readonly run: PreparedCall;
  /** The same calls for a worker. */
  readonly calls: readonly SentCall[];
}

/** The modules and tasks of a memory. */
export interface Roster {
  /**
   * The number of a module. It imports this memory, and functions: those named as in `Math` are these, others are called by
   * no task.
   */
  readonly module: (module: WebAssembly.Module) => number;
  /** A task of parts that may be done at the same time: the first by the calling thread, others by a worker each. */
  readonly task: (parts: readonly [Part, ...Part[]]) => PreparedCall;
  /** Whether workers have all that they were sent and can take part. */
  readonly isReady: () => boolean;
}

/** The workers of this thread; as many as the task with the most parts wants. */
let helpers: Helper[] = [];
const rosters = new WeakMap<WebAssembly.Memory, Roster>();

/** What workers hold of a memory. */
interface Held {
  readonly program: number;
  /** Bytes that they share, 0 until they hear of it. */
  bytes: number;
}

/**
 * A worker that only calls functions makes no garbage, so its engine may never look for memories that were dropped. When so
 * many bytes may have gathered, other workers take its place.
 */
const mostDroppedBytes = 2 ** 28;
let droppedBytes = 0;
const dropped = new FinalizationRegistry(({ program, bytes }: Held) => {
  if (bytes === 0) return;
  droppedBytes += bytes;
  if (droppedBytes <= mostDroppedBytes) {
    for (const helper of helpers) helper.send({ kind: "drop", program });
    return;
  }
  for (const helper of helpers) helper.end();
  helpers = [];
  droppedBytes = 0;
});
let programs = 0;
/** The number of the last task; 1 is none, see `turn.messages`. */
let lastTask = 1;

/** The roster of a shared memory. */
export function rosterOf(memory: WebAssembly.Memory): Roster {
  const known = rosters.get(memory) ?? newRoster(memory);
  rosters.set(memory, known);
  return known;
}

interface Task {
  readonly number: number;
  readonly parts: readonly [Part, ...Part[]];
}

/** How much of a roster a helper was sent, with the number of the message. */
interface Sent {
  readonly helper: Helper;
  modules: number;
  tasks: number;
  messages: number;
}

/** What a roster knows of itself. */
interface State {
  readonly held: Held;
  readonly memory: WebAssembly.Memory;
  readonly modules: WebAssembly.Module[];
  readonly tasks: Task[];
  /** By helper. */
  readonly sent: Sent[];
}

function newRoster(memory: WebAssembly.Memory): Roster {
  const held = { program: programs++, bytes: 0 };
  const state: State = { held, memory, modules: [], tasks: [], sent: [] };
  dropped.register(state, held);
  return {
    module: (module) => {
      const known = state.modules.indexOf(module);
      return known < 0 ? state.modules.push(module) - 1 : known;
    },
    task: (parts) => {
      const task: Task = { number: ++lastTask, parts };
      state.tasks.push(task);
      return () => runTask(state, task);
    },
    isReady: () =>
      state.sent.length > 0 && state.sent.every(({ helper, messages }) => helper.hasRead(messages)),
  };
}

function runTask(state: State, { number, parts }: Task): void {
  const [own, ...others] = parts;
  const taken: Helper[] = [];
  const offered = others.map((_, i) => {
    const helper = readyHelper(state, i);
    return helper?.offer(number) ? helper : undefined;
  });
  own.run();
  // Whatever workers have not begun by now is done sooner than they would begin.
  for (const [i, part] of others.entries()) {
    const helper = offered[i];
    if (helper === undefined || helper.takeBack(number)) part.run();
    else taken.push(helper);
  }
  for (const helper of taken) helper.finish(number);
}

/** Helper i, when it knows all tasks. */
function readyHelper(state: State, i: number): Helper | undefined {
  const helper = helpers[i] ?? startHelper();
  helpers[i] = helper;
  const known = state.sent[i];
  const sent = known?.helper === helper ? known : { helper, modules: 0, tasks: 0, messages: 0 };
  state.sent[i] = sent;
  if (sent.tasks < state.tasks.length) sendRest(state, sent, i);
  return helper.hasRead(sent.messages) ? helper : undefined;
}

/** Sends helper i what it does not know yet. */
function sendRest({ held, memory, modules, tasks }: State, sent: Sent, i: number): void {
  const fresh = tasks.slice(sent.tasks).flatMap(({ number, parts }): [number, readonly SentCall[]][] => {
    const part = parts[i + 1];
    return part === undefined ? [] : [[number, part.calls]];
  });
  held.bytes = memory.buffer.byteLength;
  const more = { program: held.program, memory, modules: modules.slice(sent.modules), tasks: fresh };
  sent.messages = sent.helper.send({ kind: "program", ...more });
  sent.modules = modules.length;
  sent.tasks = tasks.length;
}
