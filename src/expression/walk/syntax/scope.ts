/** Variables: where they live, how they are found, and what assigning one under a traced condition means. */

import type { Tensor } from "../../../tensor/index.ts";
import { join } from "../branching/join.ts";
import type { Mask } from "../branching/mask.ts";
import { load, settle, store } from "../branching/version.ts";
import { globalNamed } from "../builtins/globals.ts";
import { PASS_AS_DATA, refuse } from "../refuse.ts";
import type { Binding, Frame, Scope, Walker } from "../types.ts";

/** A new scope inside `parent`. */
export function innerScope(parent: Scope, frame: Frame = parent.frame): Scope {
  return { bindings: new Map(), parent, frame, captured: undefined };
}

/** Creates a variable; `ready` is false for `let` and `const` until their declaration is reached. */
export function declare(
  scope: Scope,
  name: string,
  kind: Binding["kind"],
  created: Mask,
  slot: unknown,
  ready = true,
): void {
  scope.bindings.set(name, { kind, slot, created, ready });
}

/** The value of a variable for the lanes being followed. */
export function lookup(walker: Walker, scope: Scope, name: string): unknown {
  let at = scope;
  for (;;) {
    const binding = at.bindings.get(name);
    if (binding !== undefined) return read(walker, binding, name);
    if (at.parent === undefined) break;
    at = at.parent;
  }
  if (at.captured !== undefined && Object.hasOwn(at.captured, name)) return at.captured[name];
  const found = globalNamed(name);
  if (found !== undefined) return found.value;
  const remedy = foreignGlobals.get(name);
  if (remedy !== undefined) return refuse(walker, `\`${name}\` is outside the subset`, remedy);
  // Bundlers and test runners read imports from an object of theirs.
  const what = /^__vi(te_ssr)?_import_/.test(name) ? `an import (\`${name}\`)` : `\`${name}\``;
  return refuse(
    walker,
    `${what} is not visible: a function's source does not hold what it captures`,
    PASS_AS_DATA,
  );
}

/** Names that every program has and no plugin records, so passing them as data would not help. */
const foreignGlobals: ReadonlyMap<string, string> = new Map([
  ...["Map", "WeakMap"].map((name) => [name, "use a plain object"] as const),
  ...["Set", "WeakSet", "Symbol"].map((name) => [name, "use plain arrays"] as const),
  ...["performance", "crypto"].map((name) => [name, "read it outside and pass the number as data"] as const),
  ...["BigInt", "BigInt64Array", "RegExp", "Intl"].map((name) => [name, "use ordinary numbers"] as const),
  ...["Promise", "Proxy", "Reflect", "globalThis", "eval"].map(
    (name) => [name, "use plain functions and data"] as const,
  ),
  ["JSON", "copy with spread, `slice` or `map`"],
  ["structuredClone", "copy with spread, `slice` or `map`"],
  ["arguments", "name the parameters, or take them all by `(...args)`"],
]);

/** Whether a name means anything here, for `typeof name`. */
export function isVisible(scope: Scope, name: string): boolean {
  let at: Scope | undefined = scope;
  while (at !== undefined) {
    if (at.bindings.has(name)) return true;
    if (at.captured !== undefined && Object.hasOwn(at.captured, name)) return true;
    at = at.parent;
  }
  return globalNamed(name) !== undefined;
}

function read(walker: Walker, binding: Binding, name: string): unknown {
  if (!binding.ready) refuse(walker, `\`${name}\` is used before its declaration`, "declare it first");
  const merge = (condition: Tensor, yes: unknown, no: unknown): unknown => join(walker, condition, yes, no);
  const slot = settle(binding.slot, walker.mask, merge);
  binding.slot = slot;
  const value = load(slot, walker.mask, merge);
  // A joined value is kept, so that reading again adds nothing to the graph.
  if (value !== slot) binding.slot = store(slot, value, walker.mask, binding.created);
  return value;
}

/** Assigns to a variable that exists. */
export function assign(walker: Walker, scope: Scope, name: string, value: unknown): void {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding === undefined) continue;
    if (!binding.ready) refuse(walker, `\`${name}\` is assigned before its declaration`, "declare it first");
    if (binding.kind === "const")
      refuse(walker, `\`${name}\` is a constant and cannot be assigned`, "declare it with let");
    binding.slot = store(binding.slot, value, walker.mask, binding.created);
    return;
  }
  refuse(
    walker,
    `\`${name}\` belongs to the code around the function and cannot be assigned while tracing`,
    "return the value instead",
  );
}

/** Gives a declared variable its first value. */
export function initialise(walker: Walker, scope: Scope, name: string, value: unknown): void {
  const binding = scope.bindings.get(name);
  if (binding === undefined) {
    assign(walker, scope, name, value);
    return;
  }
  binding.slot = value;
  binding.created = walker.mask;
  binding.ready = true;
}

/** Fresh copies of a loop's variables, so that closures of one round do not see the next. */
export function copyScope(walker: Walker, scope: Scope): Scope {
  const copy: Scope = { ...scope, bindings: new Map() };
  for (const [name, binding] of scope.bindings) {
    declare(copy, name, binding.kind, walker.mask, read(walker, binding, name));
  }
  return copy;
}
