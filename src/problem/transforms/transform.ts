/** Transforms of parameters: free variables in, parameters inside their domain out. */

import type { Tensor } from "../../tensor/tensor.ts";
import type { InputType } from "../../tensor/trace.ts";
import type { Leaf } from "../../tensor/tree.ts";

/** How some of the caller's parameters are made of free variables. Made by `positive()`, `interval(0, 1)` and their like. */
export interface Transform {
  /** The call that made it, for error messages. */
  readonly name: string;
  /** Whether an array of numbers is one parameter of it rather than several. @internal */
  readonly takesWholes: boolean;
  /** Adds the variables that some leaves need, and says how the leaves are made of them. @internal */
  readonly place: (leaves: readonly Placed[], room: Room) => Maker;
}

/** A transform for each part of a tree: at an inner node it holds for all leaves below, and what is missing is free. */
export type Transforms<X> =
  | Transform
  | (X extends Leaf
      ? never
      : X extends object
        ? { readonly [K in keyof X]?: Transforms<X[K]> | undefined }
        : never);

/** A leaf of the start, as transforms see it. */
export interface Placed {
  /** Where it stands, for error messages: `rate`, `weights[2]`. */
  readonly path: string;
  readonly leaf: Leaf;
  /** The graph inputs that it is, and their values at the start. */
  readonly types: readonly InputType[];
  readonly inputs: readonly Tensor[];
  /** Its elements at the start. */
  readonly elements: Float64Array;
}

/** Makes the graph inputs of leaves from all variables. */
export type Maker = (variables: readonly Tensor[]) => readonly Tensor[];

/** Where variables are collected. */
export interface Room {
  /** The verb, for error messages. */
  readonly call: string;
  /** Adds variables with their start; they are read from the list of all by what is returned. */
  readonly add: (types: readonly InputType[], start: Float64Array) => Maker;
  /** Variables by name, for parameters that share them. */
  readonly shared: Map<string, { readonly maker: Maker; readonly first: Placed }>;
}

const made = new WeakSet<object>();

/** Registers a transform, so that it is told from a tree of them. */
export function defineTransform(transform: Transform): Transform {
  made.add(transform);
  return transform;
}

/** True for what the factories of this room made. */
export function isTransform(value: unknown): value is Transform {
  return typeof value === "object" && value !== null && made.has(value);
}
