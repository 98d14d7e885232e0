/** Leaf by leaf: what most transformations do. */
import { at } from "../core/exactly.ts";
import { zerosLike } from "../tensor/operations/creation.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tensors } from "./transformation.ts";

/** Applies a function to the corresponding tensors of lists of one length. */
export function each(
  f: (first: Tensor, ...others: Tensor[]) => Tensor,
  first: Tensors,
  ...others: readonly Tensors[]
): Tensor[] {
  return first.map((x, i) => f(x, ...others.map((list) => at(list, i))));
}

/** A zero for each parameter, of its shape and dtype. */
export function zerosFor(parameters: Tensors): Tensor[] {
  return parameters.map(zerosLike);
}
