/** The reference interpreter: evaluates a graph step by step. Slow and obvious; everything compiled is tested against it. */
import { at } from "../core/exactly.ts";
import type { NdArray, TensorType } from "./array.ts";
import type { Graph } from "./graph.ts";
import {
  type PrimitiveName,
  type PrimitiveParams,
  type PrimitiveTable,
  primitives,
} from "./primitives/index.ts";
import type { RunGraph } from "./primitives/types.ts";
import { unknownLength } from "./shape.ts";

/** The values of the graph's outputs at the given inputs. */
export function evaluateGraph(graph: Graph, inputs: readonly NdArray[]): NdArray[] {
  const constants = graph.constants.map((constant) => constant.values());
  const slots: (NdArray | undefined)[] = [...inputs, ...constants];
  const { types, releases } = planOf(graph);
  graph.steps.forEach((step, i) => {
    const operands = step.inputs.map((slot) => at(slots, slot));
    const results = evaluatePrimitive<PrimitiveName>(step.primitive, operands, step.params, types[i]);
    for (let k = 0; k < results.length; k++) slots[step.first + k] = results[k];
    for (const slot of at(releases, i)) slots[slot] = undefined;
  });
  return graph.outputs.map((slot) => at(slots, slot));
}

/** Applies one primitive to concrete values; the types of its outputs are found unless they are known. `run` evaluates graphs in it. */
export function evaluatePrimitive<K extends PrimitiveName>(
  name: K,
  inputs: readonly NdArray[],
  params: PrimitiveParams[K],
  types?: readonly TensorType[],
  run: RunGraph = evaluateGraph,
): readonly NdArray[] {
  const primitive: PrimitiveTable[K] = primitives[name];
  return primitive.evaluate(inputs, params, types ?? primitive.type(inputs, params), run);
}

/** What is known of a graph before it runs. */
interface Plan {
  /** For each step, the types of its outputs; nothing where a length turns up only as it runs. */
  readonly types: readonly (readonly TensorType[] | undefined)[];
  /** For each step, the slots nobody reads after it: their memory may be collected. */
  readonly releases: readonly (readonly number[])[];
}

const plans = new WeakMap<Graph, Plan>();

function planOf(graph: Graph): Plan {
  const known = plans.get(graph);
  if (known !== undefined) return known;
  const types = graph.steps.map((step) => (step.types.some(hasUnknownLength) ? undefined : step.types));
  const plan = { types, releases: releasesOf(graph) };
  plans.set(graph, plan);
  return plan;
}

const hasUnknownLength = (type: TensorType): boolean => type.shape.includes(unknownLength);

function releasesOf(graph: Graph): number[][] {
  const lastUse = new Int32Array(graph.slots).fill(-1);
  for (const [i, step] of graph.steps.entries()) {
    for (let k = 0; k < step.types.length; k++) lastUse[step.first + k] = i;
    for (const slot of step.inputs) lastUse[slot] = i;
  }
  for (const slot of graph.outputs) lastUse[slot] = -1;
  const lists: number[][] = graph.steps.map(() => []);
  for (const [slot, i] of lastUse.entries()) lists[i]?.push(slot);
  return lists;
}
