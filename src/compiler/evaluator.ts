/** Graphs that are evaluated again and again: by the interpreter, or by a program, whatever is quicker for them. */
import { at } from "../core/exactly.ts";
import { currentKernels } from "../kernels/index.ts";
import { emptyArray, type NdArray } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { evaluateGraph } from "../tensor/interpreter.ts";
import { sizeOf, unknownLength } from "../tensor/shape.ts";
import { graphsOf, isControl } from "./fuse/control.ts";
import type { ControlStep } from "./fuse/nest.ts";
import { executable } from "./program/executable.ts";
import { isScalarGraph } from "./scalar/eligible.ts";
import { scalarProgram } from "./scalar/program.ts";
import { simplify } from "./simplify.ts";

/** Evaluates one graph. The results belong to the evaluator: the next call may overwrite them. */
export type Evaluator = (inputs: readonly NdArray[]) => readonly NdArray[];

/** Compiling a graph of single numbers takes as long as interpreting it some twenty times, whatever its size. */
const interpretedRuns = 16;

/**
 * Elements that all steps of a graph of tensors read and make together, from which on it is compiled, at once: so every run of a method
 * sees the same roundings from its first evaluation to its last, and continues with the same bits when it is resumed.
 */
const elementsWorthCompiling = 8192;

/** Who evaluates a graph: named in results and checkpoints, since bits depend on it. */
export function evaluatedBy(graph: Graph): string {
  return isCompiled(graph) ? `compiled, ${currentKernels().description}` : "interpreter";
}

function isCompiled(graph: Graph): boolean {
  if (typeof WebAssembly === "undefined" || isScalarGraph(graph)) return false;
  return elementsOf(graph) >= elementsWorthCompiling;
}

/** Nobody knows how often a while turns; it is taken to turn this often. */
const turnsOfWhile = 64;

/** Elements that the steps of a graph read and make, in loops turn by turn. */
function elementsOf(graph: Graph): number {
  const sizes = [...graph.inputs, ...graph.constants, ...graph.steps.flatMap(({ types }) => types)].map(
    ({ shape }) => Math.abs(sizeOf(shape)),
  );
  let elements = 0;
  for (const step of graph.steps) {
    for (const slot of step.inputs) elements += at(sizes, slot);
    for (let k = 0; k < step.types.length; k++) elements += at(sizes, step.first + k);
    if (isControl(step)) for (const inner of graphsOf(step)) elements += turnsOf(step) * elementsOf(inner);
  }
  return elements;
}

function turnsOf(step: ControlStep): number {
  if (step.primitive === "cond") return 1;
  const isKnown = step.primitive === "scan" && step.params.length !== unknownLength;
  return isKnown ? step.params.length : turnsOfWhile;
}

/**
 * The evaluator of a graph. Graphs of single numbers (plain functions and their derivatives) give the interpreter's results bit for
 * bit, also when they have become programs; large graphs of tensors are programs from the beginning.
 *
 * @param changing How many of the inputs may be arrays that the caller writes to between calls; they come first.
 * @param like The graph whose size decides: a value and its gradient are evaluated in the same way.
 */
export function evaluator(graph: Graph, changing: number, like: Graph = graph): Evaluator {
  if (isCompiled(like)) return executable(graph, changing).evaluate;
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
