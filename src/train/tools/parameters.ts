/** Parameters as the tools take them: a list of leaves, one vector of all of them, and what is compiled for a loss of them. */

import { checkFunction } from "../../core/checks.ts";
import { ArgumentError, DtypeError } from "../../core/errors.ts";
import { type Structure, sameStructure } from "../../core/tree.ts";
import type { Tensors } from "../../first-order/transformation.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { concat } from "../../tensor/operations/joining.ts";
import { describeType } from "../../tensor/print.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { flattenTree, unflattenAs } from "../../tensor/tree.ts";
import type { BatchLoss } from "./gradients/batch-loss.ts";

/** The leaves of a tree of parameters, checked. @throws ArgumentError for what is no tree of tensors, and none; DtypeError where they are no floats. */
export function parametersOf(
  call: string,
  parameters: object,
): { readonly leaves: Tensors; readonly structure: Structure } {
  const { leaves, structure } = flattenTree(parameters, call);
  const tensors = leaves.map((leaf) => {
    if (!(leaf instanceof Tensor))
      throw new ArgumentError(
        `${call}: parameters are a tree of tensors; got a plain number or array in it; use tensor(...)`,
      );
    if (!isFloat(leaf.dtype))
      throw new DtypeError(
        `${call}: parameters are float32 or float64; got a tensor of ${describeType(leaf)}; cast it`,
      );
    return leaf;
  });
  if (tensors.length === 0) throw new ArgumentError(`${call}: the parameters hold no tensor`);
  return { leaves: tensors, structure };
}

/** A vector as tensors of the shapes and dtypes of leaves. */
export function splitLike(
  leaves: readonly Pick<Tensor, "dtype" | "shape" | "size">[],
  vector: Float64Array,
): Tensors {
  let next = 0;
  return leaves.map(({ dtype, shape, size }) => {
    const part = vector.slice(next, next + size);
    next += size;
    return new Tensor({ dtype, shape }, dtype === "float32" ? Float32Array.from(part) : part);
  });
}

/** All elements of tensors end to end, float64. */
export function endToEnd(tensors: Tensors): Tensor {
  return concat(tensors.map((x) => x.reshape([x.size]).cast("float64")));
}

/** The elements of a result as float64. */
export const vectorOf = (x: Tensor): Float64Array => Float64Array.from(x.values().data);

/** A function of a list of leaves and a batch. */
export type OfLeaves = (leaves: Tensors, inputs: Tensor, targets: Tensor) => Tensor;

/** A loss of a list of leaves. */
export interface LeafLoss {
  /** The mean over a batch. */
  readonly batch: OfLeaves;
  /** The losses of the examples, `[m]`, where the loss tells them. */
  readonly examples: OfLeaves | undefined;
}

/** Keeps what is made for a loss as long as the loss lives: for the structure of parameters last used. */
export function keptPerLoss<T>(
  make: (loss: LeafLoss) => T,
): <P extends object>(call: string, loss: BatchLoss<P>, structure: Structure) => T {
  const kept = new WeakMap<object, { readonly structure: Structure; readonly made: T }>();
  return <P extends object>(call: string, loss: BatchLoss<P>, structure: Structure): T => {
    checkFunction(call, loss, "the loss of a batch, (parameters, inputs, targets) => Tensor");
    const known = kept.get(loss);
    if (known !== undefined && sameStructure(known.structure, structure)) return known.made;
    const ofLeaves =
      (f: (parameters: P, inputs: Tensor, targets: Tensor) => Tensor): OfLeaves =>
      (leaves, inputs, targets) =>
        f(unflattenAs<P>(structure, leaves), inputs, targets);
    const made = make({ batch: ofLeaves(loss), examples: loss.examples && ofLeaves(loss.examples) });
    kept.set(loss, { structure, made });
    return made;
  };
}
