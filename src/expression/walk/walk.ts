/**
 * Tracing a plain function by walking its source: a small interpreter of JavaScript's numeric subset that computes with
 * known values as JavaScript does, and with traced ones by tensor operations. `docs/plain-functions.md` is the subset.
 */
import { checkFunction, checkList } from "../../core/checks.ts";
import { TraceError } from "../../core/errors.ts";
import { rootMask } from "./branching/mask.ts";
import { adopt, release } from "./data/containers.ts";
import type { AnyFunction } from "./source.ts";
import { apply } from "./syntax/calls.ts";
import { evaluate, perform } from "./syntax/expressions.ts";
import { invoke, makeClosure, outerClosure } from "./syntax/functions.ts";
import { execute } from "./syntax/statements.ts";
import type { Closure, Walker } from "./types.ts";

/**
 * Calls `f` by walking its source. Arguments may hold traced scalars anywhere in arrays and plain objects; operators,
 * `Math` functions and conditions on them become operations of the graph being traced. Nothing is evaluated as code.
 *
 * @param f A function of the subset; a record left by the build plugin is used in place of its own source.
 * @param args Its arguments. Arrays and plain objects are copied, so the function may write to them.
 * @param scope Values of variables that `f` captured, by name; over those the build plugin recorded.
 * @returns What `f` returns; numbers computed from traced values are tensors.
 * @throws TraceError naming the construct that cannot be traced, its line, and what to do instead.
 *
 * ```ts
 * import { walk } from "nabla";
 *
 * walk((x: number, k: number) => x ** 2 + k, [3, 1]); // → 10
 * ```
 */
export function walk(
  f: AnyFunction,
  args: readonly unknown[],
  scope?: Readonly<Record<string, unknown>>,
): unknown {
  checkFunction("walk", f);
  checkList("walk", args, "an array of arguments");
  const closure = outerClosure(f, scope);
  const walker = makeWalker(closure);
  try {
    const adopted = args.map((arg) => adopt(walker, arg));
    return release(walker, invoke(walker, closure, adopted));
  } catch (error) {
    if (!(error instanceof RangeError) || !/call stack|recursion/i.test(error.message)) throw error;
    throw new TraceError(
      `${walker.source.name} nests calls or expressions too deep to follow; end the recursion by a condition known at trace time, or use a loop.`,
      { cause: error },
    );
  }
}

function makeWalker(closure: Closure): Walker {
  const walker: Walker = {
    mask: rootMask(),
    node: closure.node,
    source: closure.scope.frame.source,
    depth: 0,
    rounds: 0,
    operations: 0,
    choicesMade: 0,
    owned: new WeakMap(),
    choices: new WeakMap(),
    chosen: new WeakMap(),
    closures: new WeakMap(),
    rows: new WeakMap(),
    evaluate: (node, scope) => evaluate(walker, node, scope),
    perform: (node, scope) => perform(walker, node, scope),
    execute: (node, scope) => execute(walker, node, scope),
    call: (callee, self, args) => apply(walker, callee, self, args),
    closure: (node, scope) => makeClosure(walker, node, scope),
  };
  return walker;
}
