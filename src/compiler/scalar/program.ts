/**
 * Graphs of single numbers as WebAssembly: code on doubles, loops where steps repeat, no tensors, no allocation. Inputs, outputs and
 * what functions and loops hand on lie in one scratch memory that all programs share, since none is interrupted by another.
 */
import type { Graph } from "../../tensor/graph.ts";
import { encodeModule, type FunctionType } from "../emit/module.ts";
import type { Callee } from "./code.ts";
import { isScalarGraph } from "./eligible.ts";
import { emitPiece } from "./piece.ts";
import type { Memory } from "./roll/build.ts";
import type { Region } from "./roll/places.ts";
import { type Piece, readsOf } from "./roll/reads.ts";
import { roll } from "./roll/roll.ts";
import type { HostFunction } from "./rules.ts";
import { newScratch, type Scratch } from "./scratch.ts";
import { resultReader, writeInputs } from "./transfer.ts";

/** A compiled graph of single numbers. */
export interface ScalarProgram {
  /** Fills `outputs` with the graph's results at `inputs`; truth values are 0 and 1. */
  readonly run: (inputs: ArrayLike<number>, outputs: Float64Array) => void;
  /**
   * The memory, for those who write inputs and read results themselves: input i is its element i until `execute`, and result k
   * its element `sources[k]` thereafter, until any program runs.
   */
  readonly memory: () => Float64Array;
  readonly execute: () => void;
  readonly sources: Int32Array;
}

/** Steps in one function: V8 compiles functions of more than some 20 kB badly. */
const stepsPerFunction = 1000;

const hostType: FunctionType = { parameters: ["f64", "f64"], results: ["f64"] };

let shared: Scratch | undefined;

/** The program of a graph; undefined where the graph holds more than single numbers, or the host forbids WebAssembly. */
export function scalarProgram(graph: Graph): ScalarProgram | undefined {
  if (!isScalarGraph(graph) || typeof WebAssembly === "undefined") return undefined;
  const { sequence, items, places, size } = roll(graph);
  const pieces = cut(items);
  const known = newTables(size);
  const memory: Memory = {
    places,
    isRead: readsOf(sequence, pieces),
    table: known.add,
  };
  const hosts = newHosts();
  const functions = pieces.map((piece, i) => emitPiece(sequence, memory, piece, hosts.callee, `f${i}`));
  const sources = sequence.outputs.map((slot) => {
    const place = places[slot] as number;
    return place < 0 ? known.add([sequence.constants[slot] ?? Number.NaN]) : place;
  });
  let scratch: Scratch;
  let instance: WebAssembly.Instance;
  try {
    scratch = shared ??= newScratch();
    const bytes = encodeModule({ imports: hosts.imports(), functions });
    instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      host: { ...hosts.given(), memory: scratch.memory },
    });
  } catch (error) {
    // A Content-Security-Policy without 'wasm-unsafe-eval': the reference interpreter serves.
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
  const run = functions.map((_, i) => exported(instance, `f${i}`));
  return runner(graph.inputs.length, sources, { place: size, values: known.values() }, scratch, run);
}

/** The functions of the host that a program calls. */
function newHosts() {
  const hosts = new Map<string, { readonly index: number; readonly f: HostFunction }>();
  const callee: Callee = (name, f) => {
    const known = hosts.get(name) ?? { index: hosts.size, f };
    hosts.set(name, known);
    return known.index;
  };
  return {
    callee,
    imports: () => [...hosts.keys()].map((name) => ({ name, type: hostType })),
    given: () => Object.fromEntries([...hosts].map(([name, { f }]) => [name, f])),
  };
}

/** Numbers that are known before the program runs, from a place of the memory on. */
function newTables(place: number) {
  const all: number[] = [];
  return {
    add: (values: readonly number[]): number => {
      for (const value of values) all.push(value);
      return place + all.length - values.length;
    },
    values: () => Float64Array.from(all),
  };
}

function exported({ exports }: WebAssembly.Instance, name: string): () => void {
  const f = exports[name];
  if (typeof f !== "function") throw new RangeError(`the module exports no ${name}`);
  return () => f();
}

/** Steps and loops in pieces, a function each. */
function cut(items: Piece): Piece[] {
  const pieces: (number | Region)[][] = [];
  let steps = stepsPerFunction;
  for (const item of items) {
    const own = typeof item === "number" ? 1 : 2 * item.period;
    if (steps + own > stepsPerFunction) {
      pieces.push([]);
      steps = 0;
    }
    pieces.at(-1)?.push(item);
    steps += own;
  }
  return pieces;
}

/** Copies inputs in, runs the functions in order, copies results out. */
function runner(
  count: number,
  sources: Int32Array,
  known: { readonly place: number; readonly values: Float64Array },
  { room }: Scratch,
  functions: readonly (() => void)[],
): ScalarProgram {
  const size = known.place + known.values.length;
  const readResults = resultReader(sources);
  const [only] = functions;
  const all = (): void => {
    for (const f of functions) f();
  };
  const runAll = functions.length === 1 && only !== undefined ? only : all;
  const execute = (): void => {
    if (known.values.length > 0) room(size).set(known.values, known.place);
    runAll();
  };
  return {
    sources,
    memory: () => room(size),
    execute,
    run: (inputs, outputs) => {
      const memory = room(size);
      writeInputs(memory, inputs, count);
      execute();
      readResults(memory, outputs);
    },
  };
}
