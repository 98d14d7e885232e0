/** What a graph tells of residuals: r, its Jacobian, and value, gradient and Hessian of ½‖r‖². */
import { columnsGraph, rowsGraph } from "../autodiff/stacks.ts";
import { gradientGraph } from "../autodiff/transforms.ts";
import { at } from "../core/exactly.ts";
import type { Want } from "../solver/question.ts";
import type { Graph } from "../tensor/graph.ts";
import { evaluateGraph } from "../tensor/interpreter.ts";
import { sizeOf } from "../tensor/shape.ts";
import { scalarOf, type Tensor } from "../tensor/tensor.ts";
import { runGraph, traceFunctions } from "../tensor/trace.ts";
import { type Bound, exactObjective, keeper, type LearnExactly, lazily, moving } from "./exact.ts";
import { loader, unload, unloadColumns, unloadRows } from "./packing.ts";

/** ½‖r‖², and the residuals behind it. */
function halfSquareGraph(graph: Graph): Graph {
  const { graphs } = traceFunctions(graph.inputs, [
    (values) => {
      const residuals = runGraph(graph, values);
      const squares = residuals.map((r) => r.mul(r).sum());
      const sum = squares.reduce<Tensor>((total, square) => total.add(square), scalarOf(0, "float64"));
      return [sum.mul(0.5), ...residuals];
    },
  ]);
  return at(graphs, 0);
}

/** Learns from the graph of residuals. */
export function exactResiduals(bound: Bound, served: readonly Want[]): LearnExactly {
  const { graph, count, rest, dimension } = bound;
  const load = loader(graph.inputs.slice(0, count));
  const heights = graph.results.map(({ shape }) => sizeOf(shape));
  const height = heights.reduce((sum, size) => sum + size, 0);
  const halfSquare = lazily(() => halfSquareGraph(graph));
  const gradient = lazily(() => gradientGraph(halfSquare(), moving(bound)));
  const jacobian = lazily(() => (dimension <= height ? columnsGraph(graph, count) : rowsGraph(graph, count)));
  const second = lazily(() => {
    const half = halfSquare();
    const value = { ...half, outputs: half.outputs.slice(0, 1), results: half.results.slice(0, 1) };
    return exactObjective({ ...bound, graph: value }, ["gradient", "hessian", "hessianProduct"]);
  });
  return (entry, missing, spent) => {
    const keep = keeper(entry, served, spent);
    const isMissing = (kind: Want): boolean =>
      missing.includes(kind) && served.includes(kind) && entry.known[kind] === undefined;
    if (isMissing("hessian") || isMissing("hessianProduct")) second()(entry, missing, spent);
    if (isMissing("jacobian")) {
      const outputs = evaluateGraph(jacobian(), [...load(entry.x), ...rest]);
      const results = graph.outputs.length;
      keep("residuals", unload(outputs, 0, results, height));
      keep(
        "jacobian",
        dimension <= height
          ? unloadColumns(outputs, results, outputs.length, dimension)
          : unloadRows(outputs, results, outputs.length, height, dimension),
      );
    }
    if (isMissing("gradient") && entry.known.jacobian === undefined) {
      const outputs = evaluateGraph(gradient(), [...load(entry.x), ...rest]);
      keep("residuals", unload(outputs, 1 + count, outputs.length, height));
      keep("gradient", unload(outputs, 1, 1 + count, dimension));
    }
    if (isMissing("residuals"))
      keep("residuals", unload(evaluateGraph(graph, [...load(entry.x), ...rest]), 0, heights.length, height));
  };
}
