/**
 * What the tools ask of a loss at one point, each a compiled program: the gradient of a batch, and of the gradients gᵢ of single examples the squares of
 * their components, their slopes along a direction, and their weighted sum. Only the squares ever form the gᵢ: slopes are Jv and sums Jᵀw of the Jacobian
 * J of the examples' losses, forward and reverse mode.
 */
import { grad } from "../../../autodiff/gradient.ts";
import { jvp } from "../../../autodiff/products.ts";
import { vmap } from "../../../autodiff/vmap.ts";
import { compile } from "../../../compiler/index.ts";
import { at } from "../../../core/exactly.ts";
import type { Tensors } from "../../../first-order/transformation.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import {
  endToEnd,
  keptPerLoss,
  type LeafLoss,
  type OfLeaves,
  parametersOf,
  splitLike,
  vectorOf,
} from "../parameters.ts";
import type { BatchLoss } from "./batch-loss.ts";
import type { TensorExamples } from "./examples.ts";

/** The programs of a loss. Parameters and directions are lists of leaves. */
interface Programs {
  /** ∇ of the loss of a batch, `[k]`, float64, all leaves laid end to end. */
  readonly gradient: (x: Tensors, inputs: Tensor, targets: Tensor) => Tensor;
  /** Σ (gᵢ − c)² for each parameter, `[k]`. */
  readonly squares: (x: Tensors, inputs: Tensor, targets: Tensor, centre: Tensors) => Tensor;
  /** gᵢᵀv of each example, `[m]`. */
  readonly slopes: (x: Tensors, inputs: Tensor, targets: Tensor, v: Tensors) => Tensor;
  /** Σ wᵢ gᵢ, `[k]`. */
  readonly weightedSum: (x: Tensors, inputs: Tensor, targets: Tensor, weights: Tensor) => Tensor;
}

/** A loss at a point. Vectors are the parameters' leaves laid end to end, `[k]`. */
export interface Probe {
  /** k. */
  readonly size: number;
  /** The relative distance of neighbouring numbers in the coarsest of the parameters' dtypes. */
  readonly epsilon: number;
  /** A vector as leaves of the parameters' shapes, and of their dtypes or float64: made once, it is not copied at every call. */
  readonly split: (vector: Float64Array, dtype?: "float64") => Tensors;
  readonly gradient: (batch: TensorExamples) => Float64Array;
  /** For a centre of float64 leaves. */
  readonly squares: (batch: TensorExamples, centre: Tensors) => Float64Array;
  readonly slopes: (batch: TensorExamples, v: Tensors) => Float64Array;
  readonly weightedSum: (batch: TensorExamples, weights: Float64Array) => Float64Array;
}

/** A loss at a point. @throws ArgumentError for parameters that are no tree of tensors, or none; DtypeError where they are no floats. */
export function probe<P extends object>(call: string, loss: BatchLoss<P>, parameters: P): Probe {
  const { leaves, structure } = parametersOf(call, parameters);
  const programs = programsFor(call, loss, structure);
  const weightsLike = (weights: Float64Array): Tensor =>
    new Tensor({ dtype: "float64", shape: [weights.length] }, weights);
  return {
    size: leaves.reduce((sum, leaf) => sum + leaf.size, 0),
    epsilon: leaves.some(({ dtype }) => dtype === "float32") ? 2 ** -23 : Number.EPSILON,
    gradient: ({ inputs, targets }) => vectorOf(programs.gradient(leaves, inputs, targets)),
    split: (vector, dtype) =>
      splitLike(
        leaves.map((leaf) => ({ dtype: dtype ?? leaf.dtype, shape: leaf.shape, size: leaf.size })),
        vector,
      ),
    squares: ({ inputs, targets }, centre) => vectorOf(programs.squares(leaves, inputs, targets, centre)),
    slopes: ({ inputs, targets }, v) => vectorOf(programs.slopes(leaves, inputs, targets, v)),
    weightedSum: ({ inputs, targets }, weights) =>
      vectorOf(programs.weightedSum(leaves, inputs, targets, weightsLike(weights))),
  };
}

const programsFor = keptPerLoss(programsOf);

function programsOf({ batch, examples }: LeafLoss): Programs {
  const one: OfLeaves = (x, input, target) =>
    batch(x, input.reshape([1, ...input.shape]), target.reshape([1, ...target.shape]));
  const axes = [null, 0, 0];
  const losses: OfLeaves = examples ?? vmap(one, { axes });
  const gradients = vmap(grad(one), { axes });
  const lent = { results: "lent" } as const;
  return {
    gradient: compile(
      (x: Tensors, inputs: Tensor, targets: Tensor) => endToEnd(grad(batch)(x, inputs, targets)),
      lent,
    ),
    squares: compile((x: Tensors, inputs: Tensor, targets: Tensor, centre: Tensors) => {
      const squares = gradients(x, inputs, targets).map((g, i) =>
        g.cast("float64").sub(at(centre, i)).square().sum(0),
      );
      return endToEnd(squares);
    }, lent),
    slopes: compile(
      (x: Tensors, inputs: Tensor, targets: Tensor, v: Tensors) =>
        jvp((leaves: Tensors) => losses(leaves, inputs, targets))(x, v).tangent,
      lent,
    ),
    weightedSum: compile((x: Tensors, inputs: Tensor, targets: Tensor, weights: Tensor) => {
      const total = (leaves: Tensors) => losses(leaves, inputs, targets).mul(weights).sum();
      return endToEnd(grad(total)(x));
    }, lent),
  };
}
