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
  return { run: runner(simple, slots, scratch, run) };
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

/** Copies inputs in, runs the functions in order, copies results out. */
function runner(
  graph: Graph,
  { places, constants }: Slots,
  { room }: Scratch,
  functions: readonly (() => void)[],
): ScalarProgram["run"] {
  const count = graph.inputs.length;
  const size = places.size;
  const sources = graph.outputs.map((slot) => places.get(slot) ?? -1);
  const known = graph.outputs.map((slot) => constants[slot] ?? Number.NaN);
  return (inputs, outputs) => {
    const memory = room(size);
    for (let i = 0; i < count; i++) memory[i] = inputs[i] ?? Number.NaN;
    for (const f of functions) f();
    for (let k = 0; k < sources.length; k++) {
      const source = sources[k] ?? -1;
      outputs[k] = (source < 0 ? known[k] : memory[source]) ?? Number.NaN;
    }
  };
}
