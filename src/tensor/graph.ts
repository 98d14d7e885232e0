/**
 * The graph: what a function becomes when it is traced once. Steps are listed in an order in which they can be evaluated;
 * values are numbered slots: inputs first, then constants, then the outputs of each step in turn.
 */
import type { TensorType } from "./array.ts";
import type { PrimitiveName, PrimitiveParams } from "./primitives/index.ts";
import type { Tensor } from "./tensor.ts";

/** One application of the primitive `K`, reading and writing slots. */
export interface StepOf<K extends PrimitiveName> {
  readonly primitive: K;
  readonly params: PrimitiveParams[K];
  readonly inputs: readonly number[];
  /** The slot of the first output; the others follow it. */
  readonly first: number;
  readonly types: readonly TensorType[];
}

/** One step of a graph. */
export type Step = { [K in PrimitiveName]: StepOf<K> }[PrimitiveName];

/** A function of tensors as data: closed, free of side effects, evaluated by whoever holds it. */
export interface Graph {
  readonly inputs: readonly TensorType[];
  readonly constants: readonly Tensor[];
  readonly steps: readonly Step[];
  /** The slots that are the function's results. */
  readonly outputs: readonly number[];
  /** Their types. */
  readonly results: readonly TensorType[];
  /** The number of slots in all. */
  readonly slots: number;
}

/** An application that has not been numbered yet: what a traced tensor points to. */
export interface NodeOf<K extends PrimitiveName> {
  readonly primitive: K;
  readonly params: PrimitiveParams[K];
  readonly inputs: readonly Tensor[];
  readonly types: readonly TensorType[];
  /** Grows with creation, so a node can only depend on nodes with smaller numbers. */
  readonly order: number;
}

/** An application of some primitive, or the input of a function being traced. */
export type Node = { [K in PrimitiveName]: NodeOf<K> }[PrimitiveName] | ParameterNode;

/** The input of a function being traced. */
export interface ParameterNode {
  readonly primitive: "parameter";
  readonly types: readonly TensorType[];
  readonly order: number;
}
