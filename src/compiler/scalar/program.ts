/**
 * Graphs of single numbers as WebAssembly: straight-line code on doubles, no tensors, no allocation. Inputs, outputs and what
 * one function hands to the next lie in one scratch memory that all programs share, since none is interrupted by another.
 */
import { at } from "../../core/exactly.ts";
import type { Graph, Step } from "../../tensor/graph.ts";
import { type DefinedFunction, encodeModule, type FunctionType } from "../emit/module.ts";
import { simplify } from "../simplify.ts";
import { type Callee, emitStep, newCode, type Operand } from "./code.ts";
import { isScalarGraph } from "./eligible.ts";
import type { HostFunction } from "./rules.ts";
import { newScratch, type Scratch } from "./scratch.ts";

/** A compiled graph of single numbers. */
export interface ScalarProgram {
  /** Fills `outputs` with the graph's results at `inputs`; truth values are 0 and 1. */
  readonly run: (inputs: ArrayLike<number>, outputs: Float64Array) => void;
}

/** Steps in one function: V8 compiles functions of more than some 20 kB badly. */
const stepsPerFunction = 1000;

const procedure: FunctionType = { parameters: [], results: [] };
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
  const places = placesOf(simple, pieces);
  const bodies = pieces.map((steps) => emitPiece(simple, steps, places, callee));
  const functions = bodies.map((body, i): DefinedFunction => ({ ...body, exportedAs: `f${i}` }));
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
  return { run: runner(simple, places, scratch, run) };
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

/** Where in the memory slots lie that more than one function reads: inputs first; outputs and what is handed on behind them. */
function placesOf(graph: Graph, pieces: readonly (readonly Step[])[]): Map<number, number> {
  const places = new Map(graph.inputs.map((_, i): [number, number] => [i, i]));
  const pieceOf = new Map(
    pieces.flatMap((steps, i) => steps.map((step): [number, number] => [step.first, i])),
  );
  const place = (slot: number): void => {
    if (pieceOf.has(slot) && !places.has(slot)) places.set(slot, places.size);
  };
  graph.outputs.forEach(place);
  for (const [i, steps] of pieces.entries())
    for (const { inputs } of steps) for (const slot of inputs) if (pieceOf.get(slot) !== i) place(slot);
  return places;
}

/** One function: reads what it needs when it is first needed, keeps it in locals, writes what others read. */
function emitPiece(
  graph: Graph,
  steps: readonly Step[],
  places: ReadonlyMap<number, number>,
  callee: Callee,
): Omit<DefinedFunction, "exportedAs"> {
  const truths = truthSlots(graph);
  const constantOf = (slot: number): number | undefined =>
    graph.constants[slot - graph.inputs.length]?.values().data[0];
  const slots = new Set(
    steps.flatMap(({ inputs, first }) => [...inputs.filter((slot) => constantOf(slot) === undefined), first]),
  );
  const doubles = [...slots].filter((slot) => !truths.has(slot));
  const locals = new Map(
    [...doubles, ...[...slots].filter((slot) => truths.has(slot))].map((slot, i): [number, number] => [
      slot,
      i,
    ]),
  );
  const code = newCode();
  const present = new Set<number>();
  const operandAt = (slot: number): Operand => {
    const isTruth = truths.has(slot);
    const value = constantOf(slot);
    if (value !== undefined) return { kind: "constant", value, isTruth };
    return { kind: "local", index: locals.get(slot) ?? 0, isTruth };
  };
  const fetch = (slot: number): void => {
    if (present.has(slot) || constantOf(slot) !== undefined) return;
    present.add(slot);
    code.load(places.get(slot) ?? 0);
    if (truths.has(slot)) {
      code.number(0);
      code.op("f64Ne");
    }
    code.set(locals.get(slot) ?? 0);
  };
  for (const step of steps) {
    step.inputs.forEach(fetch);
    emitStep(code, step, step.inputs.map(operandAt), callee);
    code.set(locals.get(step.first) ?? 0);
    present.add(step.first);
    const place = places.get(step.first);
    if (place === undefined) continue;
    const made = operandAt(step.first);
    code.store(place, () => {
      code.push(made);
      if (made.isTruth) code.op("f64FromI32");
    });
  }
  return {
    type: procedure,
    locals: [
      { count: doubles.length, type: "f64" },
      { count: slots.size - doubles.length, type: "i32" },
    ],
    code: code.done(),
  };
}

const truthCache = new WeakMap<Graph, ReadonlySet<number>>();

/** The slots that hold truth values. */
function truthSlots(graph: Graph): ReadonlySet<number> {
  const known = truthCache.get(graph);
  if (known !== undefined) return known;
  const truths = new Set<number>();
  const consider = (slot: number, dtype: string): void => void (dtype === "bool" && truths.add(slot));
  for (const [i, { dtype }] of [...graph.inputs, ...graph.constants].entries()) consider(i, dtype);
  for (const { first, types } of graph.steps) consider(first, at(types, 0).dtype);
  truthCache.set(graph, truths);
  return truths;
}

/** Copies inputs in, runs the functions in order, copies results out. */
function runner(
  graph: Graph,
  places: ReadonlyMap<number, number>,
  { room }: Scratch,
  functions: readonly (() => void)[],
): ScalarProgram["run"] {
  const count = graph.inputs.length;
  const size = places.size;
  const sources = graph.outputs.map((slot) => places.get(slot) ?? -1);
  const known = graph.outputs.map((slot) => graph.constants[slot - count]?.values().data[0] ?? Number.NaN);
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
