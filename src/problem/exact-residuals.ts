/** What a graph tells of residuals: r, its Jacobian, and value, gradient and Hessian of ½‖r‖². */
import { columnsGraph, rowsGraph } from "../autodiff/stacks.ts";
import { gradientGraph } from "../autodiff/transforms.ts";
import { evaluator } from "../compiler/evaluator.ts";
import { at } from "../core/exactly.ts";
import type { Want } from "../solver/question.ts";
import type { Graph } from "../tensor/graph.ts";
import { sizeOf } from "../tensor/shape.ts";
import { scalarOf, type Tensor } from "../tensor/tensor.ts";
import { runGraph, traceFunctions } from "../tensor/trace.ts";
import {
  type Bound,
  exactObjective,
  keeper,
  type LearnExactly,
  lazily,
  type MatrixProgram,
  moving,
} from "./exact.ts";
import { loader, unload, unloadColumns, unloadRows } from "./packing.ts";
import { unitColumnsGraph, unloadUnitColumns } from "./unit-columns.ts";

/** ½‖r‖², and the residuals behind it. */
function halfSquareGraph(graph: Graph): Graph {
  const { graphs } = traceFunctions(graph.inputs, [
    (values) => {
      const residuals = runGraph(graph, values);
      const squares = residuals.map((r) => (r.rank === 0 ? r.mul(r) : r.mul(r).sum()));
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
  const evaluateResiduals = evaluator(graph, count);
  const evaluateGradient = lazily(() => evaluator(gradientGraph(halfSquare(), moving(bound)), count, graph));
  const jacobian = lazily(() => jacobianOf(bound, height));
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
      const { evaluate, unload: gather } = jacobian();
      const outputs = evaluate([...load(entry.x), ...rest]);
      keep("residuals", unload(outputs, 0, graph.results.length, height));
      keep("jacobian", gather(outputs));
    }
    if (isMissing("gradient") && entry.known.jacobian === undefined) {
      const outputs = evaluateGradient()([...load(entry.x), ...rest]);
      keep("residuals", unload(outputs, 1 + count, outputs.length, height));
      keep("gradient", unload(outputs, 1, 1 + count, dimension));
    }
    if (isMissing("residuals"))
      keep("residuals", unload(evaluateResiduals([...load(entry.x), ...rest]), 0, heights.length, height));
  };
}

/** How the Jacobian is evaluated, and where in the outputs it lies, behind the residuals: by columns or by rows, what is less. */
function jacobianOf({ graph, count, dimension }: Bound, height: number): MatrixProgram {
  const results = graph.results.length;
  const units = unitColumnsGraph(graph, count);
  if (units !== undefined)
    return {
      evaluate: evaluator(units, count),
      unload: (outputs) => unloadUnitColumns(outputs, { results, first: 0, columns: count }),
    };
  if (dimension <= height)
    return {
      evaluate: evaluator(columnsGraph(graph, count), count),
      unload: (outputs) => unloadColumns(outputs, results, outputs.length, dimension),
    };
  return {
    evaluate: evaluator(rowsGraph(graph, count), count),
    unload: (outputs) => unloadRows(outputs, results, outputs.length, height, dimension),
  };
}
