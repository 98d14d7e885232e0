/** Calls and `new`: what is called, with what, and who carries it out. */
import type { CallExpression, Expression, NewExpression, SpreadElement } from "acorn";
import { arrayBuiltins } from "../builtins/array.ts";
import { builtinOf, constructorOf } from "../builtins/globals.ts";
import { iterate } from "../data/iterate.ts";
import { getMember } from "../data/members.ts";
import { nameOf, refuse, USE_TENSORS } from "../refuse.ts";
import type { AnyFunction } from "../source.ts";
import { type Scope, SKIPPED, type Walker } from "../types.ts";
import { callForeign } from "./foreign.ts";
import { invoke } from "./functions.ts";
import { memberKey } from "./patterns.ts";

/** `callee(…)`, with the object before the dot as `this` for methods. */
export function call(walker: Walker, node: CallExpression, scope: Scope): unknown {
  const { callee } = node;
  if (callee.type === "Super") return refuse(walker, "`super` is outside the subset", "use functions");
  let self: unknown;
  let f: unknown;
  if (callee.type === "MemberExpression" && callee.object.type !== "Super") {
    self = walker.evaluate(callee.object, scope);
    if (self === SKIPPED || (callee.optional && (self === undefined || self === null))) return SKIPPED;
    const key = memberKey(walker, scope, callee.property, callee.computed);
    walker.node = callee;
    if ((key === "call" || key === "apply") && needsNoThis(walker, self)) {
      const args = argumentsOf(walker, node.arguments, scope);
      walker.node = node;
      return callWith(walker, self, key, args);
    }
    f = getMember(walker, self, key);
  } else {
    f = walker.evaluate(callee, scope);
  }
  if (f === SKIPPED || (node.optional && (f === undefined || f === null))) return SKIPPED;
  const args = argumentsOf(walker, node.arguments, scope);
  walker.node = node;
  return apply(walker, f, self, args);
}

/** Functions of the walk, and those of `Math` and its kin: what stands before the dot means nothing to them. */
function needsNoThis(walker: Walker, f: unknown): boolean {
  if (!isFunction(f)) return false;
  return walker.closures.has(f) || (builtinOf(f) !== undefined && !arrayBuiltins.has(f));
}

/** `f.call(self, …)` and `f.apply(self, list)`. */
function callWith(
  walker: Walker,
  f: unknown,
  how: "call" | "apply",
  [self, ...rest]: readonly unknown[],
): unknown {
  if (how === "call") return apply(walker, f, self, rest);
  return apply(walker, f, self, rest[0] === undefined || rest[0] === null ? [] : iterate(walker, rest[0]));
}

/** Calls any function value: the walk's own, one it carries out itself, or one from outside. */
export function apply(walker: Walker, f: unknown, self: unknown, args: readonly unknown[]): unknown {
  if (!isFunction(f)) return refuse(walker, `${nameOf(f)} is called`, "call a function");
  const closure = walker.closures.get(f);
  if (closure !== undefined) return invoke(walker, closure, args);
  const builtin = builtinOf(f);
  if (builtin !== undefined) return builtin(walker, args, self);
  return callForeign(walker, f, self, args);
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

/** The arguments of a call, spread where the source says so. */
export function argumentsOf(
  walker: Walker,
  nodes: readonly (Expression | SpreadElement)[],
  scope: Scope,
): unknown[] {
  const args: unknown[] = [];
  for (const node of nodes) {
    if (node.type !== "SpreadElement") args.push(walker.evaluate(node, scope));
    else {
      const spread = walker.evaluate(node.argument, scope);
      walker.node = node;
      for (const element of iterate(walker, spread)) args.push(element);
    }
  }
  return args;
}

/** `new Float64Array(n)` and the few other constructors of the subset. */
export function construct(walker: Walker, node: NewExpression, scope: Scope): unknown {
  const callee = walker.evaluate(node.callee, scope);
  const args = argumentsOf(walker, node.arguments, scope);
  walker.node = node;
  const builtin = constructorOf(callee);
  if (builtin !== undefined) return builtin(walker, args, undefined);
  return refuse(
    walker,
    "`new` of this is outside the subset",
    `use arrays and plain objects, or ${USE_TENSORS}`,
  );
}
