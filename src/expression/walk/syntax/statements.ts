/** Statements, one case each. */
import type { BlockStatement, LabeledStatement, Statement, ThrowStatement, VariableDeclaration } from "acorn";
import { fork } from "../branching/branch.ts";
import { collect, leave } from "../branching/jumps.ts";
import { NOBODY, regroup } from "../branching/mask.ts";
import { truth } from "../operations/guarded.ts";
import { refuse } from "../refuse.ts";
import type { Scope, Walker } from "../types.ts";
import { hoist } from "./functions.ts";
import { blockDeclarations } from "./hoist.ts";
import { doLoop, forInLoop, forLoop, forOfLoop, whileLoop } from "./loops.ts";
import { bind } from "./patterns.ts";
import { innerScope } from "./scope.ts";
import { switchStatement } from "./switch.ts";

/** Runs a statement for the lanes being followed. */
export function execute(walker: Walker, node: Statement, scope: Scope, labels: readonly string[] = []): void {
  walker.node = node;
  switch (node.type) {
    case "ExpressionStatement":
      walker.perform(node.expression, scope);
      return;
    case "VariableDeclaration":
      declaration(walker, node, scope);
      return;
    case "BlockStatement":
      block(walker, node, scope);
      return;
    case "IfStatement": {
      const test = walker.evaluate(node.test, scope);
      walker.node = node.test;
      const condition = truth(walker, test);
      const { consequent, alternate } = node;
      const otherwise = (): void => {
        if (alternate !== undefined && alternate !== null) execute(walker, alternate, scope);
      };
      if (typeof condition !== "boolean") {
        fork(walker, condition, () => execute(walker, consequent, scope), otherwise);
        return;
      }
      if (condition) execute(walker, consequent, scope);
      else otherwise();
      return;
    }
    case "ReturnStatement": {
      const { argument } = node;
      const value =
        argument === undefined || argument === null ? undefined : walker.evaluate(argument, scope);
      leave(walker, scope, "return", undefined, value);
      return;
    }
    case "ForStatement":
      forLoop(walker, node, scope, labels);
      return;
    case "ForOfStatement":
      forOfLoop(walker, node, scope, labels);
      return;
    case "ForInStatement":
      forInLoop(walker, node, scope, labels);
      return;
    case "WhileStatement":
      whileLoop(walker, node, scope, labels);
      return;
    case "DoWhileStatement":
      doLoop(walker, node, scope, labels);
      return;
    case "BreakStatement":
      leave(walker, scope, "break", node.label?.name);
      return;
    case "ContinueStatement":
      leave(walker, scope, "continue", node.label?.name);
      return;
    case "LabeledStatement":
      labelled(walker, node, scope, labels);
      return;
    case "SwitchStatement":
      switchStatement(walker, node, scope);
      return;
    case "ThrowStatement":
      thrown(walker, node, scope);
      return;
    case "FunctionDeclaration":
    case "EmptyStatement":
    case "DebuggerStatement":
      return;
    case "TryStatement":
    case "ClassDeclaration":
    case "WithStatement":
      unsupported(walker, node.type);
  }
}

function unsupported(walker: Walker, type: "TryStatement" | "ClassDeclaration" | "WithStatement"): never {
  if (type === "TryStatement") {
    return refuse(walker, "`try` is outside the subset", "test the condition instead of catching the error");
  }
  if (type === "WithStatement") return refuse(walker, "`with` is outside the subset", "name the object");
  return refuse(walker, "a class is outside the subset", "use plain objects and functions");
}

function declaration(walker: Walker, node: VariableDeclaration, scope: Scope): void {
  const { kind } = node;
  if (kind === "using" || kind === "await using") {
    refuse(walker, `\`${kind}\` is outside the subset`, "use const");
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
