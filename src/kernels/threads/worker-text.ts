/**
 * The program of a worker, as text. A worker begins from an address. The address of a file beside this one would not survive
 * bundling, and would be TypeScript under test runners; a function's own text is changed by what measures coverage. A text
 * that is its own address works in all of them. It is kept so small that a text is bearable.
 */

import { controlBytes, turn, watchMilliseconds, word } from "./protocol.ts";

/** JavaScript of a module without imports, for Node and for browsers. Messages and turns are as in protocol.ts. */
export const workerText: string = `
const port = globalThis.process?.getBuiltinModule?.("node:worker_threads").parentPort;
const programs = new Map();
const tasks = new Map();
let control = new Int32Array(${controlBytes / 4});

function receive(message) {
  if (message.kind === "begin") {
    control = message.control;
    setTimeout(work, 0);
    return;
  }
  if (message.kind === "drop") drop(message);
  else keep(message);
  Atomics.add(control, ${word.arrived}, 1);
}

function keep({ program, memory, modules, tasks: sent }) {
  const { instances, numbers } = programs.get(program) ?? { instances: [], numbers: [] };
  programs.set(program, { instances, numbers });
  for (const module of modules) instances.push(new WebAssembly.Instance(module, importsOf(module, memory)));
  for (const [number, calls] of sent) {
    numbers.push(number);
    tasks.set(number, calls.map(({ module, name, numbers }) => [instances[module].exports[name], numbers]));
  }
}

// Of functions of the host only those of Math are called by what is divided.
function importsOf(module, memory) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = kind === "memory" ? memory : Math[name] ?? (() => { throw new Error(name); });
  return imports;
}

function drop({ program }) {
  for (const number of programs.get(program)?.numbers ?? []) tasks.delete(number);
  programs.delete(program);
}

function work() {
  for (;;) {
    const offered = Atomics.load(control, ${word.turn});
    if (offered <= ${turn.free}) Atomics.wait(control, ${word.turn}, offered);
    else if (Atomics.compareExchange(control, ${word.turn}, offered, -offered) === offered) {
      if (offered === ${turn.messages}) {
        Atomics.store(control, ${word.turn}, ${turn.free});
        // Messages arrive between two turns of the event loop.
        setTimeout(work, 0);
        return;
      }
      done(run(offered));
      watch();
    }
  }
}

function run(number) {
  try {
    for (const [f, numbers] of tasks.get(number)) f(...numbers);
    return ${turn.free};
  } catch {
    return ${turn.failed};
  }
}

function done(state) {
  Atomics.store(control, ${word.turn}, state);
  Atomics.notify(control, ${word.turn});
}

// Looks for the next task a little before sleeping.
function watch() {
  const until = performance.now() + ${watchMilliseconds};
  while (Atomics.load(control, ${word.turn}) === ${turn.free} && performance.now() < until);
}

if (port) port.on("message", receive);
else onmessage = ({ data }) => receive(data);
`;
