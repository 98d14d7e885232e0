/** Graphs that give the results of a graph and all their derivatives in one run: products with a whole stack of unit vectors. */
import { at } from "../core/exactly.ts";
import type { Graph } from "../tensor/graph.ts";
import { sizeOf } from "../tensor/shape.ts";
import { traceFunctions } from "../tensor/trace.ts";
import { unitDirections } from "./jacobian.ts";
import { batchWhereNeeded, pull, tangentGraph } from "./transforms.ts";

const countOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

/**
 * The results, then for each of them its derivatives by all elements of the first `count` inputs, stacked: `[n, …shape]`.
 * Forward mode; what does not depend on the direction is computed once.
 */
export function columnsGraph(graph: Graph, count: number): Graph {
  const moving = graph.inputs.map((_, i) => i < count);
  const tangents = tangentGraph(graph, moving);
  const types = graph.inputs.slice(0, count);
  const sizes = types.map(({ shape }) => sizeOf(shape));
  const width = countOf(sizes);
  const isStackedInput = tangents.inputs.map((_, i) => i >= graph.inputs.length);
  const { graphs } = traceFunctions(graph.inputs, [
    (values) => {
      const operands = [...values, ...unitDirections(types, sizes)];
      const { outputs, isStacked } = batchWhereNeeded(tangents, operands, isStackedInput, width);
      return outputs.map((y, i) =>
        i < graph.outputs.length || isStacked[i] ? y : y.broadcastTo([width, ...y.shape]),
      );
    },
  ]);
  return at(graphs, 0);
}

/**
 * The results, then for each of the first `count` inputs the derivatives of all elements of the results by it, stacked:
 * `[m, …shape]`. Reverse mode.
 */
export function rowsGraph(graph: Graph, count: number): Graph {
  const sizes = graph.results.map(({ shape }) => sizeOf(shape));
  const height = countOf(sizes);
  const wanted = graph.inputs.map((_, i) => i < count);
  const { graphs: products } = traceFunctions(
    [...graph.inputs, ...graph.results],
    [
      (inputs) => {
        const primals = inputs.slice(0, graph.inputs.length);
        const { outputs, pullback } = pull(graph, primals, wanted);
        const slopes = pullback(inputs.slice(graph.inputs.length));
        return [...outputs, ...primals.slice(0, count).map((x, i) => slopes[i] ?? x.zerosLike())];
      },
    ],
  );
  const product = at(products, 0);
  const isStackedInput = product.inputs.map((_, i) => i >= graph.inputs.length);
  const { graphs } = traceFunctions(graph.inputs, [
    (values) => {
      const operands = [...values, ...unitDirections(graph.results, sizes)];
      const { outputs, isStacked } = batchWhereNeeded(product, operands, isStackedInput, height);
      return outputs.map((y, i) =>
        i < graph.outputs.length || isStacked[i] ? y : y.broadcastTo([height, ...y.shape]),
      );
    },
  ]);
  return at(graphs, 0);
}
