/** The smallest graph that fails as a given one does, and graphs in words: for reading what a random test has found. */

import { simplify } from "../../src/compiler/simplify.ts";
import { at } from "../../src/core/exactly.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";

/** A graph and inputs for it. */
export interface Case {
  readonly graph: Graph;
  readonly inputs: readonly NdArray[];
}

/** What is wrong with a case; undefined where nothing is. */
export type Check = (graph: Graph, inputs: readonly NdArray[]) => string | undefined;

/** Leaves out outputs and steps while the check still fails. */
export function shrink(graph: Graph, inputs: readonly NdArray[], check: Check): Case {
  let smallest: Case = { graph, inputs };
  for (let changed = true; changed; ) {
    changed = false;
    for (const next of candidates(smallest)) {
      if (check(next.graph, next.inputs) === undefined) continue;
      smallest = next;
      changed = true;
      break;
    }
  }
  return smallest;
}

function* candidates(one: Case): Generator<Case> {
  const { graph, inputs } = one;
  if (graph.outputs.length > 1)
    for (let k = 0; k < graph.outputs.length; k++)
      yield live({
        graph: {
          ...graph,
          outputs: graph.outputs.filter((_, i) => i !== k),
          results: graph.results.filter((_, i) => i !== k),
        },
        inputs,
      });
  for (const step of graph.steps) {
    const cut = cutAt(one, step.first);
    if (cut !== undefined) yield cut;
  }
  for (let k = graph.steps.length - 1; k >= 0; k--) {
    const step = at(graph.steps, k);
    if (step.types.length !== 1 || (graph.outputs.length === 1 && graph.outputs[0] === step.first)) continue;
    yield live({ graph: { ...graph, outputs: [step.first], results: step.types }, inputs });
  }
}

/** Steps and inputs that nobody reads left out. */
function live({ graph, inputs }: Case): Case {
  const simple = simplify(graph);
  const used = new Set([...simple.steps.flatMap((step) => step.inputs), ...simple.outputs]);
  const kept = inputs.flatMap((_, i) => (used.has(i) ? [i] : []));
  const renumber = (slot: number): number =>
    slot < inputs.length ? kept.indexOf(slot) : slot - inputs.length + kept.length;
  return {
    graph: {
      ...simple,
      inputs: kept.map((i) => at(simple.inputs, i)),
      steps: simple.steps.map((step) => ({
        ...step,
        inputs: step.inputs.map(renumber),
        first: renumber(step.first),
      })),
      outputs: simple.outputs.map(renumber),
      slots: simple.slots - inputs.length + kept.length,
    },
    inputs: kept.map((i) => at(inputs, i)),
  };
}

/** A value computed beforehand and given as an input. */
function cutAt({ graph, inputs }: Case, slot: number): Case | undefined {
  const step = graph.steps.find(({ first }) => first === slot);
  if (step === undefined || step.types.length !== 1) return undefined;
  const [value] = evaluateGraph({ ...graph, outputs: [slot], results: step.types }, inputs);
  if (value === undefined) return undefined;
  const count = inputs.length;
  const move = (x: number): number => (x === slot ? count : x < count ? x : x + 1);
  const steps = graph.steps.flatMap((one) =>
    one === step ? [] : [{ ...one, inputs: one.inputs.map(move), first: move(one.first) }],
  );
  if (graph.outputs.includes(slot) && graph.outputs.length === 1) return undefined;
  return live({
    graph: {
      ...graph,
      inputs: [...graph.inputs, at(step.types, 0)],
      steps,
      outputs: graph.outputs.map(move),
      slots: graph.slots + 1,
    },
    inputs: [...inputs, value],
  });
}

/** A graph in words. */
export function describeGraph(graph: Graph, inputs: readonly NdArray[]): string {
  const few = (x: { readonly data: ArrayLike<number> }): string =>
    Array.from(x.data)
      .slice(0, 24)
      .map((v) => (Object.is(v, -0) ? "-0" : String(v)))
      .join(" ");
  const lines = inputs.map((x, i) => `${i}: input ${x.dtype}[${x.shape}] ${few(x)}`);
  for (const [i, c] of graph.constants.entries())
    lines.push(`${inputs.length + i}: constant ${c.dtype}[${c.shape}] ${few(c.values())}`);
  for (const { first, primitive, params, inputs: operands, types } of graph.steps)
    lines.push(
      `${first}: ${primitive}(${operands}) ${"body" in params || "whenTrue" in params ? "" : JSON.stringify(params)} ${types.map(({ dtype, shape }) => `${dtype}[${shape}]`)}`,
    );
  return [...lines, `outputs ${graph.outputs}`].join("\n");
}
