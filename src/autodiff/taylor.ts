/** Taylor models of functions along a direction, to any order. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import type { Graph } from "../tensor/graph.ts";
import { traceFunctions } from "../tensor/trace.ts";
import type { Differentiable, Point } from "./gradient.ts";
import { checkDifferentiable, readTree } from "./reading.ts";
import { constantSeries, expand, leading, type Series } from "./series.ts";
import { inputsOf, readDirection, run, type Traced, tracer } from "./traced.ts";

/** Options of `taylor`. */
export interface TaylorOptions<X> {
  /** The direction v of x + t v, with the structure of x. Default: ones, which for a single number is the plain derivative. */
  readonly direction?: X;
}

/**
 * The coefficients c₀ … c_order of f(x + t v) = Σ cₖ tᵏ + O(t^(order+1)): cₖ = f⁽ᵏ⁾/k! along the direction.
 *
 * ```ts
 * import { taylor } from "nabla";
 * taylor((x: number) => Math.exp(x), 0, 4); // → [1, 1, 0.5, 0.16666666666666666, 0.041666666666666664]
 * taylor(([x, y]: [number, number]) => x * y, [2, 3], 2, { direction: [1, -1] }); // → [6, 1, -1]
 * ```
 *
 * @throws ArgumentError unless the order is a whole number ≥ 0; TraceError when the function cannot be traced.
 */
export function taylor<X extends Point, R>(
  f: Differentiable<X, readonly [], R>,
  x: X,
  order: number,
  options?: TaylorOptions<X>,
): R[];
export function taylor(
  f: (x: never) => unknown,
  x: unknown,
  order: number,
  options: TaylorOptions<unknown> = {},
): unknown[] {
  checkOptions("taylor", options, ["direction"]);
  if (!Number.isSafeInteger(order) || order < 0)
    throw new ArgumentError(`taylor: the order must be a whole number ≥ 0; got ${showValue(order)}`);
  const point = readTree(x, "taylor");
  checkDifferentiable("taylor", point);
  const direction =
    options.direction === undefined
      ? point.inputs.map((input) => input.constant(1).broadcastTo(input.shape))
      : readDirection("taylor", point, options.direction);
  const traced = tracer("taylor", f)([point]);
  const coefficients = coefficientGraph(traced, direction.length, order);
  const outputs = run(coefficients, [...inputsOf([point], traced), ...direction]);
  const count = traced.output.isNumber.length;
  return Array.from({ length: order + 1 }, (_, k) =>
    traced.output.restore(outputs.slice(k * count, (k + 1) * count)),
  );
}

/** The graph of all coefficients of all outputs, order by order. */
function coefficientGraph({ graph }: Traced, directions: number, order: number): Graph {
  const { graphs } = traceFunctions(
    [...graph.inputs, ...graph.inputs.slice(0, directions)],
    [
      (values) => {
        const inputs = graph.inputs.map((_, i): Series => {
          const value = at(values, i);
          if (i >= directions) return constantSeries(value);
          return {
            moves: true,
            at: (k) => (k === 0 ? value : k === 1 ? values[graph.inputs.length + i] : undefined),
          };
        });
        const outputs = expand(graph, inputs, order);
        return Array.from({ length: order + 1 }, (_, k) =>
          outputs.map((series) => series.at(k) ?? leading(series).zerosLike()),
        ).flat();
      },
    ],
  );
  return at(graphs, 0);
}
