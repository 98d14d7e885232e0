/** The syntax tree the plugin works on: acorn's, with its functions named and its children listed. */

import {
  type AnonymousFunctionDeclaration,
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type Program,
  parse,
} from "acorn";

/** Any function written out in a module, other than methods and accessors. */
export type FunctionNode =
  | ArrowFunctionExpression
  | FunctionExpression
  | FunctionDeclaration
  | AnonymousFunctionDeclaration;

/** Parses an ES module in the newest syntax acorn knows; throws acorn's `SyntaxError`. */
export function parseModule(code: string): Program {
  return parse(code, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
}

/** Whether a node is a function written out. */
export function isFunctionNode(node: AnyNode): node is FunctionNode {
  return (
    node.type === "ArrowFunctionExpression" ||
    node.type === "FunctionExpression" ||
    node.type === "FunctionDeclaration"
  );
}

/** Whether `inner` lies within `outer` in the text, or is `outer`. */
export function contains(outer: AnyNode, inner: AnyNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The nodes directly below `node`, in the order of the grammar. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  const values: unknown[] = Object.values(node);
  for (const value of values) {
    const candidates: unknown[] = Array.isArray(value) ? value : [value];
    for (const candidate of candidates) if (isNode(candidate)) yield candidate;
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
