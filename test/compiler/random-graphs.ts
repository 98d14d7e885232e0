/**
 * Random graphs of tensors for comparing evaluators: every kind of primitive on random shapes and dtypes, views of views, folds that are
 * used again, several outputs. A seed gives the same graph every time.
 */

import { batch } from "../../src/autodiff/transforms.ts";
import { at } from "../../src/core/exactly.ts";
import type { NdArray, TensorType } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { graphOf } from "../primitives/sample.ts";
import { type Source, sourceOf } from "../primitives/source.ts";
import { subjectOfGraph } from "../primitives/subject.ts";
import { controlOperations } from "./random-control.ts";
import { computedOperations } from "./random-operations.ts";
import { drawn, type Elements, type Operation, type Pool, randomShape, type Size } from "./random-pool.ts";
import { viewOperations } from "./random-views.ts";

/** A graph with inputs for it. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly inputs: readonly NdArray[];
}

const operations: readonly Operation[] = [
  ...computedOperations,
  ...viewOperations,
  ...viewOperations,
  ...controlOperations,
];

/** The operations tried by themselves. */
function tryOperation(operation: Operation, pool: Pool): readonly Tensor[] {
  const made = operation(pool) ?? [];
  return made.filter((x) => x.size <= 40_000);
}

/** The graph of the cotangents of a random graph's inputs, or of the tangents of its outputs, or of a stack of it. */
export function randomTransform(seed: number, length: number, elements: Elements): RandomGraph {
  const { graph, inputs } = randomGraph(seed, length, elements);
  const source = sourceOf(seed + 1);
  const subject = subjectOfGraph(graph);
  const kind = source.integer(0, 2);
  const made = kind === 0 ? subject.cotangents() : kind === 1 ? subject.tangents() : stacked(graph, source);
  const known = kind === 2 ? [] : inputs;
  const rest = made.inputs.slice(known.length).map((type) => drawn(source, type, elements).values());
  return { graph: made, inputs: [...known, ...rest] };
}

/** The graph on a stack of examples, in which some inputs are the same for all. */
function stacked(graph: Graph, source: Source): Graph {
  const size = source.integer(1, 5);
  const flags = graph.inputs.map(() => source.integer(0, 3) > 0);
  const types = graph.inputs.map((type, i) => (flags[i] ? { ...type, shape: [size, ...type.shape] } : type));
  return graphOf(types, (values) => batch(graph, values, flags, size));
}

/** A random graph of so many operations, with inputs. */
export function randomGraph(
  seed: number,
  length: number,
  elements: Elements,
  size: Size = "small",
): RandomGraph {
  const source = sourceOf(seed);
  const types = Array.from(
    { length: source.integer(1, 4) },
    (): TensorType => ({
      dtype: source.pick(["float64", "float64", "float32", "float32", "int32", "bool"] as const),
      shape: randomShape(source, size),
    }),
  );
  const graph = graphOf(types, (inputs) => {
    const values = [...inputs];
    const find = (fits: (x: Tensor) => boolean): Tensor | undefined => {
      const fitting = values.filter(fits);
      if (fitting.length === 0) return undefined;
      return source.flip() ? source.pick(fitting) : source.pick(fitting.slice(-4));
    };
    const pool: Pool = { source, values, elements, find };
    for (let i = 0; i < length; i++) values.push(...tryOperation(source.pick(operations), pool));
    const count = source.pick([1, 2, 3]);
    const outputs = Array.from({ length: count }, () =>
      source.integer(0, 4) === 0 ? source.pick(values) : source.pick(values.slice(-5)),
    );
    return [at(values, values.length - 1), ...outputs];
  });
  const inputs = graph.inputs.map((type) => drawn(source, type, elements).values());
  return { graph, inputs };
}
