/** A plain function by walking: on known numbers, and through the graph of a walk with traced ones. */
import { walk } from "../../src/expression/index.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { Tensor, tensor } from "../../src/tensor/index.ts";
import { closeGraphs, parameters, runGraph } from "../../src/tensor/trace.ts";

type Plain = (...args: never[]) => unknown;

/** The value of `f` at `x` from the graph of a walk. */
export function throughGraph(f: Plain, x: readonly number[], data: readonly unknown[] = []): number {
  return graphOf(f, x.length, data)(x);
}

/** `f` of an array of `size` numbers, traced once by a walk. */
export function graphOf(
  f: Plain,
  size: number,
  data: readonly unknown[] = [],
): (x: readonly number[]) => number {
  const graph = walkedGraph(f, size, data);
  return (x) => {
    const [value] = runGraph(
      graph,
      x.map((element) => tensor(element)),
    );
    return value?.item() ?? Number.NaN;
  };
}

/** The graph of `f` of an array of `size` numbers, by a walk. */
export function walkedGraph(f: Plain, size: number, data: readonly unknown[] = []): Graph {
  const inputs = parameters(
    Array.from({ length: size }, () => ({ dtype: "float64", shape: [], isWeak: true })),
  );
  const result = walk(f, [inputs, ...data]);
  const output = result instanceof Tensor ? result : tensor(Number(result));
  const [graph] = closeGraphs(inputs, [[output]]).graphs;
  if (graph === undefined) throw new RangeError("tracing gave no graph");
  return graph;
}

/** How many floating-point numbers lie between two numbers. */
export function ulpsApart(a: number, b: number): number {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const spacing = Math.max(
    Number.MIN_VALUE,
    2 ** (Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b)))) - 52),
  );
  return Math.abs(a - b) / spacing;
}

/** A central difference with two steps of Richardson's extrapolation. */
export function difference(f: (x: number[]) => number, x: readonly number[], i: number): number {
  const quotient = (h: number): number => {
    const shifted = (by: number): number => f(x.map((element, j) => (j === i ? element + by : element)));
    return (shifted(h) - shifted(-h)) / (2 * h);
  };
  const h = 1e-3 * Math.max(1, Math.abs(x[i] ?? 0));
  const [a, b, c] = [quotient(h), quotient(h / 2), quotient(h / 4)];
  const [ab, bc] = [(4 * b - a) / 3, (4 * c - b) / 3];
  return (16 * bc - ab) / 15;
}
