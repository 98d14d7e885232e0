/**
 * Finds where a function tests a traced number in a way that running it does not show: `x === 0`, `!x`, `x ? a : b`.
 * JavaScript answers such tests for the stand-in object itself, so a run takes one side whatever the value.
 */
import type { AnyNode, Expression, Pattern } from "acorn";
import { TraceError } from "../core/errors.ts";
import { Tensor } from "../tensor/index.ts";
import { type AnyFunction, type FunctionNode, placeOf, sourceOf } from "./walk/source.ts";
import { namesIn, visit } from "./walk/syntax/hoist.ts";

/** What is known of the values of names; a name that is missing may hold anything. */
type Names = Map<string, unknown>;

/**
 * The place of the first silent test of a stand-in that is named directly: a parameter, a part of one, or a constant made of
 * such a part. Undefined when there is none, or no source to read.
 *
 * @param f A function that was run on stand-ins.
 * @param args What it was run on.
 * @param standsForNumber Which tensors stand for plain numbers; tests of other tensors mean the same traced or not.
 * @returns The place as errors name it: "line 2 of `f`: `…`".
 */
export function silentTest(
  f: AnyFunction,
  args: readonly unknown[],
  standsForNumber: (x: Tensor) => boolean,
): string | undefined {
  try {
    const source = sourceOf(f);
    const names: Names = new Map();
    for (const [i, parameter] of source.tree.params.entries()) bindNames(parameter, args[i], names);
    const isSilent = (part: Expression): boolean => {
      const value = valueOf(part, names);
      return value instanceof Tensor && standsForNumber(value);
    };
    for (const node of inOrder(source.tree)) {
      learn(node, names);
      if (testedBy(node).some(isSilent)) return placeOf(source, node.start, node.end);
    }
    return undefined;
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}

/** The nodes below a function in the order in which they are written. */
function inOrder(tree: FunctionNode): AnyNode[] {
  const nodes: AnyNode[] = [];
  visit(tree, (node) => {
    nodes.push(node);
    return true;
  });
  return nodes.sort((a, b) => a.start - b.start);
}

/** Follows declarations; forgets names that are assigned to or shadowed. */
function learn(node: AnyNode, names: Names): void {
  if (node.type === "VariableDeclarator") bindNames(node.id, node.init && valueOf(node.init, names), names);
  if (node.type === "AssignmentExpression") for (const name of namesIn(node.left)) names.delete(name);
  if (node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression")
    for (const parameter of node.params) for (const name of namesIn(parameter)) names.delete(name);
}

function bindNames(pattern: Pattern, value: unknown, names: Names): void {
  switch (pattern.type) {
    case "Identifier":
      names.set(pattern.name, value);
      return;
    case "AssignmentPattern":
      if (value !== undefined) bindNames(pattern.left, value, names);
      return;
    case "ArrayPattern":
      for (const [i, element] of pattern.elements.entries())
        if (element !== null && element.type !== "RestElement") bindNames(element, partOf(value, i), names);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties)
        if (property.type === "Property" && property.key.type === "Identifier" && !property.computed)
          bindNames(property.value, partOf(value, property.key.name), names);
      return;
    default:
      return;
  }
}

/** The value that a name or a path of members stands for, where that can be told without running anything. */
function valueOf(node: Expression, names: Names): unknown {
  if (node.type === "Identifier") return names.get(node.name);
  if (node.type === "ParenthesizedExpression") return valueOf(node.expression, names);
  if (node.type !== "MemberExpression" || node.object.type === "Super") return undefined;
  const object = valueOf(node.object, names);
  const { property } = node;
  if (!node.computed) return property.type === "Identifier" ? partOf(object, property.name) : undefined;
  if (property.type === "Literal") return partOf(object, property.value);
  // An index that is only known while running: any element stands for the one that is meant.
  return Array.isArray(object) ? object[0] : undefined;
}

function partOf(value: unknown, key: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Tensor) return undefined;
  return (typeof key === "string" || typeof key === "number") && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

const EQUALITY: ReadonlySet<string> = new Set(["===", "!==", "==", "!="]);

/** The expressions whose own value decides something without any operator that would notice a stand-in. */
function testedBy(node: AnyNode): readonly Expression[] {
  switch (node.type) {
    case "BinaryExpression":
      if (!EQUALITY.has(node.operator) || node.left.type === "PrivateIdentifier") return [];
      // A number is never null, undefined or a text, traced or not: the run's answer is right.
      return isMissing(node.left) || isMissing(node.right) ? [] : [node.left, node.right];
    case "UnaryExpression":
      return node.operator === "!" ? [node.argument] : [];
    case "LogicalExpression":
      return node.operator === "??" ? [] : [node.left];
    case "ConditionalExpression":
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return [node.test];
    case "ForStatement":
      return node.test ? [node.test] : [];
    case "SwitchStatement":
      return [node.discriminant];
    default:
      return [];
  }
}

function isMissing(node: Expression): boolean {
  if (node.type === "Identifier") return node.name === "undefined";
  if (node.type === "UnaryExpression") return node.operator === "void" || node.operator === "typeof";
  return node.type === "Literal" && (node.value === null || typeof node.value === "string");
}
