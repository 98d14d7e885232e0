/** The states of loops and the operands of branches: trees taken apart, handed to bodies, and checked to keep their types. */
import { DtypeError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { countLeaves, describeStructure, type Structure, sameStructure } from "../core/tree.ts";
import type { TensorType } from "../tensor/array.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { type Tensor, toTensor } from "../tensor/tensor.ts";
import { asLeaf, flattenTree, type Leaf, unflattenTree } from "../tensor/tree.ts";
import { type AnyFunction, asNumber, type Called, callWithStandIns } from "./calling.ts";

/** A tree as tensors, numbers made strong so that they keep their type from turn to turn. */
export interface TensorTree {
  readonly leaves: readonly Leaf[];
  readonly tensors: Tensor[];
  readonly structure: Structure;
}

export function readTensors(tree: unknown, call: string): TensorTree {
  const { leaves, structure } = flattenTree(tree, call);
  return { leaves, tensors: leaves.map((leaf) => strong(toTensor(leaf))), structure };
}

/** A tree like one that was given, each leaf of its kind; traced values stay tensors, weak ones where numbers stood. */
export function restore({ leaves, structure }: TensorTree, values: readonly Tensor[]): unknown {
  return unflattenTree(
    structure,
    leaves.map((leaf, i) =>
      typeof leaf === "number" ? asNumber(at(values, i)) : asLeaf(at(values, i), leaf),
    ),
  );
}

const strong = (x: Tensor): Tensor => x.cast(x.dtype);

/** Calls a user's function on trees of stand-ins; plain arithmetic is walked. */
export function callOn(f: AnyFunction, structures: readonly Structure[], values: readonly Tensor[]): Called {
  let next = 0;
  const args = structures.map((structure) => {
    const count = countLeaves(structure);
    next += count;
    return unflattenTree(structure, values.slice(next - count, next));
  });
  return callWithStandIns(f, args, isScalar);
}

/** Numbers in a loop's state have become tensors, so every scalar may stand for one. */
const isScalar = (x: Tensor): boolean => x.rank === 0;

/** The next carry, cast and checked to be of the type it had: a loop's state cannot change its type. */
export function likeCarry(call: string, carry: TensorTree, next: unknown): Tensor[] {
  const { tensors, structure } = readTensors(next, `${call}: the next state`);
  if (!sameStructure(structure, carry.structure)) {
    throw new ShapeError(
      `${call}: the state must keep its structure from turn to turn; it is ${describeStructure(carry.structure)}, the body returned ${describeStructure(structure)}`,
    );
  }
  return tensors.map((x, i) => matchType(call, x, at(carry.tensors, i)));
}

export function matchType(call: string, x: Tensor, wanted: TensorType): Tensor {
  if (!sameShape(x.shape, wanted.shape)) {
    throw new ShapeError(
      `${call}: the state must keep its shapes from turn to turn; ${describeType(wanted)} became ${describeType(x)}; reshape it, or start with the final shape`,
    );
  }
  if (x.dtype === wanted.dtype) return x;
  const isWidened = x.dtype === "float64" && wanted.dtype === "float32";
  if (isWidened || wanted.dtype === "float64") return x.cast(wanted.dtype);
  throw new DtypeError(
    `${call}: the state must keep its dtypes from turn to turn; ${describeType(wanted)} became ${describeType(x)}; cast one of them`,
  );
}
