/** Functions of the walked source, and calling them. */
import type { Statement } from "acorn";
import { closureOf } from "../../differentiable.ts";
import { join } from "../branching/join.ts";
import { NOBODY } from "../branching/mask.ts";
import { load, store } from "../branching/version.ts";
import { adopt, release } from "../data/containers.ts";
import { own } from "../data/owned.ts";
import { refuse } from "../refuse.ts";
import { type AnyFunction, type FunctionNode, type Source, sourceOf } from "../source.ts";
import type { Closure, Frame, Jump, Scope, Walker } from "../types.ts";
import { blockDeclarations, varNames } from "./hoist.ts";
import { bind } from "./patterns.ts";
import { declare, innerScope } from "./scope.ts";

/** How deep calls may nest; beyond it recursion is taken to have no end known at trace time. */
const DEEPEST = 500;
/** Loop rounds and calls of one walk, so that a loop without an end is noticed within seconds. */
const MOST_ROUNDS = 5_000_000;

/** Counts a call or a loop round. */
export function tick(walker: Walker): void {
  walker.rounds += 1;
  if (walker.rounds > MOST_ROUNDS) {
    const most = MOST_ROUNDS.toLocaleString("en");
    refuse(
      walker,
      `the function goes through more than ${most} loop rounds and calls`,
      "check that its loops end",
    );
  }
}

/** The function that a function expression evaluates to: callable by the walk and by the code around it. */
export function makeClosure(walker: Walker, node: FunctionNode, scope: Scope): AnyFunction {
  if (node.async)
    refuse(walker, "an asynchronous function is outside the subset", "use an ordinary function");
  if (node.generator) refuse(walker, "a generator is outside the subset", "build an array");
  const closure: Closure = { node, scope, self: undefined };
  return asFunction(walker, closure);
}

function asFunction(walker: Walker, closure: Closure): AnyFunction {
  const f = (...args: readonly unknown[]): unknown => {
    const { node: at, source } = walker;
    const adopted = args.map((arg) => adopt(walker, arg));
    const result = release(walker, invoke(walker, closure, adopted));
    walker.node = at;
    walker.source = source;
    return result;
  };
  Object.defineProperty(f, "length", { value: arity(closure.node), configurable: true });
  walker.closures.set(f, closure);
  closure.self = f;
  return f;
}

function arity(node: FunctionNode): number {
  const first = node.params.findIndex(
    (param) => param.type === "AssignmentPattern" || param.type === "RestElement",
  );
  return first < 0 ? node.params.length : first;
}

/** A function from outside as one of the walk's own: by its source, and what the build plugin tells of its closure. */
export function outerClosure(f: AnyFunction, given?: Readonly<Record<string, unknown>>): Closure {
  const source = sourceOf(f);
  const captured = { ...closureOf(f)?.scope(), ...given };
  const scope: Scope = { bindings: new Map(), parent: undefined, frame: { source, jumps: [] }, captured };
  return { node: source.tree, scope, self: undefined };
}

/** Calls a function of the walk. */
export function invoke(walker: Walker, closure: Closure, args: readonly unknown[]): unknown {
  const { node, scope: outer } = closure;
  const { source } = outer.frame;
  tick(walker);
  walker.depth += 1;
  if (walker.depth > DEEPEST) {
    refuse(
      walker,
      `calls nest more than ${DEEPEST} deep`,
      "end the recursion by a condition known at trace time, or use a loop",
    );
  }
  const before = enter(walker, source);
  const frame: Frame = { source, jumps: [] };
  const scope = innerScope(outer, frame);
  bindOwnName(walker, closure, scope);
  bindParameters(walker, node, scope, args);
  const result =
    node.body.type === "BlockStatement"
      ? runBody(walker, node.body.body, node, scope)
      : walker.evaluate(node.body, scope);
  walker.depth -= 1;
  walker.mask = before.mask;
  walker.source = before.source;
  return result;
}

function enter(walker: Walker, source: Source): Pick<Walker, "mask" | "source"> {
  const before = { mask: walker.mask, source: walker.source };
  walker.source = source;
  return before;
}

/** A named function sees itself, as recursion needs; a method's name is not a variable. */
function bindOwnName(walker: Walker, closure: Closure, scope: Scope): void {
  const name = closure.node.type === "ArrowFunctionExpression" ? undefined : closure.node.id?.name;
  if (name === undefined || closure.node.type !== "FunctionExpression") return;
  declare(scope, name, "var", walker.mask, closure.self ?? asFunction(walker, closure));
}

function bindParameters(walker: Walker, node: FunctionNode, scope: Scope, args: readonly unknown[]): void {
  for (const [i, param] of node.params.entries()) {
    if (param.type === "Identifier") declare(scope, param.name, "let", walker.mask, args[i]);
    else if (param.type === "RestElement")
      bind(walker, scope, param, own(walker, args.slice(i)), "parameter");
    else bind(walker, scope, param, args[i], "parameter");
  }
}

function runBody(walker: Walker, body: readonly Statement[], node: FunctionNode, scope: Scope): unknown {
  for (const name of varNames(node.body)) {
    if (!scope.bindings.has(name)) declare(scope, name, "var", walker.mask, undefined);
  }
  hoist(walker, node, body, scope);
  const outer = walker.mask;
  for (const statement of body) {
    walker.execute(statement, scope);
    if (walker.mask === NOBODY) break;
  }
  const { jumps } = scope.frame;
  const only = jumps[0];
  if (only === undefined) return undefined;
  if (jumps.length === 1 && walker.mask === NOBODY) return only.value;
  // Results are kept like a variable that every return assigns: what is never assigned is undefined.
  const slot = jumps.reduce<unknown>(
    (kept, jump: Jump) => store(kept, jump.value, jump.mask, outer),
    undefined,
  );
  return load(slot, outer, (condition, yes, no) => join(walker, condition, yes, no));
}

/** Declares what a block declares, before its first statement. */
export function hoist(
  walker: Walker,
  owner: FunctionNode | Statement,
  body: readonly Statement[],
  scope: Scope,
): void {
  const { lexical, functions } = blockDeclarations(owner, body);
  for (const { name, kind } of lexical) declare(scope, name, kind, walker.mask, undefined, false);
  for (const declaration of functions) {
    declare(scope, declaration.id.name, "let", walker.mask, makeClosure(walker, declaration, scope));
  }
}
