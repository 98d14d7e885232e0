/** Assignment in its forms: plain, compound, logical, `++` and `--`. */
import type { AssignmentExpression, BinaryOperator, Pattern, UpdateExpression } from "acorn";
import { Tensor } from "../../../tensor/index.ts";
import { and, or } from "../branching/branch.ts";
import { setMember } from "../data/assigning.ts";
import { toKey } from "../data/keys.ts";
import { getMember } from "../data/members.ts";
import { toNumber } from "../operations/guarded.ts";
import { operate } from "../operations/operators.ts";
import { refuse } from "../refuse.ts";
import type { Scope, Walker } from "../types.ts";
import { bind, memberKey } from "./patterns.ts";
import { assign, lookup } from "./scope.ts";

/** A variable or member, its object and key evaluated once. */
interface Place {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

const compound: Readonly<Record<string, BinaryOperator>> = {
  "+=": "+",
  "-=": "-",
  "*=": "*",
  "/=": "/",
  "%=": "%",
  "**=": "**",
  "<<=": "<<",
  ">>=": ">>",
  ">>>=": ">>>",
  "|=": "|",
  "^=": "^",
  "&=": "&",
};

/** `left = right`, `left += right`, `left ??= right`, ... */
export function assignment(walker: Walker, node: AssignmentExpression, scope: Scope): unknown {
  const { left, right, operator } = node;
  if (operator === "=" && left.type !== "Identifier" && left.type !== "MemberExpression") {
    const value = walker.evaluate(right, scope);
    walker.node = node;
    bind(walker, scope, left, value, "assign");
    return value;
  }
  const place = placeOf(walker, left, scope);
  const store = (): unknown => {
    const value = walker.evaluate(right, scope);
    walker.node = node;
    place.set(value);
    return value;
  };
  if (operator === "=") return store();
  const old = place.get();
  if (operator === "??=") return old === undefined || old === null ? store() : old;
  if (operator === "&&=") return and(walker, old, store);
  if (operator === "||=") return or(walker, old, store);
  const operand = walker.evaluate(right, scope);
  walker.node = node;
  const value = operate(walker, compound[operator] ?? "+", old, operand);
  place.set(value);
  return value;
}

/** `x++`, `--x`. */
export function update(walker: Walker, node: UpdateExpression, scope: Scope): unknown {
  const place = placeOf(walker, node.argument, scope);
  const read = place.get();
  walker.node = node;
  const old = toNumber(walker, read);
  const value = operate(walker, node.operator === "++" ? "+" : "-", old, 1);
  place.set(value);
  return node.prefix ? value : old;
}

function placeOf(walker: Walker, target: Pattern | UpdateExpression["argument"], scope: Scope): Place {
  if (target.type === "Identifier") {
    const { name } = target;
    return { get: () => lookup(walker, scope, name), set: (value) => assign(walker, scope, name, value) };
  }
  if (target.type !== "MemberExpression" || target.object.type === "Super") {
    return refuse(walker, "this cannot be assigned", "assign to a variable or a member");
  }
  const object = walker.evaluate(target.object, scope);
  const raw = memberKey(walker, scope, target.property, target.computed);
  walker.node = target;
  const key = raw instanceof Tensor ? toKey(walker, raw) : raw;
  return {
    get: () => getMember(walker, object, key),
    set: (value) => setMember(walker, object, key, value),
  };
}
