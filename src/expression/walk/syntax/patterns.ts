/** Destructuring: of parameters, declarations, assignments and loop variables. */
import type { AssignmentProperty, Expression, Pattern, RestElement } from "acorn";
import { setMember } from "../data/assigning.ts";
import { define } from "../data/containers.ts";
import { iterate } from "../data/iterate.ts";
import { toKey } from "../data/keys.ts";
import { getMember } from "../data/members.ts";
import { own } from "../data/owned.ts";
import { refuse } from "../refuse.ts";
import type { Scope, Walker } from "../types.ts";
import { assign, declare, initialise } from "./scope.ts";

/** What happens to the names in a pattern. */
export type Binder = "assign" | "parameter" | "const" | "let" | "var";

/** Gives the names (or places) in `pattern` their parts of `value`. */
export function bind(walker: Walker, scope: Scope, pattern: Pattern, value: unknown, binder: Binder): void {
  switch (pattern.type) {
    case "Identifier":
      if (binder === "parameter") declare(scope, pattern.name, "let", walker.mask, value);
      else if (binder === "const" || binder === "let") initialise(walker, scope, pattern.name, value);
      else assign(walker, scope, pattern.name, value);
      return;
    case "MemberExpression": {
      if (pattern.object.type === "Super") refuse(walker, "`super` is outside the subset", "use functions");
      const object = walker.evaluate(pattern.object, scope);
      setMember(walker, object, memberKey(walker, scope, pattern.property, pattern.computed), value);
      return;
    }
    case "AssignmentPattern":
      // A default replaces a value known to be missing; a traced value is never missing.
      bind(
        walker,
        scope,
        pattern.left,
        value === undefined ? walker.evaluate(pattern.right, scope) : value,
        binder,
      );
      return;
    case "ArrayPattern":
      bindArray(walker, scope, pattern.elements, value, binder);
      return;
    case "ObjectPattern":
      bindObject(walker, scope, pattern.properties, value, binder);
      return;
    case "RestElement":
      bind(walker, scope, pattern.argument, value, binder);
      return;
  }
}

/** The key of `object.name` or `object[expression]`. */
export function memberKey(
  walker: Walker,
  scope: Scope,
  property: Expression | { readonly type: "PrivateIdentifier" },
  computed: boolean,
): unknown {
  if (property.type === "PrivateIdentifier")
    return refuse(walker, "a private member is used", "use plain objects");
  if (computed) return walker.evaluate(property, scope);
  if (property.type === "Identifier") return property.name;
  return property.type === "Literal" ? property.value : walker.evaluate(property, scope);
}

function bindArray(
  walker: Walker,
  scope: Scope,
  elements: readonly (Pattern | null)[],
  value: unknown,
  binder: Binder,
): void {
  const values = iterate(walker, value);
  for (const [i, element] of elements.entries()) {
    if (element === null) continue;
    const part = element.type === "RestElement" ? own(walker, values.slice(i)) : values[i];
    bind(walker, scope, element, part, binder);
  }
}

function bindObject(
  walker: Walker,
  scope: Scope,
  properties: readonly (AssignmentProperty | RestElement)[],
  value: unknown,
  binder: Binder,
): void {
  if (value === undefined || value === null) refuse(walker, `${value} is destructured`, "pass an object");
  const taken = new Set<string>();
  for (const property of properties) {
    if (property.type === "RestElement") {
      bind(walker, scope, property.argument, restOf(walker, value, taken), binder);
      continue;
    }
    const key = toKey(walker, memberKey(walker, scope, property.key, property.computed));
    taken.add(String(key));
    bind(walker, scope, property.value, getMember(walker, value, key), binder);
  }
}

function restOf(walker: Walker, value: unknown, taken: ReadonlySet<string>): unknown {
  const rest: Record<string, unknown> = own(walker, {});
  if (typeof value !== "object" || value === null) return rest;
  for (const key of Object.keys(value)) {
    if (!taken.has(key)) define(rest, key, getMember(walker, value, key));
  }
  return rest;
}
