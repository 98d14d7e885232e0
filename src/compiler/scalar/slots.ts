/** What is known of the slots of a graph before code is written: constants, truth values, and places in the memory. */
import { at } from "../../core/exactly.ts";
import type { Graph, Step } from "../../tensor/graph.ts";

/** The slots of a graph of single numbers. */
export interface Slots {
  /** The value of each slot that holds a constant. */
  readonly constants: readonly (number | undefined)[];
  /** Which slots hold truth values. */
  readonly truths: ReadonlySet<number>;
  /** Where slots lie that more than one function reads, counted in doubles: inputs first, then outputs and what is handed on. */
  readonly places: ReadonlyMap<number, number>;
}

/** Lays out the slots of a graph whose steps are cut into pieces, a function each. */
export function layOut(graph: Graph, pieces: readonly (readonly Step[])[]): Slots {
  const constants: (number | undefined)[] = graph.inputs.map(() => undefined);
  for (const constant of graph.constants) constants.push(constant.values().data[0]);
  return { constants, truths: truthsOf(graph), places: placesOf(graph, pieces) };
}

function truthsOf({ inputs, constants, steps }: Graph): Set<number> {
  const truths = new Set<number>();
  for (const [slot, { dtype }] of [...inputs, ...constants].entries()) if (dtype === "bool") truths.add(slot);
  for (const { first, types } of steps) if (at(types, 0).dtype === "bool") truths.add(first);
  return truths;
}

function placesOf(graph: Graph, pieces: readonly (readonly Step[])[]): Map<number, number> {
  const places = new Map(graph.inputs.map((_, i): [number, number] => [i, i]));
  const pieceOf = new Map<number, number>();
  for (const [i, steps] of pieces.entries()) for (const { first } of steps) pieceOf.set(first, i);
  const place = (slot: number): void => {
    if (pieceOf.has(slot) && !places.has(slot)) places.set(slot, places.size);
  };
  graph.outputs.forEach(place);
  for (const [i, steps] of pieces.entries())
    for (const { inputs } of steps) for (const slot of inputs) if (pieceOf.get(slot) !== i) place(slot);
  return places;
}
