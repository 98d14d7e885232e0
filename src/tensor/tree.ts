/** Trees of tensors and numbers: parameter sets, starts, gradients. */
import { checkFunction } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import {
  describeStructure,
  type FlatTree,
  flatten,
  type Structure,
  sameStructure,
  unflatten,
} from "../core/tree.ts";
import type { Dtype } from "./dtype.ts";
import { promote } from "./dtype.ts";
import { concat } from "./operations/joining.ts";
import { sizeOf } from "./shape.ts";
import { scalarOf, Tensor, type TypedArray, toTensor } from "./tensor.ts";

/** What a tree may hold: tensors, numbers and typed arrays of numbers. */
export type Leaf = Tensor | number | TypedArray;

/** Nested arrays and plain objects of leaves. */
export type Tree = Leaf | readonly Tree[] | { readonly [key: string]: Tree };

/** The same structure with other leaves. */
export type MapLeaves<T, To> = T extends Leaf
  ? To
  : T extends readonly unknown[]
    ? { [K in keyof T]: MapLeaves<T[K], To> }
    : T extends object
      ? { [K in keyof T]: MapLeaves<T[K], To> }
      : never;

/** True for what counts as a leaf. */
export function isLeaf(value: unknown): value is Leaf {
  return typeof value === "number" || value instanceof Tensor || isNumericArray(value);
}

/** True for typed arrays of numbers. */
export function isNumericArray(value: unknown): value is TypedArray {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

/** The leaves of a tree in order, and its structure. */
export function flattenTree(tree: unknown, call = "flattenTree"): FlatTree<Leaf> {
  return flatten(tree, isLeaf, call);
}

/** The leaves of a tree in order, each as a tensor. */
export function tensorsOf(tree: unknown, call = "tensorsOf"): Tensor[] {
  return flattenTree(tree, call).leaves.map((leaf): Tensor => toTensor(leaf));
}

/** Puts a tree together again from a structure and its leaves. */
export function unflattenTree(structure: Structure, leaves: readonly unknown[]): unknown {
  return unflatten(structure, leaves);
}

/**
 * Applies a function to the leaves of a tree, or to the corresponding leaves of several trees of one structure.
 *
 * @throws ArgumentError when the structures differ.
 */
export function mapTree<T, To>(
  f: (leaf: Leaf, ...others: Leaf[]) => To,
  tree: T,
  ...others: readonly unknown[]
): MapLeaves<T, To> {
  checkFunction("mapTree", f, "a function of leaves first");
  const first = flattenTree(tree, "mapTree");
  const rest = others.map((other) => flattenTree(other, "mapTree"));
  for (const { structure } of rest) {
    if (!sameStructure(first.structure, structure)) {
      throw new ArgumentError(
        `mapTree: trees must have one structure; got ${describeStructure(first.structure)} and ${describeStructure(structure)}`,
      );
    }
  }
  const leaves = first.leaves.map((leaf, i) => f(leaf, ...rest.map((flat) => at(flat.leaves, i))));
  return unflattenAs<MapLeaves<T, To>>(first.structure, leaves);
}

/** A tree of a type known to the caller: the structure came from a value of that shape. */
export function unflattenAs<T>(structure: Structure, leaves: readonly unknown[]): T {
  return unflatten(structure, leaves) as T;
}

/** A tree as one vector, and the way back. */
export interface Raveled<T> {
  /** All elements one after the other, in the widest dtype among the leaves. */
  readonly vector: Tensor;
  /** A vector of the same length as a tree again; every leaf gets its kind, shape and dtype back. */
  readonly unravel: (vector: Tensor) => T;
}

/** Lays the leaves of a tree end to end in one vector. */
export function ravel<T>(tree: T): Raveled<T> {
  const { leaves, structure } = flattenTree(tree, "ravel");
  const tensors = leaves.map((leaf) => toTensor(leaf));
  const dtype = tensors.reduce<Dtype>(
    (met, x) => promote(met, x.dtype),
    tensors.length === 0 ? "float64" : "bool",
  );
  const parts = tensors.map((x) => x.cast(dtype).reshape([x.size]));
  const vector =
    parts.length === 0 ? scalarOf(0, dtype).reshape([1]).slicePrimitive([0], [0]) : concat(parts);
  return { vector, unravel: (v) => unflattenAs<T>(structure, cutLeaves(v, leaves)) };
}

function cutLeaves(vector: Tensor, like: readonly Leaf[]): Leaf[] {
  let start = 0;
  const total = like.reduce<number>((sum, leaf) => sum + toTensor(leaf).size, 0);
  if (vector.rank !== 1 || vector.size !== total) {
    throw new ArgumentError(
      `unravel: needs a vector of ${total} elements; got shape [${vector.shape.join(", ")}]`,
    );
  }
  return like.map((leaf) => {
    const { shape, dtype } = toTensor(leaf);
    const size = sizeOf(shape);
    const part = vector.slicePrimitive([start], [start + size]).reshape(shape);
    start += size;
    return asLeaf(dtype === "int32" || dtype === "bool" ? part : part.cast(dtype), leaf);
  });
}

/** A tensor as the kind of leaf that stood in its place; traced values stay tensors. */
export function asLeaf(x: Tensor, like: Leaf): Leaf {
  if (x.isTraced || like instanceof Tensor) return x;
  if (typeof like === "number") return x.item();
  const data = x.toTypedArray();
  return like instanceof Float32Array && !(data instanceof Float32Array) ? Float32Array.from(data) : data;
}
