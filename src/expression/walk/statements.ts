/** Statements, one case each. */
import type { BlockStatement, LabeledStatement, Statement, ThrowStatement, VariableDeclaration } from "acorn";
import { fork } from "./branch.ts";
import { hoist } from "./functions.ts";
import { blockDeclarations } from "./hoist.ts";
import { collect, leave } from "./jumps.ts";
import { doLoop, forInLoop, forLoop, forOfLoop, whileLoop } from "./loops.ts";
import { NOBODY, regroup } from "./mask.ts";
import { truth } from "./operations.ts";
import { bind } from "./patterns.ts";
import { refuse } from "./refuse.ts";
import { innerScope } from "./scope.ts";
import { switchStatement } from "./switch.ts";
import type { Scope, Walker } from "./types.ts";

/** Runs a statement for the lanes being followed. */
export function execute(walker: Walker, node: Statement, scope: Scope, labels: readonly string[] = []): void {
  walker.node = node;
  switch (node.type) {
    case "ExpressionStatement":
      walker.perform(node.expression, scope);
      return;
    case "VariableDeclaration":
      return declaration(walker, node, scope);
    case "BlockStatement":
      return block(walker, node, scope);
    case "IfStatement": {
      const test = walker.evaluate(node.test, scope);
      walker.node = node.test;
      const condition = truth(walker, test);
      const { consequent, alternate } = node;
      const otherwise = (): void => {
        if (alternate !== undefined && alternate !== null) execute(walker, alternate, scope);
      };
      if (typeof condition !== "boolean") {
        return fork(walker, condition, () => execute(walker, consequent, scope), otherwise);
      }
      return condition ? execute(walker, consequent, scope) : otherwise();
    }
    case "ReturnStatement": {
      const { argument } = node;
      const value = argument === undefined || argument === null ? undefined : walker.evaluate(argument, scope);
      return leave(walker, scope, "return", undefined, value);
    }
    case "ForStatement":
      return forLoop(walker, node, scope, labels);
    case "ForOfStatement":
      return forOfLoop(walker, node, scope, labels);
    case "ForInStatement":
      return forInLoop(walker, node, scope, labels);
    case "WhileStatement":
      return whileLoop(walker, node, scope, labels);
    case "DoWhileStatement":
      return doLoop(walker, node, scope, labels);
    case "BreakStatement":
      return leave(walker, scope, "break", node.label?.name);
    case "ContinueStatement":
      return leave(walker, scope, "continue", node.label?.name);
    case "LabeledStatement":
      return labelled(walker, node, scope, labels);
    case "SwitchStatement":
      return switchStatement(walker, node, scope);
    case "ThrowStatement":
      return thrown(walker, node, scope);
    case "FunctionDeclaration":
    case "EmptyStatement":
    case "DebuggerStatement":
      return;
    case "TryStatement":
      return refuse(walker, "`try` is outside the subset", "test the condition instead of catching the error");
    case "ClassDeclaration":
      return refuse(walker, "a class is outside the subset", "use plain objects and functions");
    case "WithStatement":
      return refuse(walker, "`with` is outside the subset", "name the object");
  }
}

function declaration(walker: Walker, node: VariableDeclaration, scope: Scope): void {
  const { kind } = node;
  if (kind === "using" || kind === "await using") {
    return refuse(walker, `\`${kind}\` is outside the subset`, "use const");
  }
  for (const { id, init } of node.declarations) {
    const missing = init === undefined || init === null;
    if (missing && kind === "var") continue;
    const value = missing ? undefined : walker.evaluate(init, scope);
    walker.node = node;
    bind(walker, scope, id, value, kind);
  }
}

function block(walker: Walker, node: BlockStatement, outer: Scope): void {
  const { lexical, functions } = blockDeclarations(node, node.body);
  let scope = outer;
  if (lexical.length > 0 || functions.length > 0) {
    scope = innerScope(outer);
    hoist(walker, node, node.body, scope);
  }
  for (const statement of node.body) {
    walker.execute(statement, scope);
    if (walker.mask === NOBODY) return;
  }
}

function labelled(walker: Walker, node: LabeledStatement, scope: Scope, labels: readonly string[]): void {
  const { name } = node.label;
  const entry = walker.mask;
  const start = scope.frame.jumps.length;
  execute(walker, node.body, scope, [...labels, name]);
  const back = collect(scope.frame, start, (jump) => jump.kind === "break" && jump.label === name);
  if (back.length > 0) {
    walker.mask = regroup(entry, scope.frame.jumps.length > start, [walker.mask, ...back]);
  }
}

function thrown(walker: Walker, node: ThrowStatement, scope: Scope): never {
  const masked = walker.mask.parent !== undefined;
  if (masked) {
    const remedy = "return NaN or a large value there instead";
    return refuse(walker, "the function throws under a traced condition, which a graph cannot do", remedy);
  }
  const error = walker.evaluate(node.argument, scope);
  walker.node = node;
  const message = error instanceof Error && error.message !== "" ? ` "${error.message}"` : "";
  return refuse(walker, `the function throws${message}`, "give it arguments for which it does not", error);
}
