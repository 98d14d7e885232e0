/** The reference interpreter: evaluates a graph step by step. Slow and obvious; everything compiled is tested against it. */
import { at } from "../core/exactly.ts";
import type { NdArray, TensorType } from "./array.ts";
import type { Graph, StepOf } from "./graph.ts";
import {
  type PrimitiveName,
  type PrimitiveParams,
  type PrimitiveTable,
  primitives,
} from "./primitives/index.ts";
import { unknownLength } from "./shape.ts";

/** The values of the graph's outputs at the given inputs. */
export function evaluateGraph(graph: Graph, inputs: readonly NdArray[]): NdArray[] {
  const slots = new Array<NdArray | undefined>(graph.slots);
  for (const [i, input] of inputs.entries()) slots[i] = input;
  for (const [i, constant] of graph.constants.entries()) slots[inputs.length + i] = constant.values();
  const releases = releasesOf(graph);
  for (const [i, step] of graph.steps.entries()) {
    const results = evaluateStep(
      step,
      step.inputs.map((slot) => at(slots, slot)),
    );
    for (const [k, value] of results.entries()) slots[step.first + k] = value;
    for (const slot of at(releases, i)) slots[slot] = undefined;
  }
  return graph.outputs.map((slot) => at(slots, slot));
}

function evaluateStep<K extends PrimitiveName>(
  step: StepOf<K>,
  inputs: readonly NdArray[],
): readonly NdArray[] {
  const types = step.types.some(hasUnknownLength) ? undefined : step.types;
  return evaluatePrimitive(step.primitive, inputs, step.params, types);
}

const hasUnknownLength = (type: TensorType): boolean => type.shape.includes(unknownLength);

/** Applies one primitive to concrete values; the types of its outputs are found unless they are known. */
export function evaluatePrimitive<K extends PrimitiveName>(
  name: K,
  inputs: readonly NdArray[],
  params: PrimitiveParams[K],
  types?: readonly TensorType[],
): readonly NdArray[] {
  const primitive: PrimitiveTable[K] = primitives[name];
  return primitive.evaluate(inputs, params, types ?? primitive.type(inputs, params), evaluateGraph);
}

const releaseLists = new WeakMap<Graph, readonly (readonly number[])[]>();

/** For each step, the slots nobody reads after it: their memory may be collected. */
function releasesOf(graph: Graph): readonly (readonly number[])[] {
  const known = releaseLists.get(graph);
  if (known !== undefined) return known;
  const lastUse = new Int32Array(graph.slots).fill(-1);
  for (const [i, step] of graph.steps.entries()) {
    for (let k = 0; k < step.types.length; k++) lastUse[step.first + k] = i;
    for (const slot of step.inputs) lastUse[slot] = i;
  }
  for (const slot of graph.outputs) lastUse[slot] = -1;
  const lists: number[][] = graph.steps.map(() => []);
  for (const [slot, i] of lastUse.entries()) lists[i]?.push(slot);
  releaseLists.set(graph, lists);
  return lists;
}
