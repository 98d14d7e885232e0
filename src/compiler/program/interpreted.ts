/** A graph evaluated by the interpreter behind the face of a program, where the host forbids compiling. */
import { at } from "../../core/exactly.ts";
import type { NdArray } from "../../tensor/array.ts";
import type { Graph } from "../../tensor/graph.ts";
import { evaluateGraph } from "../../tensor/interpreter.ts";
import type { Carried } from "../plan/resident.ts";
import type { TensorProgram } from "./tensor-program.ts";

/** Values go in and come out by copying; what is carried stays. */
export type RunningGraph = Pick<TensorProgram, "write" | "run" | "read" | "readInput">;

/** The graph as something that runs, with state of its own. */
export function interpreted(graph: Graph, carried: readonly Carried[]): RunningGraph {
  const inputs: NdArray[] = [];
  let results: readonly NdArray[] = [];
  return {
    write: (input, value) => {
      inputs[input] = copyOf(value);
    },
    run: () => {
      results = evaluateGraph(graph, inputs);
      for (const { input, output } of carried) inputs[input] = at(results, output);
    },
    read: (output) => copyOf(at(results, output)),
    readInput: (input) => copyOf(at(inputs, input)),
  };
}

const copyOf = (x: NdArray): NdArray => ({ ...x, data: x.data.slice() });
