/**
 * Gradient transformations: what a first-order method does with a gradient, as a pure function written with tensor
 * operations. Written once, it serves `minimize` and the training of networks, and traces with whatever stands around it.
 */
import type { Settings } from "../solver/card.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { MapLeaves } from "../tensor/tree.ts";

/** The leaves of a tree of parameters, or one tensor of the same shape and dtype for each of them. */
export type Tensors = readonly Tensor[];

/** What a transformation hands on. */
export interface Transformed<S> {
  /** One for each parameter; behind the last transformation of a chain they are added to the parameters. */
  readonly updates: Tensors;
  readonly state: S;
}

/**
 * One transformation of gradients. `S` is its state, a tree of tensors; `H` its hyperparameters, a tree of numbers.
 *
 * ```ts
 * import { type GradientTransformation, tensor } from "nabla";
 * const signs: GradientTransformation<object, object> = {
 *   name: "signs",
 *   settings: {},
 *   init: () => ({}),
 *   hyperparameters: () => ({}),
 *   update: (updates, state) => ({ updates: updates.map((g) => g.sign()), state }),
 * };
 * signs.update([tensor([3, -2])], {}, [], {}).updates[0]; // → Tensor(float64 [2]) [1, -1]
 * ```
 */
export interface GradientTransformation<S, H> {
  readonly name: string;
  /** What was chosen, as plain data. */
  readonly settings: Settings;
  /** The state before the first step; its structure and shapes never change. */
  readonly init: (parameters: Tensors) => S;
  /** The numbers of step t, from 1, computed in float64 outside of the graph, whose inputs they are. */
  readonly hyperparameters: (t: number) => H;
  /** The transformation itself, on tensors that may be traced. Plain numbers and `hyper` take the dtype of what they meet. */
  readonly update: (
    updates: Tensors,
    state: S,
    parameters: Tensors,
    hyper: MapLeaves<H, Tensor>,
  ) => Transformed<S>;
  /**
   * The share of its full step that it takes at step t, where a schedule shortens steps: so that a step which is short only
   * because the rate is near 0 is not taken for convergence. Default 1.
   */
  readonly share?: (t: number) => number;
}

/** A transformation whose state only it knows. Every `GradientTransformation` is one. */
export interface SomeTransformation
  extends Omit<GradientTransformation<unknown, unknown>, "init" | "update" | "hyperparameters"> {
  readonly init: (parameters: Tensors) => unknown;
  readonly hyperparameters: (t: number) => unknown;
  readonly update: (
    updates: Tensors,
    state: never,
    parameters: Tensors,
    hyper: never,
  ) => Transformed<unknown>;
}

/** The update of a transformation, for who keeps its state without knowing it: state and numbers must be its own. */
export function updateOf({
  update,
}: SomeTransformation): (
  updates: Tensors,
  state: unknown,
  parameters: Tensors,
  hyper: unknown,
) => Transformed<unknown> {
  return update as ReturnType<typeof updateOf>;
}
