/**
 * What a function may decide without anybody noticing. Running a function on traced values fails at its first plain
 * operator, but `x === 0`, `!x`, `if (x)`, `typeof x` and `Number.isFinite(x)` quietly treat a traced number as an object.
 */
import type { AnyNode, Expression, Node } from "acorn";
import { TraceError } from "../../core/errors.ts";
import { type AnyFunction, sourceOf } from "./source.ts";
import { visit } from "./syntax/hoist.ts";

const answers = new WeakMap<AnyFunction, boolean>();

/**
 * Whether running `f` on traced values could silently take a wrong branch, so that walking it is to be preferred.
 *
 * Comparisons with `<` and its kin do not count: they fail loudly on traced values. False when there is no source to read.
 *
 * ```ts
 * import { hidesConditions } from "nabla";
 *
 * hidesConditions((x: number) => (x === 0 ? 1 : Math.sin(x) / x)); // → true
 * hidesConditions((x: number) => (x > 0 ? x : -x)); // → false
 * ```
 */
export function hidesConditions(f: AnyFunction): boolean {
  const known = answers.get(f);
  if (known !== undefined) return known;
  const answer = search(f);
  answers.set(f, answer);
  return answer;
}

function search(f: AnyFunction): boolean {
  try {
    const { tree } = sourceOf(f);
    let found = false;
    visit(tree, (node) => {
      found ||= hides(node);
      return !found;
    });
    return found;
  } catch (error) {
    if (error instanceof TraceError) return false;
    throw error;
  }
}

const EQUALITY: ReadonlySet<string> = new Set(["===", "!==", "==", "!="]);
const LOUD: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const TESTS: ReadonlySet<string> = new Set([
  "isFinite",
  "isNaN",
  "isInteger",
  "isSafeInteger",
  "isArray",
  "is",
]);

function hides(node: AnyNode): boolean {
  switch (node.type) {
    case "BinaryExpression":
      return EQUALITY.has(node.operator);
    case "UnaryExpression":
      return node.operator === "typeof" || (node.operator === "!" && !isLoud(node.argument));
    case "LogicalExpression":
      return node.operator !== "??" && !isLoud(node.left);
    case "ConditionalExpression":
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return !isLoud(node.test);
    case "ForStatement":
      return node.test !== undefined && node.test !== null && !isLoud(node.test);
    case "SwitchStatement":
      return true;
    case "CallExpression":
      return isTest(node.callee);
    default:
      return false;
  }
}

/** A test that is known, or fails on traced values, whatever its operands are. */
function isLoud(test: Expression): boolean {
  if (test.type === "BinaryExpression") return LOUD.has(test.operator);
  if (test.type === "LogicalExpression") return isLoud(test.left) && isLoud(test.right);
  if (test.type === "UnaryExpression" && test.operator === "!") return isLoud(test.argument);
  return test.type === "Literal";
}

function isTest(callee: Node): boolean {
  return "property" in callee && isNamed(callee.property) && TESTS.has(callee.property.name);
}

function isNamed(node: unknown): node is { readonly name: string } {
  return typeof node === "object" && node !== null && "name" in node && typeof node.name === "string";
}
