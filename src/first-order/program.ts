/** A transformation and the addition of its updates as one graph, for parameters that are one vector of float64. */
import { evaluator } from "../compiler/evaluator.ts";
import { at } from "../core/exactly.ts";
import { flatten, isPlainObject } from "../core/tree.ts";
import type { NdArray } from "../tensor/array.ts";
import type { DataArray } from "../tensor/dtype.ts";
import { zeros } from "../tensor/operations/creation.ts";
import { toTensor } from "../tensor/tensor.ts";
import { type InputType, traceFunctions } from "../tensor/trace.ts";
import { flattenTree, unflattenTree } from "../tensor/tree.ts";
import { type SomeTransformation, updateOf } from "./transformation.ts";

/** What one step needs. Arrays are read, not kept and not written to. */
export interface StepInputs {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  /** The transformation's state, tensor by tensor in the order of its tree. */
  readonly memory: readonly DataArray[];
  /** From 1. */
  readonly t: number;
}

/** The next point and the memory that goes with it, fresh. */
export type StepOutputs = Pick<StepInputs, "x" | "memory">;

/** A transformation for vectors of one length. */
export interface Program {
  /** The memory before the first step from x. */
  readonly begin: (x: Float64Array) => readonly DataArray[];
  readonly step: (inputs: StepInputs) => StepOutputs;
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** Appends the numbers of a tree in the order of `flatten`, for a tree that is known to hold nothing else. */
function collect(tree: unknown, numbers: number[]): number[] {
  if (isNumber(tree)) numbers.push(tree);
  else if (Array.isArray(tree)) for (const part of tree) collect(part, numbers);
  else if (isPlainObject(tree)) for (const key of Object.keys(tree)) collect(tree[key], numbers);
  return numbers;
}

/** Traces the step once. */
export function makeProgram(transformation: SomeTransformation, dimension: number): Program {
  const memoryAt = (x: Float64Array) => flattenTree(transformation.init([toTensor(x)]), transformation.name);
  const state = memoryAt(new Float64Array(dimension));
  const hyper = flatten(transformation.hyperparameters(1), isNumber, transformation.name);
  const vector = zeros([dimension]);
  const memory = state.leaves.map((leaf): InputType => toTensor(leaf));
  const numbers = hyper.leaves.map((leaf): InputType => toTensor(leaf));
  const { graphs } = traceFunctions(
    [vector, vector, ...memory, ...numbers],
    [
      ([x = vector, gradient = vector, ...rest]) => {
        const { updates, state: next } = updateOf(transformation)(
          [gradient],
          unflattenTree(state.structure, rest.slice(0, memory.length)),
          [x],
          unflattenTree(hyper.structure, rest.slice(memory.length)),
        );
        return [x.add(at(updates, 0)), ...flattenTree(next, transformation.name).leaves.map(toTensor)];
      },
    ],
  );
  const graph = at(graphs, 0);
  // Every input is another array at every step, or one that its owner writes to.
  const evaluate = evaluator(graph, graph.inputs.length);
  const array = (data: DataArray, i: number): NdArray => {
    const { dtype, shape } = at(graph.inputs, i);
    return { dtype, shape, data };
  };
  return {
    begin: (x) => memoryAt(x).leaves.map((leaf) => toTensor(leaf).toTypedArray()),
    step: ({ x, gradient, memory, t }) => {
      const numbers = collect(transformation.hyperparameters(t), []).map((value) => Float64Array.of(value));
      const [next, ...kept] = evaluate([x, gradient, ...memory, ...numbers].map(array));
      // Copied, since the results are the evaluator's own.
      return { x: vectorIn(next), memory: kept.map(({ data }) => data.slice()) };
    },
  };
}

/** A copy of the elements of a vector. */
function vectorIn(x: NdArray | undefined): Float64Array {
  return new Float64Array(x?.data ?? []);
}
