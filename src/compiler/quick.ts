/**
 * The short way into programs of single numbers: a call with one number, or one array of numbers, needs no trees and no tensors. What
 * would be a microsecond of taking apart and putting together is a few stores.
 */
import type { Traced } from "../autodiff/traced.ts";
import { at } from "../core/exactly.ts";
import type { Structure } from "../core/tree.ts";
import { scalarProgram } from "./scalar/program.ts";

/** Calls a program with the argument of a compiled function; `notQuick` where the argument is not of its kind. */
export type QuickCall = (argument: unknown) => unknown;

/** Said by quick calls of arguments that are not for them. */
export const notQuick: unique symbol = Symbol("not quick");

/** The quick calls of one compiled function. */
export interface QuickCalls {
  /** The result, or `notQuick`. */
  readonly call: QuickCall;
  /** Adds a call for arguments like this one, where arguments, graph and result are single numbers. */
  readonly add: (argument: unknown, traced: Traced) => boolean;
}

/** How many lengths are kept, as many as the kinds of call that a tracer keeps. */
const keptLengths = 32;

/** No quick calls as yet. They are kept by the length of their argument; −1 stands for a number alone. */
export function quickCalls(): QuickCalls {
  const known = new Map<number, QuickCall>();
  let lastLength = Number.NaN;
  let last: QuickCall = () => notQuick;
  return {
    call: (argument) => {
      const length = lengthOf(argument);
      if (length === lastLength) return last(argument);
      const found = known.get(length);
      if (found === undefined) return notQuick;
      lastLength = length;
      last = found;
      return found(argument);
    },
    add: (argument, traced) => {
      const length = lengthOf(argument);
      const call = Number.isNaN(length) ? undefined : quickCall(traced, length);
      if (call !== undefined) known.set(length, call);
      const [oldest = length] = known.keys();
      if (known.size > keptLengths) known.delete(oldest);
      return call !== undefined;
    },
  };
}

/** The length of an array, −1 for a number, NaN for anything else. */
function lengthOf(argument: unknown): number {
  if (typeof argument === "number") return -1;
  return Array.isArray(argument) ? argument.length : Number.NaN;
}

function quickCall({ graph, output, captured, aux }: Traced, length: number): QuickCall | undefined {
  const isPlain = captured.length === 0 && aux === undefined && output.isNumber.every(Boolean);
  if (
    !isPlain ||
    graph.inputs.length !== Math.abs(length) ||
    graph.results.some(({ dtype }) => dtype !== "float64")
  )
    return undefined;
  const program = scalarProgram(graph);
  if (program === undefined) return undefined;
  const assemble = assemblerOf(output.structure, program.sources, { next: 0 });
  return (argument) => {
    const memory = program.memory();
    if (typeof argument === "number") memory[0] = argument;
    else if (!fill(memory, argument)) return notQuick;
    program.execute();
    return assemble(memory);
  };
}

/** Copies an array of numbers; false where it holds anything else. */
function fill(memory: Float64Array, argument: unknown): boolean {
  if (!Array.isArray(argument)) return false;
  for (let i = 0; i < argument.length; i++) {
    const value: unknown = argument[i];
    if (typeof value !== "number") return false;
    memory[i] = value;
  }
  return true;
}

/** Reads a tree of numbers from the memory. */
type Assembler = (memory: Float64Array) => unknown;

function assemblerOf(structure: Structure, sources: Int32Array, place: { next: number }): Assembler {
  switch (structure.kind) {
    case "leaf": {
      const source = at(sources, place.next++);
      return (memory) => memory[source];
    }
    case "array":
      return arrayAssembler(structure.children, sources, place);
    case "object":
      return objectAssembler(
        structure.keys,
        structure.children.map((child) => assemblerOf(child, sources, place)),
      );
    default:
      return structure satisfies never;
  }
}

function arrayAssembler(
  children: readonly Structure[],
  sources: Int32Array,
  place: { next: number },
): Assembler {
  const own = sources.subarray(place.next, place.next + children.length);
  const parts = children.map((child) => assemblerOf(child, sources, place));
  if (!children.every(({ kind }) => kind === "leaf")) return (memory) => parts.map((part) => part(memory));
  // A copy of an array of doubles is one block of doubles; an array that is filled changes its kind on the way.
  const template = Array.from(own, () => 0.5);
  const start = own[0] ?? 0;
  if (own.every((source, i) => source === start + i))
    return (memory) => {
      const made = template.slice();
      for (let i = 0; i < made.length; i++) made[i] = memory[start + i] as number;
      return made;
    };
  return (memory) => {
    const made = template.slice();
    for (let i = 0; i < made.length; i++) made[i] = memory[own[i] as number] as number;
    return made;
  };
}

function objectAssembler(keys: readonly string[], parts: readonly Assembler[]): Assembler {
  const [value, grad] = parts;
  // What `valueAndGrad` gives, written out: engines are quick with literals.
  if (keys.join() === "value,grad" && value !== undefined && grad !== undefined)
    return (memory) => ({ value: value(memory), grad: grad(memory) });
  return (memory) => Object.fromEntries(keys.map((key, i) => [key, parts[i]?.(memory)]));
}
