/** Transformations on trees of parameters: what a training step does between the gradient and the next parameters. */

import { type Tensor, toTensor } from "../tensor/tensor.ts";
import { flattenTree, mapTree, unflattenAs } from "../tensor/tree.ts";
import type { GradientTransformation, Tensors } from "./transformation.ts";

/** The state of a transformation before its first step on a tree of parameters. */
export function initialState<S, H>({ init, name }: GradientTransformation<S, H>, parameters: object): S {
  return init(leavesOf(parameters, name));
}

/**
 * What changes from step to step, besides the batch. As the first argument of a traced function all of it is inputs of the
 * graph, the numbers included.
 */
export interface TrainingInputs<P, S, H> {
  /** A tree of tensors. */
  readonly parameters: P;
  readonly state: S;
  /** The transformation's `hyperparameters(t)`. */
  readonly hyper: H;
}

/** Everything one update needs. */
export interface UpdateInputs<P, S, H> extends TrainingInputs<P, S, H> {
  /** A tree of the structure of the parameters. */
  readonly gradient: P;
}

/**
 * Moves parameters by what a transformation makes of their gradient.
 *
 * ```ts
 * import { adam, applyUpdate, initialState, mean, square, type Tensor, tensor, trace, valueAndGrad } from "nabla";
 * const { transformation } = adam({ rate: 0.1 });
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => mean(square(x.matmul(w).sub(y)));
 * const [x, y] = [tensor([[1, 0], [0, 1]]), tensor([3, -2])];
 * let parameters = tensor([0, 0]);
 * let state = initialState(transformation, parameters);
 * const inputsAt = (t: number) => ({ parameters, state, hyper: transformation.hyperparameters(t) });
 * // Forward, backward and update are one graph; the rate is an input, because it stands in the first argument.
 * const step = trace((inputs: ReturnType<typeof inputsAt>, x: Tensor, y: Tensor) => {
 *   const { value, grad } = valueAndGrad(loss)(inputs.parameters, x, y);
 *   return { value, ...applyUpdate(transformation, { ...inputs, gradient: grad }) };
 * });
 * for (let t = 1; t <= 300; t++) ({ parameters, state } = step(inputsAt(t), x, y));
 * Array.from(parameters.toTypedArray(), (wi) => Number(wi.toFixed(3))); // → [ 3, -2 ]
 * ```
 *
 * @throws ArgumentError when gradient and parameters differ in structure.
 */
export function applyUpdate<P, S, H>(
  { update, name }: GradientTransformation<S, H>,
  { parameters, gradient, state, hyper }: UpdateInputs<P, S, H>,
): { parameters: P; state: S } {
  const { structure } = flattenTree(parameters, name);
  const x = leavesOf(parameters, name);
  const numbers = mapTree((leaf) => toTensor(leaf), hyper);
  const transformed = update(leavesOf(gradient, name), state, x, numbers);
  const moved = x.map((xi, i) => xi.add(transformed.updates[i] ?? 0));
  return { parameters: unflattenAs<P>(structure, moved), state: transformed.state };
}

function leavesOf(tree: unknown, name: string): Tensors {
  return flattenTree(tree, name).leaves.map((leaf): Tensor => toTensor(leaf));
}
