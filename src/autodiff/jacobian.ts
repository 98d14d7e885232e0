/** Whole matrices of derivatives, from many products at once: the graph of one product is run on a stack of directions. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import type { TensorType } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { eye, zeros } from "../tensor/operations/creation.ts";
import { concat, split } from "../tensor/operations/joining.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor, TypedArray } from "../tensor/tensor.ts";
import { traceFunctions } from "../tensor/trace.ts";
import type { Leaf } from "../tensor/tree.ts";
import { assemble, assembleSquare } from "./assembling.ts";
import type { Differentiable, Point, Scalar } from "./gradient.ts";
import { checkDifferentiable, readData, readTree } from "./reading.ts";
import { checkScalar, inputsOf, perTrace, pointMask, run, type Traced, tracer } from "./traced.ts";
import { batch, gradientGraph, pull, push } from "./transforms.ts";

/** ∂(leaf of R)/∂(leaf of X): a number for two numbers, else a tensor of both shapes joined. */
type Entry<R, X> = X extends number
  ? R extends number
    ? number
    : Tensor
  : X extends TypedArray
    ? R extends number
      ? X
      : Tensor
    : X extends Tensor
      ? Tensor
      : { [K in keyof X]: Entry<R, X[K]> };

/** The tree of derivatives: for each leaf of the value, a tree with the structure of the point. */
export type JacobianOf<R, X> = R extends Leaf ? Entry<R, X> : { [K in keyof R]: JacobianOf<R[K], X> };

/** How a Jacobian is made. */
export interface JacobianOptions {
  /**
   * `"forward"` costs one pass a column, `"reverse"` one a row. Default: forward where the point has no more elements than
   * the value, else reverse.
   */
  readonly mode?: "forward" | "reverse";
}

/**
 * The matrix of first derivatives at a point: for each leaf of the value a tree like the point, of tensors whose shape is that
 * of the value followed by that of the point (of numbers, where both are numbers).
 *
 * ```ts
 * import { jacobian } from "nabla";
 * const polar = ([r, t]: [number, number]) => [r * Math.cos(t), r * Math.sin(t)];
 * jacobian(polar)([2, 0]); // → [[1, 0], [0, 2]]
 * ```
 *
 * @throws TraceError when the function cannot be traced.
 */
export function jacobian<X extends Point, Rest extends readonly unknown[], R>(
  f: Differentiable<X, Rest, R>,
  options?: JacobianOptions,
): Differentiable<X, Rest, JacobianOf<R, X>>;
export function jacobian(
  f: (x: never, ...rest: never[]) => unknown,
  options: JacobianOptions = {},
): (x: unknown, ...rest: unknown[]) => unknown {
  checkOptions("jacobian", options, ["mode"]);
  const { mode } = options;
  if (mode !== undefined && mode !== "forward" && mode !== "reverse") {
    throw new ArgumentError(
      `jacobian({ mode }): must be "forward" or "reverse"; got ${showValue(mode)}; leave it out to have it chosen`,
    );
  }
  const trace = tracer("jacobian", f);
  const derivative = perTrace(({ graph, pointInputs }) =>
    jacobianGraph(graph, pointInputs, graph.results, mode),
  );
  return (x, ...rest) => {
    const point = readTree(x, "jacobian");
    checkDifferentiable("jacobian", point);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const rows = run(derivative(traced), inputsOf(readings, traced));
    return assemble(traced.output, traced.graph.results, point, rows);
  };
}

/**
 * The matrix of second derivatives of a scalar function: for each leaf of the point a tree like the point. Forward over
 * reverse, one pass a column.
 *
 * ```ts
 * import { hessian } from "nabla";
 * const booth = ([x, y]: [number, number]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
 * hessian(booth)([9, 8]); // → [[10, 8], [8, 10]]
 * ```
 *
 * @throws ShapeError when the function does not return a scalar.
 */
export function hessian<X extends Point, Rest extends readonly unknown[]>(
  f: Differentiable<X, Rest, Scalar>,
): Differentiable<X, Rest, JacobianOf<X, X>>;
export function hessian(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, ...rest: unknown[]) => unknown {
  const trace = tracer("hessian", f);
  const derivative = perTrace((traced) => {
    checkScalar("hessian", traced);
    const gradient = onlyGradient(traced);
    return { gradient, columns: jacobianGraph(gradient, traced.pointInputs, gradient.results, "forward") };
  });
  return (x, ...rest) => {
    const point = readTree(x, "hessian");
    checkDifferentiable("hessian", point);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const { gradient, columns } = derivative(traced);
    const rows = run(columns, inputsOf(readings, traced));
    return assembleSquare(point, gradient.results, rows);
  };
}

/** The gradient as a graph whose outputs are its parts alone. */
function onlyGradient(traced: Traced): Graph {
  const graph = gradientGraph(traced.graph, pointMask(traced));
  const keep = <T>(list: readonly T[]): T[] => list.slice(1, 1 + traced.pointInputs);
  return { ...graph, outputs: keep(graph.outputs), results: keep(graph.results) };
}

/** The graph of the derivatives of each output: a matrix `[elements of the output, elements of the point]` for each. */
function jacobianGraph(
  graph: Graph,
  pointInputs: number,
  results: readonly TensorType[],
  mode: JacobianOptions["mode"],
): Graph {
  const sizes = graph.inputs.slice(0, pointInputs).map((type) => sizeOf(type.shape));
  const heights = results.map((type) => sizeOf(type.shape));
  const isForward = mode === undefined ? total(sizes) <= total(heights) : mode === "forward";
  const { graphs } = traceFunctions(graph.inputs, [
    (values) =>
      isForward ? columnsOf(graph, values, sizes, heights) : rowsOf(graph, values, sizes, heights),
  ]);
  return at(graphs, 0);
}

const total = (list: readonly number[]): number => list.reduce((sum, n) => sum + n, 0);

/** Unit directions for each of several blocks that lie end to end: `[total, …shape]` each. */
export function unitDirections(types: readonly TensorType[], sizes: readonly number[]): Tensor[] {
  const count = total(sizes);
  const identity = eye(count);
  let start = 0;
  return types.map(({ dtype, shape }, i) => {
    const from = start;
    start += at(sizes, i);
    return identity
      .slicePrimitive([0, from], [count, start])
      .cast(dtype)
      .reshape([count, ...shape]);
  });
}

/** One forward pass on a stack of unit tangents. */
function columnsOf(
  graph: Graph,
  values: readonly Tensor[],
  sizes: readonly number[],
  heights: readonly number[],
): Tensor[] {
  const [count, width] = [sizes.length, total(sizes)];
  const { graphs, captured } = traceFunctions(
    [...graph.inputs, ...graph.inputs.slice(0, count)],
    [
      (inputs) => {
        const primals = inputs.slice(0, graph.inputs.length);
        const tangents = primals.map((_, i) => (i < count ? inputs[graph.inputs.length + i] : undefined));
        const pushed = push(graph, primals, tangents);
        return pushed.outputs.map((y, i) => pushed.tangents[i] ?? y.float().zerosLike());
      },
    ],
  );
  const directions = unitDirections(graph.inputs.slice(0, count), sizes);
  const operands = [...values, ...directions, ...captured];
  const stacked = operands.map((_, i) => i >= values.length && i < values.length + count);
  if (width === 0) return heights.map((height) => zeros([height, 0]));
  const tangents = batch(at(graphs, 0), operands, stacked, width);
  return tangents.map((tangent, j) => tangent.reshape([width, at(heights, j)]).transpose());
}

/** One reverse pass on a stack of unit cotangents. */
function rowsOf(
  graph: Graph,
  values: readonly Tensor[],
  sizes: readonly number[],
  heights: readonly number[],
): Tensor[] {
  const [count, width] = [total(heights), total(sizes)];
  const { graphs, captured } = traceFunctions(
    [...graph.inputs, ...graph.results],
    [
      (inputs) => {
        const primals = inputs.slice(0, graph.inputs.length);
        const { pullback } = pull(
          graph,
          primals,
          primals.map((_, i) => i < sizes.length),
        );
        const slopes = pullback(inputs.slice(graph.inputs.length));
        return primals.slice(0, sizes.length).map((x, i) => slopes[i] ?? x.zerosLike());
      },
    ],
  );
  const operands = [...values, ...unitDirections(graph.results, heights), ...captured];
  const stacked = operands.map((_, i) => i >= values.length && i < values.length + heights.length);
  if (count === 0 || width === 0) return heights.map((height) => zeros([height, width]));
  const slopes = batch(at(graphs, 0), operands, stacked, count);
  const all = concat(
    slopes.map((slope, i) => slope.reshape([count, at(sizes, i)])),
    1,
  );
  return split(all, heights, 0);
}
