/** Array and object literals. */
import type { ArrayExpression, ObjectExpression, Property } from "acorn";
import { define } from "../data/containers.ts";
import { iterate } from "../data/iterate.ts";
import { toKey } from "../data/keys.ts";
import { getMember } from "../data/members.ts";
import { own } from "../data/owned.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Scope, Walker } from "../types.ts";
import { memberKey } from "./patterns.ts";

/** `[a, ...b]`. */
export function arrayLiteral(walker: Walker, node: ArrayExpression, scope: Scope): unknown[] {
  const array: unknown[] = [];
  for (const element of node.elements) {
    walker.node = node;
    // A hole, as minifiers write `new Array(2)`: `[, ,]`.
    if (element === null) array.length += 1;
    else if (element.type !== "SpreadElement") array.push(walker.evaluate(element, scope));
    else {
      const spread = walker.evaluate(element.argument, scope);
      walker.node = element;
      for (const value of iterate(walker, spread)) array.push(value);
    }
  }
  return own(walker, array);
}

/** `{ a, b: 1, [c]: 2, ...d, e(x) { … } }`. */
export function objectLiteral(walker: Walker, node: ObjectExpression, scope: Scope): object {
  const object: Record<string, unknown> = {};
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = walker.evaluate(property.argument, scope);
      walker.node = property;
      copyMembers(walker, object, spread);
    } else {
      addProperty(walker, object, property, scope);
    }
  }
  return own(walker, object);
}

function addProperty(walker: Walker, object: object, property: Property, scope: Scope): void {
  walker.node = property;
  if (property.kind !== "init") refuse(walker, "an accessor is outside the subset", "store the value itself");
  const key = String(toKey(walker, memberKey(walker, scope, property.key, property.computed)));
  if (key === "__proto__") refuse(walker, "`__proto__` is outside the subset", "use another name");
  define(object, key, walker.evaluate(property.value, scope));
}

function copyMembers(walker: Walker, object: object, source: unknown): void {
  if (source === undefined || source === null) return;
  if (typeof source !== "object") {
    refuse(walker, `${nameOf(source)} is spread into an object`, "spread a plain object");
  }
  for (const key of Object.keys(source)) define(object, key, getMember(walker, source, key));
}
