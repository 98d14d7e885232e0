/**
 * Trees: nested arrays and plain objects with leaves. A parameter set, a start and a gradient are trees of one structure;
 * everything that acts leaf by leaf is written once here. What a leaf is, the caller says.
 */
import { ArgumentError } from "./errors.ts";

/** The shape of a tree without its leaves; plain data, so two structures can be compared. */
export type Structure =
  | { readonly kind: "leaf" }
  | { readonly kind: "array"; readonly children: readonly Structure[] }
  | { readonly kind: "object"; readonly keys: readonly string[]; readonly children: readonly Structure[] };

/** How deep trees may be nested, so that no walk over one exhausts the stack. */
const deepest = 500;

const leafStructure: Structure = { kind: "leaf" };

/** A tree taken apart: its leaves in order of depth-first visit, and what is needed to put it together again. */
export interface FlatTree<Leaf> {
  readonly leaves: Leaf[];
  readonly structure: Structure;
}

/** True for objects made by literals or `Object.create(null)`, the only objects that count as inner nodes. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Takes a tree apart. Arrays and plain objects are inner nodes (objects in the order of their keys as written);
 * everything else must satisfy `isLeaf`.
 *
 * @throws ArgumentError when something is neither, or when the tree contains itself.
 */
export function flatten<Leaf>(
  tree: unknown,
  isLeaf: (value: unknown) => value is Leaf,
  call = "flatten",
): FlatTree<Leaf> {
  const leaves: Leaf[] = [];
  const ancestors = new Set<unknown>();
  const visit = (value: unknown, path: string): Structure => {
    if (ancestors.size > deepest)
      throw new ArgumentError(
        `${call}: the tree is nested more than ${deepest} deep; put long lists side by side, not inside each other`,
      );
    if (isLeaf(value)) {
      leaves.push(value);
      return leafStructure;
    }
    const isArray = Array.isArray(value);
    if (!isArray && !isPlainObject(value)) throw notALeaf(call, value, path);
    if (ancestors.has(value))
      throw new ArgumentError(
        `${call}: the tree contains itself at ${path || "its root"}; trees must be finite`,
      );
    ancestors.add(value);
    let structure: Structure;
    if (isArray) {
      structure = { kind: "array", children: Array.from(value, (child, i) => visit(child, `${path}[${i}]`)) };
    } else {
      const keys = Object.keys(value);
      structure = { kind: "object", keys, children: keys.map((key) => visit(value[key], `${path}.${key}`)) };
    }
    ancestors.delete(value);
    return structure;
  };
  return { leaves, structure: visit(tree, "") };
}

function notALeaf(call: string, value: unknown, path: string): ArgumentError {
  const what =
    value === null
      ? "null"
      : typeof value === "object"
        ? `a ${value.constructor?.name ?? "object"}`
        : typeof value;
  return new ArgumentError(
    `${call}: trees are nested arrays and plain objects of numbers and tensors; got ${what}${path ? ` at ${path.replace(/^\./, "")}` : ""}`,
  );
}

/** Puts a tree together from its structure and as many leaves as it has. */
export function unflatten(structure: Structure, leaves: readonly unknown[]): unknown {
  let next = 0;
  const build = (node: Structure): unknown => {
    switch (node.kind) {
      case "leaf":
        return leaves[next++];
      case "array":
        return node.children.map(build);
      case "object": {
        const entries = node.keys.map((key, i): [string, unknown] => [
          key,
          build(node.children[i] ?? leafStructure),
        ]);
        return Object.fromEntries(entries);
      }
      default:
        return node satisfies never;
    }
  };
  return build(structure);
}

/** The number of leaves of a structure. */
export function countLeaves(structure: Structure): number {
  return structure.kind === "leaf"
    ? 1
    : structure.children.reduce((count, child) => count + countLeaves(child), 0);
}

/** True when two trees have the same arrays and keys in the same order. */
export function sameStructure(a: Structure, b: Structure): boolean {
  if (a === b) return true;
  if (a.kind === "leaf" || b.kind === "leaf") return a.kind === b.kind;
  if (a.children.length !== b.children.length) return false;
  if (a.kind === "object") {
    if (b.kind !== "object" || a.keys.some((key, i) => key !== b.keys[i])) return false;
  } else if (b.kind === "object") return false;
  return a.children.every((child, i) => {
    const other = b.children[i];
    return other !== undefined && sameStructure(child, other);
  });
}

/** A structure in a line, for error messages: `{ w: *, b: [*, *] }`. */
export function describeStructure(structure: Structure): string {
  if (structure.kind === "leaf") return "*";
  if (structure.kind === "array") {
    const shown = structure.children.slice(0, 4).map(describeStructure);
    const rest = structure.children.length - shown.length;
    return `[${shown.join(", ")}${rest > 0 ? `, … ${rest} more` : ""}]`;
  }
  return `{ ${structure.keys.map((key, i) => `${key}: ${describeStructure(structure.children[i] ?? leafStructure)}`).join(", ")} }`;
}
