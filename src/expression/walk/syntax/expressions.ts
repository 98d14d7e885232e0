/** Expressions, one case each. */
import type {
  Expression,
  LogicalExpression,
  MemberExpression,
  TemplateLiteral,
  UnaryExpression,
} from "acorn";
import { and, choose, fork, or } from "../branching/branch.ts";
import { getMember } from "../data/members.ts";
import { not, toNumber, truth } from "../operations/guarded.ts";
import { complementBits, negate, operate, text, typeName } from "../operations/operators.ts";
import { PASS_AS_DATA, refuse } from "../refuse.ts";
import { type Scope, SKIPPED, type Walker } from "../types.ts";
import { assignment, update } from "./assignments.ts";
import { call, construct } from "./calls.ts";
import { arrayLiteral, objectLiteral } from "./literals.ts";
import { memberKey } from "./patterns.ts";
import { isVisible, lookup } from "./scope.ts";

/** The value of an expression for the lanes being followed. */
export function evaluate(walker: Walker, node: Expression, scope: Scope): unknown {
  switch (node.type) {
    case "Identifier":
      walker.node = node;
      return lookup(walker, scope, node.name);
    case "Literal":
      return literal(walker, node);
    case "BinaryExpression": {
      if (node.left.type === "PrivateIdentifier") return unsupported(walker, node);
      const left = evaluate(walker, node.left, scope);
      const right = evaluate(walker, node.right, scope);
      walker.node = node;
      return operate(walker, node.operator, left, right);
    }
    case "MemberExpression":
      return member(walker, node, scope);
    case "CallExpression":
      return call(walker, node, scope);
    case "AssignmentExpression":
      return assignment(walker, node, scope);
    case "UpdateExpression":
      return update(walker, node, scope);
    case "ConditionalExpression": {
      const test = evaluate(walker, node.test, scope);
      walker.node = node.test;
      const condition = truth(walker, test);
      if (typeof condition === "boolean")
        return evaluate(walker, condition ? node.consequent : node.alternate, scope);
      return choose(
        walker,
        condition,
        () => evaluate(walker, node.consequent, scope),
        () => evaluate(walker, node.alternate, scope),
      );
    }
    case "LogicalExpression":
      return logical(walker, node, scope);
    case "UnaryExpression":
      return unaryExpression(walker, node, scope);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      walker.node = node;
      return walker.closure(node, scope);
    case "ArrayExpression":
      return arrayLiteral(walker, node, scope);
    case "ObjectExpression":
      return objectLiteral(walker, node, scope);
    case "SequenceExpression":
      return sequence(walker, node.expressions, scope);
    case "TemplateLiteral":
      return template(walker, node, scope);
    case "ChainExpression": {
      const value = evaluate(walker, node.expression, scope);
      return value === SKIPPED ? undefined : value;
    }
    case "NewExpression":
      return construct(walker, node, scope);
    case "ParenthesizedExpression":
      return evaluate(walker, node.expression, scope);
    default:
      return unsupported(walker, node);
  }
}

/** Evaluates for the effects alone: minifiers write `if (c) [a, b] = [b, a]` as `c && ([a, b] = [b, a])`. */
export function perform(walker: Walker, node: Expression, scope: Scope): void {
  if (node.type === "SequenceExpression") {
    for (const expression of node.expressions) perform(walker, expression, scope);
  } else if (node.type === "UnaryExpression" && (node.operator === "!" || node.operator === "void")) {
    perform(walker, node.argument, scope);
  } else if (node.type === "ConditionalExpression") {
    const yes = (): void => perform(walker, node.consequent, scope);
    const no = (): void => perform(walker, node.alternate, scope);
    performEither(walker, node.test, scope, yes, no);
  } else if (node.type === "LogicalExpression" && node.operator !== "??") {
    const right = (): void => perform(walker, node.right, scope);
    const nothing = (): void => undefined;
    if (node.operator === "&&") performEither(walker, node.left, scope, right, nothing);
    else performEither(walker, node.left, scope, nothing, right);
  } else {
    evaluate(walker, node, scope);
  }
}

function performEither(
  walker: Walker,
  test: Expression,
  scope: Scope,
  yes: () => void,
  no: () => void,
): void {
  const value = evaluate(walker, test, scope);
  walker.node = test;
  const condition = truth(walker, value);
  if (typeof condition !== "boolean") fork(walker, condition, yes, no);
  else if (condition) yes();
  else no();
}

function sequence(walker: Walker, expressions: readonly Expression[], scope: Scope): unknown {
  for (const expression of expressions.slice(0, -1)) perform(walker, expression, scope);
  const last = expressions.at(-1);
  return last === undefined ? undefined : evaluate(walker, last, scope);
}

function literal(walker: Walker, node: Extract<Expression, { type: "Literal" }>): unknown {
  const { value } = node;
  if (typeof value === "bigint" || (typeof value === "object" && value !== null)) {
    walker.node = node;
    const what = typeof value === "bigint" ? "a BigInt" : "a regular expression";
    return refuse(walker, `${what} is outside the subset`, "use ordinary numbers");
  }
  return value;
}

function member(walker: Walker, node: MemberExpression, scope: Scope): unknown {
  if (node.object.type === "Super") return unsupported(walker, node);
  const object = evaluate(walker, node.object, scope);
  if (object === SKIPPED || (node.optional && (object === undefined || object === null))) return SKIPPED;
  const key = memberKey(walker, scope, node.property, node.computed);
  walker.node = node;
  return getMember(walker, object, key);
}

function logical(walker: Walker, node: LogicalExpression, scope: Scope): unknown {
  const left = evaluate(walker, node.left, scope);
  const right = (): unknown => evaluate(walker, node.right, scope);
  walker.node = node;
  if (node.operator === "??") return left === undefined || left === null ? right() : left;
  return node.operator === "&&" ? and(walker, left, right) : or(walker, left, right);
}

function unaryExpression(walker: Walker, node: UnaryExpression, scope: Scope): unknown {
  const { operator, argument } = node;
  if (operator === "typeof" && argument.type === "Identifier" && !isVisible(scope, argument.name)) {
    walker.node = node;
    return refuse(walker, `\`${argument.name}\` is not visible`, PASS_AS_DATA);
  }
  const value = operator === "delete" ? undefined : evaluate(walker, argument, scope);
  walker.node = node;
  switch (operator) {
    case "-":
      return negate(walker, value);
    case "+":
      return toNumber(walker, value);
    case "!":
      return not(walker, value);
    case "~":
      return complementBits(walker, value);
    case "typeof":
      return typeName(value);
    case "void":
      return undefined;
    case "delete":
      return refuse(walker, "`delete` is outside the subset", "build a new object without the member");
  }
}

function template(walker: Walker, node: TemplateLiteral, scope: Scope): string {
  let result = "";
  for (const [i, quasi] of node.quasis.entries()) {
    result += quasi.value.cooked ?? "";
    const expression = node.expressions[i];
    if (expression === undefined) continue;
    const value = evaluate(walker, expression, scope);
    walker.node = node;
    result += text(walker, value);
  }
  return result;
}

const reasons: Partial<Record<Expression["type"], readonly [string, string]>> = {
  ThisExpression: ["`this` is outside the subset", "pass the object as an argument"],
  ClassExpression: ["a class is outside the subset", "use plain objects and functions"],
  TaggedTemplateExpression: ["a tagged template is outside the subset", "call the function directly"],
  YieldExpression: ["`yield` is outside the subset", "build an array"],
  AwaitExpression: ["`await` is outside the subset", "get the data first and pass it as an argument"],
  ImportExpression: ["`import()` is outside the subset", "import at the top of the file"],
  MetaProperty: ["`import.meta` and `new.target` are outside the subset", "pass their values as data"],
};

function unsupported(walker: Walker, node: Expression): never {
  walker.node = node;
  const [what, remedy] = reasons[node.type] ?? [
    `a ${node.type} is outside the subset`,
    "use plain arithmetic",
  ];
  return refuse(walker, what, remedy);
}
