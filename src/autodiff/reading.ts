/**
 * Arguments taken apart: which values are inputs of the graph, which are constants of the trace, and how the argument is put
 * together again around stand-ins. Two calls with equal tokens are served by one graph.
 */
import { ArgumentError, DtypeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { isPlainObject, type Structure } from "../core/tree.ts";
import { isFloat } from "../tensor/dtype.ts";
import { showShape } from "../tensor/shape.ts";
import { Tensor, toTensor } from "../tensor/tensor.ts";
import { asLeaf, flattenTree, isNumericArray, type Leaf, unflattenTree } from "../tensor/tree.ts";
import { asNumber } from "./calling.ts";

/** One argument of one call. */
export interface Reading {
  /** What decides whether a graph traced for another call serves this one. */
  readonly tokens: readonly unknown[];
  /** The values that are inputs of the graph. */
  readonly inputs: readonly Tensor[];
  /** The argument as the function is to see it, with other values in place of `inputs`. */
  readonly rebuild: (values: readonly Tensor[]) => unknown;
}

/** A tree whose every leaf is an input: the point at which a derivative is taken. */
export interface TreeReading extends Reading {
  readonly leaves: readonly Leaf[];
  readonly structure: Structure;
  /** A tree of this structure, each leaf of its kind, from as many values as there are inputs. */
  readonly restore: (values: readonly Tensor[]) => unknown;
}

/** How many inputs a leaf is: a typed array is seen by plain functions as so many numbers. */
const inputCount = (leaf: Leaf): number => (isNumericArray(leaf) ? leaf.length : 1);

/** The inputs of a leaf. */
function inputsOf(leaf: Leaf): Tensor[] {
  return isNumericArray(leaf) ? Array.from(leaf, toTensor) : [toTensor(leaf)];
}

/** Takes a tree apart. @throws ArgumentError when it holds anything but numbers and tensors. */
export function readTree(tree: unknown, call: string): TreeReading {
  const { leaves, structure } = flattenTree(tree, call);
  const tokens: unknown[] = [];
  tokenizeStructure(structure, tokens);
  for (const leaf of leaves) tokenizeLeaf(leaf, tokens);
  const assemble = (
    values: readonly Tensor[],
    pack: (leaf: Leaf, parts: readonly Tensor[]) => unknown,
  ): unknown => {
    let next = 0;
    const parts = leaves.map((leaf) => {
      const count = inputCount(leaf);
      next += count;
      return pack(leaf, values.slice(next - count, next));
    });
    return unflattenTree(structure, parts);
  };
  return {
    tokens,
    inputs: leaves.flatMap(inputsOf),
    leaves,
    structure,
    rebuild: (values) =>
      assemble(values, (leaf, parts) => (isNumericArray(leaf) ? [...parts] : at(parts, 0))),
    restore: (values) => assemble(values, packLeaf),
  };
}

/** A traced value in place of a plain number. */
export const isStandIn = (leaf: Leaf): boolean => leaf instanceof Tensor && leaf.isTraced && leaf.isWeak;

/** Values as a leaf of the same kind; traced values stay tensors. */
function packLeaf(leaf: Leaf, parts: readonly Tensor[]): unknown {
  if (isStandIn(leaf)) return asNumber(at(parts, 0));
  if (!isNumericArray(leaf)) return asLeaf(at(parts, 0), leaf);
  if (parts.some((part) => part.isTraced)) return [...parts];
  const numbers = parts.map((part) => part.item());
  return leaf instanceof Float32Array ? Float32Array.from(numbers) : Float64Array.from(numbers);
}

function tokenizeStructure(structure: Structure, tokens: unknown[]): void {
  if (structure.kind === "leaf") tokens.push("*");
  else {
    tokens.push(
      structure.kind,
      structure.children.length,
      ...(structure.kind === "object" ? structure.keys : []),
    );
    for (const child of structure.children) tokenizeStructure(child, tokens);
  }
}

function tokenizeLeaf(leaf: Leaf, tokens: unknown[]): void {
  if (typeof leaf === "number") tokens.push("number");
  else if (leaf instanceof Tensor) tokenizeTensor(leaf, tokens);
  else tokens.push(leaf.constructor, leaf.length);
}

// No text among the data equals these, so different data cannot have the same tokens.
const tensorTag = Symbol("tensor");
const arrayTag = Symbol("array");
const objectTag = Symbol("object");

function tokenizeTensor(x: Tensor, tokens: unknown[]): void {
  tokens.push(tensorTag, x.dtype, x.isWeak, x.rank, ...x.shape);
}

/**
 * Takes a further argument apart: tensors are inputs, everything else (numbers, strings, typed arrays, options) is constant
 * and compared by value, so that a changed number makes a new trace instead of a wrong answer. Functions are compared by
 * identity; instances of classes are traced anew at every call, because they may have changed unseen.
 *
 * @throws ArgumentError when the data contains itself.
 */
export function readData(data: unknown): Reading {
  const tokens: unknown[] = [];
  const inputs: Tensor[] = [];
  const ancestors = new Set<unknown>();
  type Rebuild = (take: () => Tensor) => unknown;
  const visitAll = (parent: unknown, values: readonly unknown[]): Rebuild[] => {
    if (ancestors.has(parent))
      throw new ArgumentError(
        "further arguments: the data contains itself; data must be finite, since it is compared by value",
      );
    ancestors.add(parent);
    const children = values.map(visit);
    ancestors.delete(parent);
    return children;
  };
  const visit = (value: unknown): Rebuild => {
    if (value instanceof Tensor) {
      tokenizeTensor(value, tokens);
      inputs.push(value);
      return (take) => take();
    }
    if (isNumericArray(value)) {
      const copy = value.slice();
      tokens.push(copy);
      return () => copy;
    }
    if (Array.isArray(value)) {
      if (value.every((item) => typeof item === "number")) {
        const copy: readonly number[] = value.slice();
        tokens.push(copy);
        return () => [...copy];
      }
      tokens.push(arrayTag, value.length);
      const children = visitAll(value, Array.from(value));
      return (take) => children.map((child) => child(take));
    }
    if (isPlainObject(value)) {
      const keys = Object.keys(value);
      tokens.push(objectTag, keys.length, ...keys);
      const parts = visitAll(
        value,
        keys.map((key) => value[key]),
      );
      return (take) => Object.fromEntries(parts.map((part, i) => [at(keys, i), part(take)]));
    }
    // What an instance of a class holds cannot be compared, so it never counts as unchanged.
    tokens.push(typeof value === "object" && value !== null ? Symbol("instance") : value);
    return () => value;
  };
  const rebuild = visit(data);
  return {
    tokens,
    inputs,
    rebuild: (values) => {
      let next = 0;
      return rebuild(() => at(values, next++));
    },
  };
}

/** True when two calls may share a graph. */
export function sameTokens(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameToken(a[i], b[i])) return false;
  return true;
}

/** Arrays of numbers are single tokens, compared by content; they may be long. */
function sameToken(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && sameNumbers(a, b);
  return isNumericArray(a) && isNumericArray(b) && a.constructor === b.constructor && sameNumbers(a, b);
}

function sameNumbers(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Refuses points that have no derivative. */
export function checkDifferentiable(call: string, { inputs, leaves }: TreeReading): void {
  const whole = leaves.find(
    (leaf) => isNumericArray(leaf) && !(leaf instanceof Float64Array || leaf instanceof Float32Array),
  );
  if (whole !== undefined) {
    throw new DtypeError(
      `${call}: derivatives are taken by float64 and float32 values; the argument holds a ${whole.constructor.name}; use Float64Array.from(...), or pass it as a further argument`,
    );
  }
  const wrong = inputs.find((x) => !isFloat(x.dtype));
  if (wrong !== undefined) {
    throw new DtypeError(
      `${call}: derivatives are taken by float64 and float32 values; the argument holds a tensor of ${wrong.dtype} ${showShape(wrong.shape)}; cast it, or pass it as a further argument`,
    );
  }
}
