/**
 * Functions with derivatives of their own (`custom`), spliced into the graph that calls them: once derivatives are taken nothing
 * tells them from other steps, and they fuse with their neighbours.
 */
import { at } from "../core/exactly.ts";
import type { Graph, Step } from "../tensor/graph.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A graph being put together. Slots of constants are negative until their number is known. */
interface Splice {
  readonly constants: Tensor[];
  readonly steps: Step[];
  next: number;
}

/** The graph without calls of `custom`; the graphs inside of loops and branches stay as they are. */
export function inline(graph: Graph): Graph {
  if (graph.steps.every(({ primitive }) => primitive !== "custom")) return graph;
  const count = graph.inputs.length;
  const splice: Splice = { constants: [], steps: [], next: count };
  const outputs = spliced(
    splice,
    graph,
    graph.inputs.map((_, i) => i),
  );
  const behind = splice.constants.length;
  // Inputs come first, then constants, then what steps make.
  const slotOf = (slot: number): number =>
    slot < 0 ? count - 1 - slot : slot < count ? slot : slot + behind;
  return {
    inputs: graph.inputs,
    constants: splice.constants,
    steps: splice.steps.map((step) => ({
      ...step,
      inputs: step.inputs.map(slotOf),
      first: slotOf(step.first),
    })),
    outputs: outputs.map(slotOf),
    results: graph.results,
    slots: splice.next + behind,
  };
}

/** Adds a graph's steps, given the slots of its inputs; the slots of its outputs. */
function spliced(splice: Splice, graph: Graph, inputs: readonly number[]): number[] {
  const slots = [...inputs, ...graph.constants.map((constant) => -splice.constants.push(constant))];
  for (const step of graph.steps) {
    const operands = step.inputs.map((slot) => at(slots, slot));
    if (step.primitive === "custom") {
      slots.push(...spliced(splice, step.params.graph, operands));
      continue;
    }
    const first = splice.next;
    splice.next += step.types.length;
    splice.steps.push({ ...step, inputs: operands, first });
    for (let k = 0; k < step.types.length; k++) slots.push(first + k);
  }
  return graph.outputs.map((slot) => at(slots, slot));
}
