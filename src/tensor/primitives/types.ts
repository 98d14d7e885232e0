/**
 * What a primitive is: one record that holds everything Nabla knows of it. Rules are written with the methods of the tensors
 * they are given, so they work on concrete and on traced values alike and compose to any order.
 */
import type { NdArray, TensorType } from "../array.ts";
import type { Graph } from "../graph.ts";
import type { Tensor } from "../tensor.ts";
import type { PrimitiveName, PrimitiveParams } from "./index.ts";

/** For primitives without parameters. */
export type None = Readonly<Record<never, never>>;

/** A tangent or cotangent; `undefined` is an exact zero, which costs nothing. */
export type Slope = Tensor | undefined;

/** One application of a primitive, as its derivative rules see it. */
export interface Application<Params> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly params: Params;
  /** What `forward` kept for `vjp`; empty for primitives without a `forward`. */
  readonly saved: readonly Tensor[];
  /** Which inputs the derivative is wanted for; slopes of others may be left `undefined`. */
  readonly wanted: readonly boolean[];
  /** Applies the same primitive again. */
  readonly apply: (inputs: readonly Tensor[], params: Params) => Tensor[];
}

/**
 * The transforms of whole graphs, handed to the rules of primitives that contain graphs (loops, branches). They live in
 * a room below this one, so rules are given them instead of importing them.
 */
export interface GraphTransforms {
  /** Runs a graph on tensors: evaluates concrete values, inlines into traced ones. */
  readonly run: (graph: Graph, inputs: readonly Tensor[]) => Tensor[];
  /** Outputs, and for each output its tangent. */
  readonly push: (
    graph: Graph,
    inputs: readonly Tensor[],
    tangents: readonly Slope[],
  ) => { outputs: Tensor[]; tangents: Slope[] };
  /** Outputs, and the map from their cotangents to those of the wanted inputs. */
  readonly pull: (
    graph: Graph,
    inputs: readonly Tensor[],
    wanted: readonly boolean[],
  ) => { outputs: Tensor[]; pullback: (cotangents: readonly Slope[]) => Slope[] };
  /** Runs a graph on stacked inputs; every output is stacked along axis 0. */
  readonly batch: (
    graph: Graph,
    inputs: readonly Tensor[],
    batched: readonly boolean[],
    size: number,
  ) => Tensor[];
  /**
   * Traces functions of the same inputs. What they capture from functions being traced around them becomes further inputs,
   * the same for all of the graphs, behind those of `types`.
   */
  readonly trace: (
    types: readonly TensorType[],
    functions: readonly TensorFunction[],
  ) => { graphs: Graph[]; captured: Tensor[] };
  /** Applies any primitive. */
  readonly apply: <K extends PrimitiveName>(
    name: K,
    inputs: readonly Tensor[],
    params: PrimitiveParams[K],
  ) => Tensor[];
}

/** A function of a list of tensors. */
export type TensorFunction = (inputs: Tensor[]) => readonly Tensor[];

/** How a primitive that contains graphs evaluates them. */
export type RunGraph = (graph: Graph, inputs: readonly NdArray[]) => NdArray[];

/** One application of a primitive to inputs of which some are stacked along axis 0. */
export interface BatchedApplication<Params> {
  readonly inputs: readonly Tensor[];
  readonly batched: readonly boolean[];
  readonly params: Params;
  readonly size: number;
  /** Applies the same primitive again. */
  readonly apply: (inputs: readonly Tensor[], params: Params) => Tensor[];
}

/** Everything about one primitive, in one place. */
export interface Primitive<Params> {
  /** The types of the outputs; refuses shapes that do not fit, in the user's terms. */
  readonly type: (inputs: readonly TensorType[], params: Params) => readonly TensorType[];
  /** The reference evaluation: slow and obvious. `outputs` are the types that `type` gave. */
  readonly evaluate: (
    inputs: readonly NdArray[],
    params: Params,
    outputs: readonly TensorType[],
    run: RunGraph,
  ) => readonly NdArray[];
  /** Tangents of the outputs from tangents of the inputs: J v. */
  readonly jvp: (
    at: Application<Params>,
    tangents: readonly Slope[],
    transforms: GraphTransforms,
  ) => readonly Slope[];
  /** Cotangents of the inputs from cotangents of the outputs: Jᵀ w. */
  readonly vjp: (
    at: Application<Params>,
    cotangents: readonly Slope[],
    transforms: GraphTransforms,
  ) => readonly Slope[];
  /** Outputs, all stacked along axis 0, for inputs of which some are. */
  readonly batch: (at: BatchedApplication<Params>, transforms: GraphTransforms) => readonly Tensor[];
  /** For primitives whose reverse pass needs more than inputs and outputs: computes the outputs and what to keep. */
  readonly forward?: (
    inputs: readonly Tensor[],
    params: Params,
    wanted: readonly boolean[],
    transforms: GraphTransforms,
  ) => { readonly outputs: readonly Tensor[]; readonly saved: readonly Tensor[] };
}
