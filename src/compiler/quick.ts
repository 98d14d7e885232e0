/**
 * The short way into programs of single numbers: a call with one number, or one array of numbers, needs no trees and no tensors. What
 * would be a microsecond of taking apart and putting together is a few stores.
 */
import type { Traced } from "../autodiff/traced.ts";
import type { Structure } from "../core/tree.ts";
import { scalarProgram } from "./scalar/program.ts";

/** Calls a program with the arguments of a compiled function. */
export type QuickCall = (args: readonly unknown[]) => unknown;

/** The quick calls of one compiled function. */
export interface QuickCalls {
  /** The call that fits the arguments. */
  readonly find: (args: readonly unknown[]) => QuickCall | undefined;
  /** Makes one, where arguments, graph and result are single numbers. */
  readonly make: (args: readonly unknown[], traced: Traced) => QuickCall | undefined;
}

/** No quick calls as yet. They are kept by the number of numbers in their argument; −1 stands for a number alone. */
export function quickCalls(): QuickCalls {
  const known = new Map<number, QuickCall>();
  return {
    find: (args) => {
      if (known.size === 0 || args.length !== 1) return undefined;
      const length = lengthOf(args[0]);
      return length === undefined ? undefined : known.get(length);
    },
    make: (args, traced) => {
      const length = args.length === 1 ? lengthOf(args[0]) : undefined;
      const call = length === undefined ? undefined : quickCall(traced, length);
      if (call !== undefined && length !== undefined) known.set(length, call);
      return call;
    },
  };
}

/** The length of an array of numbers, −1 for a number, undefined for anything else. */
function lengthOf(argument: unknown): number | undefined {
  if (typeof argument === "number") return -1;
  if (!Array.isArray(argument)) return undefined;
  for (let i = 0; i < argument.length; i++) if (typeof argument[i] !== "number") return undefined;
  return argument.length;
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
  const results = new Float64Array(graph.results.length);
  const assemble = assemblerOf(output.structure, { next: 0 });
  const one = new Float64Array(1);
  return ([argument]) => {
    if (typeof argument === "number") {
      one[0] = argument;
      program.run(one, results);
    } else if (isNumbers(argument)) program.run(argument, results);
    return assemble(results);
  };
}

/** Found to be so by `lengthOf`. */
const isNumbers = (argument: unknown): argument is readonly number[] => Array.isArray(argument);

type Assembler = (leaves: Float64Array) => unknown;

/** Puts trees of numbers together. */
function assemblerOf(structure: Structure, place: { next: number }): Assembler {
  switch (structure.kind) {
    case "leaf": {
      const index = place.next++;
      return (leaves) => leaves[index];
    }
    case "array":
      return arrayAssembler(structure.children, place);
    case "object": {
      const parts = structure.children.map((child) => assemblerOf(child, place));
      const { keys } = structure;
      return (leaves) => {
        const made: Record<string, unknown> = {};
        for (let i = 0; i < keys.length; i++) made[keys[i] as string] = parts[i]?.(leaves);
        return made;
      };
    }
    default:
      return structure satisfies never;
  }
}

function arrayAssembler(children: readonly Structure[], place: { next: number }): Assembler {
  const first = place.next;
  const parts = children.map((child) => assemblerOf(child, place));
  const length = children.length;
  if (children.every(({ kind }) => kind === "leaf"))
    return (leaves) => {
      const made = new Array<number>(length);
      for (let i = 0; i < length; i++) made[i] = leaves[first + i] as number;
      return made;
    };
  return (leaves) => parts.map((part) => part(leaves));
}
