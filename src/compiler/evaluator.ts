/** Graphs that are evaluated again and again: by the interpreter at first, and by something quicker once that pays. */
import { at } from "../core/exactly.ts";
import { emptyArray, type NdArray } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { evaluateGraph } from "../tensor/interpreter.ts";
import { scalarProgram } from "./scalar/program.ts";
import { simplify } from "./simplify.ts";

/** Evaluates one graph. The results belong to the evaluator: the next call may overwrite them. */
export type Evaluator = (inputs: readonly NdArray[]) => readonly NdArray[];

/** Compiling takes as long as interpreting some twenty times, whatever the size of the graph. */
const interpretedRuns = 16;

/**
 * The evaluator of a graph. It gives the interpreter's results, bit for bit: what is compiled are graphs of single numbers
 * (plain functions and their derivatives); others are simplified.
 */
export function evaluator(graph: Graph): Evaluator {
  let runs = 0;
  let evaluate: Evaluator = (inputs) => {
    if (++runs > interpretedRuns) {
      evaluate = quicker(graph);
      return evaluate(inputs);
    }
    return evaluateGraph(graph, inputs);
  };
  return (inputs) => evaluate(inputs);
}

function quicker(graph: Graph): Evaluator {
  const program = scalarProgram(graph);
  if (program === undefined) {
    const simple = simplify(graph);
    return (inputs) => evaluateGraph(simple, inputs);
  }
  const values = new Float64Array(graph.inputs.length);
  const results = new Float64Array(graph.results.length);
  const outputs = graph.results.map((type) => emptyArray(type));
  return (inputs) => {
    for (let i = 0; i < values.length; i++) values[i] = at(at(inputs, i).data, 0);
    program.run(values, results);
    for (let k = 0; k < results.length; k++) at(outputs, k).data[0] = at(results, k);
    return outputs;
  };
}
