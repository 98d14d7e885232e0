/** Rewrites the calls of `differentiable` in one module so that each carries its function's source and captured variables. */

import { type CallExpression, getLineInfo, type Program } from "acorn";
import { MagicString, type SourceMap } from "magic-string";
import { analyzeScopes } from "./analyze.ts";
import { type Marker, recorder, soleFunction } from "./recorder.ts";
import { type Call, lookup } from "./scopes.ts";
import { type FunctionNode, isFunctionNode, parseModule } from "./syntax.ts";

/** A module after rewriting. */
export interface Transformed {
  readonly code: string;
  readonly map: SourceMap;
}

/** Why a call of `differentiable` was left as it is, and where. */
export interface TransformWarning {
  /** A sentence with file, line, reason and remedy. */
  readonly message: string;
  readonly id: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
}

/** The modules `differentiable` may be imported from. */
const MODULES: ReadonlySet<string> = new Set(["nabla", "nabla/expression"]);

/**
 * Rewrites `differentiable(f)` into `differentiable(f, { source, scope })` wherever `f` is written out in the call or
 * is a function of the same module; null when there is nothing to rewrite.
 *
 * ```ts
 * import { transform } from "nabla/plugin";
 *
 * const code = `import { differentiable } from "nabla"; const k = 2; const f = differentiable((x) => k * x);`;
 * console.log(transform(code, "f.js")?.code); // … f = differentiable((x) => k * x, { source: …, scope: () => ({ k }) });
 * ```
 *
 * @param code The module, as plain JavaScript.
 * @param id Its name, for warnings and the source map.
 * @param warn Told of every call that had to be left as it is, and of a module that cannot be parsed.
 */
export function transform(
  code: string,
  id: string,
  warn: (warning: TransformWarning) => void = () => {},
): Transformed | null {
  if (!code.includes("differentiable") || !code.includes("nabla")) return null;
  const program = parseOrWarn();
  if (program === undefined) return null;

  const scopes = analyzeScopes(program);
  const output = new MagicString(code);
  const { record } = recorder(output, scopes);
  for (const call of scopes.calls) {
    const marker = markerOf(call, code);
    if (marker === undefined || call.node.arguments.length !== 1) continue;
    const target = functionOf(call);
    const problem =
      typeof target === "string" ? target : target && record(call.node, call.scope, target, marker);
    if (problem !== undefined) warnAt(call.node, problem);
  }
  if (!output.hasChanged()) return null;
  return {
    code: output.toString(),
    map: output.generateMap({ source: id, includeContent: true, hires: true }),
  };

  function parseOrWarn(): Program | undefined {
    try {
      return parseModule(code);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn({
        message: `${id} mentions \`differentiable\` but cannot be read as JavaScript (${reason}); compile it before Nabla reads it.`,
        id,
        line: 1,
        column: 0,
      });
      return undefined;
    }
  }

  function warnAt(call: CallExpression, problem: string): void {
    const { line, column } = getLineInfo(code, call.start);
    const message = `\`differentiable(f)\` at ${id}:${line}:${column + 1} was left as it is: ${problem}.`;
    warn({ message, id, line, column });
  }
}

/** How `call` names `differentiable`; undefined when it calls something else. */
function markerOf({ node, scope }: Call, code: string): Marker | undefined {
  const { callee } = node;
  const isMember = callee.type === "MemberExpression" && !callee.computed;
  const root = isMember ? callee.object : callee;
  if (root.type !== "Identifier") return undefined;
  const binding = lookup(scope, root.name);
  if (binding?.imported === undefined || !MODULES.has(binding.imported.from)) return undefined;
  const member = isMember && callee.property.type === "Identifier" ? callee.property.name : undefined;
  const isDifferentiable = isMember
    ? binding.imported.name === "*" && member === "differentiable"
    : binding.imported.name === "differentiable";
  return isDifferentiable ? { callee: code.slice(callee.start, callee.end), binding } : undefined;
}

/** The function a call marks; a sentence's end when it is out of sight; undefined when it is marked already. */
function functionOf({ node, scope }: Call): FunctionNode | string | undefined {
  const argument = node.arguments[0];
  if (argument === undefined) return undefined;
  if (argument.type !== "Identifier") {
    if (isFunctionNode(argument)) return argument;
    return "its argument is neither a function nor the name of one; write the function into the call";
  }
  const binding = lookup(scope, argument.name);
  const remedy = "mark it where it is written";
  if (binding?.imported !== undefined) return `\`${argument.name}\` is written in another file; ${remedy}`;
  if (binding?.reassigned || (binding !== undefined && binding.declarations > 1)) {
    return `\`${argument.name}\` is assigned more than once; ${remedy}`;
  }
  const fn = binding && soleFunction(binding);
  return fn ?? `\`${argument.name}\` is not declared as a function in this file; ${remedy}`;
}
