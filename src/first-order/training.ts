/** Transformations on trees of parameters: what a training step does between the gradient and the next parameters. */
import { valueAndGrad, type WithAux } from "../autodiff/gradient.ts";
import { leafPaths } from "../autodiff/paths.ts";
import { showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { describeStructure, sameStructure } from "../core/tree.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { type Tensor, toTensor } from "../tensor/tensor.ts";
import { flattenTree, type MapLeaves, mapTree, tensorsOf, unflattenAs } from "../tensor/tree.ts";
import type { GradientTransformation, StepFacts, Tensors } from "./transformation.ts";

/** The state of a transformation before its first step on a tree of parameters. */
export function initialState<S, H>(
  { init, name }: GradientTransformation<S, H, StepFacts>,
  parameters: object,
): S {
  return init(tensorsOf(parameters, name), leafPaths(parameters));
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
  /** The loss where the gradient was asked; needed by transformations that say so. */
  readonly value?: Tensor;
}

/** What a step leaves. */
export interface Trained<P, S> {
  readonly parameters: P;
  readonly state: S;
}

/**
 * Moves parameters by what a transformation makes of their gradient. For methods that look ahead or around `trainingStep` asks at the
 * points they want.
 *
 * ```ts
 * import { adam, applyUpdate, grad, initialState, square, type Tensor, tensor } from "nabla";
 * const { transformation } = adam({ rate: 0.1 });
 * const parameters = tensor([3, -2]);
 * const gradient = grad((w: Tensor) => square(w).sum())(parameters);
 * const inputs = { parameters, state: initialState(transformation, parameters), hyper: transformation.hyperparameters(1) };
 * applyUpdate(transformation, { ...inputs, gradient }).parameters; // → Tensor(float64 [2]) [2.9, -1.9]
 * ```
 *
 * @throws ArgumentError when gradient and parameters differ in structure, or in the order of their keys; ShapeError when a tensor of the
 * gradient has another shape or dtype than its parameter.
 */
export function applyUpdate<P, S, H>(
  transformation: GradientTransformation<S, H, Omit<StepFacts, "value">>,
  inputs: UpdateInputs<P, S, H>,
): Trained<P, S>;
export function applyUpdate<P, S, H>(
  transformation: GradientTransformation<S, H, StepFacts>,
  inputs: UpdateInputs<P, S, H> & { readonly value: Tensor },
): Trained<P, S>;
export function applyUpdate<P, S, H>(
  { name, update }: GradientTransformation<S, H, StepFacts>,
  { parameters, gradient, state, hyper, value = toTensor(Number.NaN) }: UpdateInputs<P, S, H>,
): Trained<P, S> {
  const { structure } = flattenTree(parameters, name);
  const x = tensorsOf(parameters, name);
  const facts = { parameters: x, paths: leafPaths(parameters), value };
  const made = update(gradientOf(gradient, parameters, name), state, facts, numbersOf(hyper));
  const moved = x.map((xi, i) => xi.add(made.updates[i] ?? 0));
  return { parameters: unflattenAs<P>(structure, moved), state: made.state };
}

/**
 * One step of training as a function to be traced or compiled: the loss of a batch, its gradient at the point which the method
 * wants, and the update.
 *
 * ```ts
 * import { adam, compile, initialState, mean, square, type Tensor, tensor, trainingStep } from "nabla";
 * const { transformation } = adam({ rate: 0.1 });
 * const loss = (w: Tensor, x: Tensor, y: Tensor) => mean(square(x.matmul(w).sub(y)));
 * const step = compile(trainingStep(transformation, loss));
 * const [x, y] = [tensor([[1, 0], [0, 1]]), tensor([3, -2])];
 * let parameters = tensor([0, 0]);
 * let state = initialState(transformation, parameters);
 * for (let t = 1; t <= 300; t++)
 *   ({ parameters, state } = step({ parameters, state, hyper: transformation.hyperparameters(t) }, x, y));
 * Array.from(parameters.toTypedArray(), (wi) => Number(wi.toFixed(3))); // → [ 3, -2 ]
 * ```
 */
export function trainingStep<P extends object, S, H, Batch extends readonly unknown[]>(
  transformation: GradientTransformation<S, H, StepFacts>,
  loss: (parameters: P, ...batch: Batch) => Tensor,
): (inputs: TrainingInputs<P, S, H>, ...batch: Batch) => Trained<P, S> & { readonly value: Tensor };
/** The same for a loss that gives `[value, aux]`: what else is to be known of the batch (outputs, statistics) comes with the gradient. */
export function trainingStep<P extends object, S, H, Batch extends readonly unknown[], Aux>(
  transformation: GradientTransformation<S, H, StepFacts>,
  loss: (parameters: P, ...batch: Batch) => readonly [Tensor, Aux],
  options: WithAux,
): (
  inputs: TrainingInputs<P, S, H>,
  ...batch: Batch
) => Trained<P, S> & { readonly value: Tensor; readonly gradient: P; readonly aux: Aux };
export function trainingStep<P extends object, S, H, Batch extends readonly unknown[]>(
  transformation: GradientTransformation<S, H, StepFacts>,
  loss: (parameters: P, ...batch: Batch) => Tensor | readonly [Tensor, unknown],
  options?: WithAux,
): (inputs: TrainingInputs<P, S, H>, ...batch: Batch) => Trained<P, S> & { readonly value: Tensor } {
  const derivative = derivativeOf(loss, options);
  return (inputs, ...batch) => {
    const { name, askAt, askAgainAt } = transformation;
    const { structure } = flattenTree(inputs.parameters, name);
    const tree = (leaves: Tensors): P => unflattenAs<P>(structure, leaves);
    const at = (point: P) => {
      const { value, grad, aux } = derivative(point, ...batch);
      return { value, aux, gradient: tree(tensorsOf(grad, name)) };
    };
    const hyper = numbersOf(inputs.hyper);
    const x = tensorsOf(inputs.parameters, name);
    const paths = leafPaths(inputs.parameters);
    const asked = askAt?.(x, inputs.state, hyper, paths) ?? x;
    const first = at(tree(asked));
    const again = askAgainAt?.(asked, tensorsOf(first.gradient, name), hyper, paths);
    const { gradient } = again ? at(tree(again)) : first;
    const { value, aux } = first;
    const updated = { value, ...applyUpdate(transformation, { ...inputs, gradient, value }) };
    return options === undefined ? updated : { ...updated, gradient, aux };
  };
}

/** Value and gradient of a loss, and what else it tells if it does. */
function derivativeOf<P extends object, Batch extends readonly unknown[]>(
  loss: (parameters: P, ...batch: Batch) => Tensor | readonly [Tensor, unknown],
  options: WithAux | undefined,
): (parameters: P, ...batch: Batch) => { value: Tensor; grad: unknown; aux?: unknown } {
  return options === undefined
    ? valueAndGrad(loss as (parameters: object, ...batch: Batch) => Tensor)
    : valueAndGrad(loss as (parameters: object, ...batch: Batch) => readonly [Tensor, unknown], options);
}

/**
 * The parameters to be used where the model is: the average that a transformation keeps, in the tree of the parameters; the parameters
 * themselves where it keeps none.
 *
 * ```ts
 * import { adam, applyUpdate, averagedParameters, chain, exponentialMovingAverage, initialState, tensor } from "nabla";
 * const transformation = chain(adam({ rate: 1 }).transformation, exponentialMovingAverage({ decay: 0.5, warmUp: 0 }));
 * const start = { w: tensor([4]) };
 * const inputs = { parameters: start, state: initialState(transformation, start), hyper: transformation.hyperparameters(1) };
 * const { parameters, state } = applyUpdate(transformation, { ...inputs, gradient: { w: tensor([9]) } });
 * averagedParameters(transformation, parameters, state).w; // → Tensor(float64 [1]) [3.5]
 * ```
 */
export function averagedParameters<P extends object, S, H>(
  { name, averaged }: GradientTransformation<S, H, StepFacts>,
  parameters: P,
  state: S,
): P {
  const x = tensorsOf(parameters, name);
  const made = averaged?.(x, state, leafPaths(parameters));
  return made === undefined ? parameters : unflattenAs<P>(flattenTree(parameters, name).structure, made);
}

const numbersOf = <H>(hyper: H): MapLeaves<H, Tensor> => mapTree((leaf) => toTensor(leaf), hyper);

/** The leaves of a gradient, each of which stands where its parameter does: one in another place would move the wrong one. */
function gradientOf(gradient: unknown, parameters: unknown, name: string): Tensors {
  const [meant, given] = [parameters, gradient].map((tree) => flattenTree(tree, name).structure);
  if (meant && given && !sameStructure(meant, given))
    throw new ArgumentError(
      `applyUpdate: the gradient must have the structure of the parameters, keys in their order: ${describeStructure(meant)}; got ${describeStructure(given)}`,
    );
  const x = tensorsOf(parameters, name);
  const leaves = tensorsOf(gradient, name);
  leaves.forEach((g, i) => {
    const xi = at(x, i);
    if (!sameShape(g.shape, xi.shape) || g.dtype !== xi.dtype)
      throw new ShapeError(
        `applyUpdate: the gradient of the parameter ${showValue(at(leafPaths(parameters), i))} must be of its type, ${describeType(xi)}; got ${describeType(g)}`,
      );
  });
  return leaves;
}
