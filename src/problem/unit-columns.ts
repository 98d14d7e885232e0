/**
 * All derivatives of a graph of single numbers as single numbers: a column for each variable, by forward mode along its axis.
 * What is 0 costs nothing, and a graph of single numbers can be compiled.
 */
import { push } from "../autodiff/transforms.ts";
import { isScalarGraph } from "../compiler/scalar/eligible.ts";
import { simplify } from "../compiler/simplify.ts";
import { at } from "../core/exactly.ts";
import type { NdArray } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { traceFunctions } from "../tensor/trace.ts";

/** Matrices of more entries are left to stacks, which are loops: the code grows with every entry. */
const mostEntries = 400;

/**
 * The graph of the results and, behind them, of the derivatives of all results by the first variable, by the second …; undefined
 * where it holds more than single numbers, or the matrix is large.
 */
export function unitColumnsGraph(graph: Graph, count: number): Graph | undefined {
  if (count * graph.results.length > mostEntries || !isScalarGraph(graph)) return undefined;
  const { graphs } = traceFunctions(graph.inputs, [
    (values) => {
      const columns = values.slice(0, count).map((_, i) => {
        const axis = values.map((x, k) => (k === i ? x.constant(1) : undefined));
        return push(graph, values, axis);
      });
      const results = columns[0]?.outputs ?? [];
      return [
        ...results,
        ...columns.flatMap(({ outputs, tangents }) => outputs.map((y, j) => tangents[j] ?? y.zerosLike())),
      ];
    },
  ]);
  // The function stands in it once for every variable; most of that is the same.
  return simplify(at(graphs, 0));
}

/** The matrix `[rows, columns]` of results `first` … of each column, of which each has `height` entries; row-major. */
export function unloadUnitColumns(
  outputs: readonly NdArray[],
  { results, first, columns }: { readonly results: number; readonly first: number; readonly columns: number },
): Float64Array {
  const rows = results - first;
  const matrix = new Float64Array(rows * columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < rows; j++)
      matrix[j * columns + i] = at(at(outputs, results + i * results + first + j).data, 0);
  return matrix;
}
