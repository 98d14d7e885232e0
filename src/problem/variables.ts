/** What a method varies: the elements of the caller's point themselves, or others from which the point is made. */
import type { Graph } from "../tensor/graph.ts";
import type { InputType } from "../tensor/trace.ts";
import type { Scale } from "./differences.ts";
import type { Layout } from "./layout.ts";

/** The variables u of a problem, from which the caller's point x is made. */
export interface Variables {
  readonly layout: Layout;
  readonly dimension: number;
  readonly start: Float64Array;
  /** The graph inputs that the variables are. */
  readonly types: readonly InputType[];
  readonly scale: Scale;
  /** The elements of the point. */
  readonly toPoint: (u: Float64Array) => Float64Array;
  /** A graph of the point's inputs as one of the variables'; inputs behind them stay. */
  readonly compose: (graph: Graph) => Graph;
  /** How derivatives by x become derivatives by u; undefined where u is x. */
  readonly chain: Chain | undefined;
}

/** The products of the derivatives of x(u) that the chain rule needs. */
export interface Chain {
  /** ∂x/∂u v. */
  readonly push: (u: Float64Array, v: Float64Array) => Float64Array;
  /** (∂x/∂u)ᵀ g. */
  readonly pull: (u: Float64Array, g: Float64Array) => Float64Array;
  /** (∂x/∂u)ᵀ w + ∇²(gᵀx(u)) v: the product of the Hessian by u with v, where w is that by x with ∂x/∂u v. */
  readonly pullProduct: (u: Float64Array, v: Float64Array, g: Float64Array, w: Float64Array) => Float64Array;
}
