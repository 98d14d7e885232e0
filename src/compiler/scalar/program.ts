/**
 * Graphs of single numbers as WebAssembly: straight-line code on doubles, no tensors, no allocation. Inputs, outputs and what
 * one function hands to the next lie in one scratch memory that all programs share, since none is interrupted by another.
 */
import type { Graph, Step } from "../../tensor/graph.ts";
import { encodeModule, type FunctionType } from "../emit/module.ts";
import { simplify } from "../simplify.ts";
import type { Callee } from "./code.ts";
import { isScalarGraph } from "./eligible.ts";
import { emitPiece } from "./piece.ts";
import type { HostFunction } from "./rules.ts";
import { newScratch, type Scratch } from "./scratch.ts";
import { layOut, type Slots } from "./slots.ts";

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
  const simple = simplify(graph);
  const hosts = new Map<string, { readonly index: number; readonly f: HostFunction }>();
  const callee: Callee = (name, f) => {
    const known = hosts.get(name) ?? { index: hosts.size, f };
    hosts.set(name, known);
    return known.index;
  };
  const pieces = cut(simple.steps);
  const slots = layOut(simple, pieces);
  const functions = pieces.map((steps, i) => emitPiece(slots, steps, callee, `f${i}`));
  const imports = [...hosts.keys()].map((name) => ({ name, type: hostType }));
  let scratch: Scratch;
  let instance: WebAssembly.Instance;
  try {
    scratch = shared ??= newScratch();
    const given = Object.fromEntries([...hosts].map(([name, { f }]) => [name, f]));
    const bytes = encodeModule({ imports, functions });
    instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      host: { ...given, memory: scratch.memory },
    });
  } catch (error) {
    // A Content-Security-Policy without 'wasm-unsafe-eval': the reference interpreter serves.
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
  const run = functions.map((_, i) => exported(instance, `f${i}`));
  return runner(simple, slots, scratch, run);
}

function exported({ exports }: WebAssembly.Instance, name: string): () => void {
  const f = exports[name];
  if (typeof f !== "function") throw new RangeError(`the module exports no ${name}`);
  return () => f();
}

/** Steps in pieces, a function each. */
function cut(steps: readonly Step[]): Step[][] {
  const pieces: Step[][] = [];
  for (let i = 0; i < steps.length; i += stepsPerFunction) pieces.push(steps.slice(i, i + stepsPerFunction));
  return pieces;
}

/** Copies inputs in, runs the functions in order, copies results out. Results that are constants are put beside the others. */
function runner(
  graph: Graph,
  { places, constants }: Slots,
  { room }: Scratch,
  functions: readonly (() => void)[],
): ScalarProgram {
  const count = graph.inputs.length;
  const known: number[] = [];
  const sources = Int32Array.from(graph.outputs, (slot) => {
    const place = places.get(slot);
    return place ?? places.size + known.push(constants[slot] ?? Number.NaN) - 1;
  });
  const size = places.size + known.length;
  const [only] = functions;
  const all = (): void => {
    for (const f of functions) f();
  };
  const runAll = functions.length === 1 && only !== undefined ? only : all;
  const execute = (): void => {
    runAll();
    if (known.length > 0) room(size).set(known, places.size);
  };
  return {
    sources,
    memory: () => room(size),
    execute,
    run: (inputs, outputs) => {
      const memory = room(size);
      for (let i = 0; i < count; i++) memory[i] = inputs[i] ?? Number.NaN;
      execute();
      for (let k = 0; k < sources.length; k++) outputs[k] = memory[sources[k] as number] as number;
    },
  };
}
