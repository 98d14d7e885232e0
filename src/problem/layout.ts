/** The caller's trees of numbers and tensors as flat vectors, and back. */

import { checkDifferentiable, readTree, type TreeReading } from "../autodiff/reading.ts";
import { showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { isPlainObject, type Structure, unflatten } from "../core/tree.ts";
import { sameShape, showShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { InputType } from "../tensor/trace.ts";
import { isNumericArray, type Leaf } from "../tensor/tree.ts";

/** How points of one structure lie in a vector: leaf after leaf, each row-major. */
export interface Layout {
  /** The start taken apart; functions are traced on it. */
  readonly point: TreeReading;
  /** The number of elements of all leaves. */
  readonly size: number;
  /** The types of the graph inputs that a point is. */
  readonly types: readonly InputType[];
  /** The distance of 1 to the next number of the narrowest dtype among the leaves. */
  readonly epsilon: number;
  /** The elements of a tree like the point. @throws ShapeError naming `what` when it is unlike. */
  readonly toVector: (tree: unknown, what: string) => Float64Array;
  /** The tree of a vector: every leaf of its kind, shape and dtype, in memory of its own. */
  readonly toTree: (x: Float64Array) => unknown;
}

/** The number of elements of a leaf. */
export const sizeOfLeaf = (leaf: Leaf): number =>
  typeof leaf === "number" ? 1 : isNumericArray(leaf) ? leaf.length : leaf.size;

const isSingle = (leaf: Leaf): boolean =>
  leaf instanceof Float32Array || (leaf instanceof Tensor && leaf.dtype === "float32");

/**
 * The layout of a start.
 *
 * @throws ArgumentError for anything but numbers, float tensors and float arrays in trees; DtypeError for other dtypes.
 */
export function layoutOf(call: string, start: unknown): Layout {
  if (start === undefined)
    throw new ArgumentError(
      `${call}: needs a start as its second argument, such as ${call}(f, [1, 2]); got undefined`,
    );
  const point = readTree(start, `${call}: the start`);
  checkDifferentiable(call, point);
  const { leaves, structure } = point;
  return {
    point,
    size: leaves.reduce<number>((sum, leaf) => sum + sizeOfLeaf(leaf), 0),
    types: point.inputs.map(({ dtype, shape, isWeak }) => ({ dtype, shape, isWeak })),
    epsilon: leaves.some(isSingle) ? 2 ** -23 : 2 ** -52,
    toVector: (tree, what) => toVector(point, tree, `${call}: ${what}`),
    toTree: (x) => {
      let next = 0;
      const parts = leaves.map((leaf) => {
        const first = next;
        next += sizeOfLeaf(leaf);
        return leafFrom(leaf, x, first, next);
      });
      return unflatten(structure, parts);
    },
  };
}

function leafFrom(leaf: Leaf, x: Float64Array, first: number, end: number): Leaf {
  if (typeof leaf === "number") return at(x, first);
  const part = x.subarray(first, end);
  const data = isSingle(leaf) ? Float32Array.from(part) : part.slice();
  return leaf instanceof Tensor ? new Tensor(leaf, data, leaf.isWeak) : data;
}

function toVector({ leaves, structure }: TreeReading, tree: unknown, what: string): Float64Array {
  const parts = partsAlong(structure, tree, what);
  const vector = new Float64Array(leaves.reduce<number>((sum, leaf) => sum + sizeOfLeaf(leaf), 0));
  let next = 0;
  for (const [i, leaf] of leaves.entries()) {
    next = writeLeaf(leaf, parts[i], vector, next, what);
  }
  return vector;
}

function writeLeaf(like: Leaf, part: unknown, vector: Float64Array, first: number, what: string): number {
  if (typeof part === "number" && typeof like === "number") {
    vector[first] = part;
    return first + 1;
  }
  const numbers = numbersOf(part);
  const end = first + sizeOfLeaf(like);
  const isAlike =
    part instanceof Tensor
      ? sameShape(part.shape, like instanceof Tensor ? like.shape : isNumericArray(like) ? [like.length] : [])
      : numbers !== undefined && isNumericArray(like) && numbers.length === like.length;
  if (numbers === undefined || !isAlike)
    throw new ShapeError(
      `${what} must be like the start, which has ${describeLeaf(like)} where it has ${describePart(part)}`,
    );
  vector.set(numbers, first);
  return end;
}

/** The elements of a tensor, a typed array, or an array of numbers; undefined for anything else. */
export function numbersOf(part: unknown): ArrayLike<number> | undefined {
  if (part instanceof Tensor) return part.values().data;
  if (isNumericArray(part)) return part;
  return Array.isArray(part) && part.every((item): item is number => typeof item === "number")
    ? part
    : undefined;
}

function describeLeaf(leaf: Leaf): string {
  if (typeof leaf === "number") return "a number";
  return isNumericArray(leaf) ? `${leaf.length} numbers` : `a tensor of shape ${showShape(leaf.shape)}`;
}

function describePart(part: unknown): string {
  return part instanceof Tensor ? `a tensor of shape ${showShape(part.shape)}` : showValue(part);
}

/** The parts of a tree that stand where a structure has its leaves. @throws ShapeError where arrays or keys differ. */
export function partsAlong(structure: Structure, tree: unknown, what: string): unknown[] {
  const parts: unknown[] = [];
  const visit = (node: Structure, value: unknown, path: string): void => {
    if (node.kind === "leaf") {
      parts.push(value);
      return;
    }
    const place = path === "" ? "" : ` at ${path.replace(/^\./, "")}`;
    if (node.kind === "array") {
      if (!Array.isArray(value) || value.length !== node.children.length)
        throw new ShapeError(
          `${what} must be like the start, which has an array of ${node.children.length}${place}; got ${Array.isArray(value) ? `an array of ${value.length}` : describePart(value)}`,
        );
      for (const [i, child] of node.children.entries()) visit(child, value[i], `${path}[${i}]`);
      return;
    }
    if (!isPlainObject(value) || Object.keys(value).length !== node.keys.length)
      throw new ShapeError(
        `${what} must be like the start, which has an object { ${node.keys.join(", ")} }${place}; got ${describePart(value)}`,
      );
    for (const [i, child] of node.children.entries()) {
      const key = at(node.keys, i);
      visit(child, value[key], `${path}.${key}`);
    }
  };
  visit(structure, tree, "");
  return parts;
}
