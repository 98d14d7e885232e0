/**
 * The tree of a function: its own source, or what the build plugin recorded of it, parsed once by acorn.
 */

import {
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  parse,
} from "acorn";
import { checkFunction } from "../../core/checks.ts";
import { TraceError } from "../../core/errors.ts";
import { closureOf } from "../differentiable.ts";

/** Any function, whatever it takes. */
export type AnyFunction = (...args: never[]) => unknown;

/** The three kinds of functions the walk can follow. */
export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** A parsed function. */
export interface Source {
  /** What errors call it: its name in backticks, or "the function". */
  readonly name: string;
  /** The text of the function. */
  readonly text: string;
  /** Where `text` begins in the text that was parsed. */
  readonly offset: number;
  readonly tree: FunctionNode;
}

const parsed = new WeakMap<AnyFunction, Source>();

/** istanbul and its kin: `cov_1a2b().s[3]++`, also after a minifier renamed the counter. */
const COVERAGE = /\bcov_\w+\b|(?:[\w$]+\(\)\.[sfb]\[\d+\](?:\[\d+\])?)(?:\+\+)|\+\+[\w$]+\(\)\.[sfb]\[\d+\]/;

const REMEDY = "give it as an ordinary function in plain arithmetic, or write it with tensor operations";

/**
 * The parsed source of `f`, kept for as long as `f` lives.
 *
 * @param f An arrow function, function expression, declaration or method, in plain arithmetic.
 * @throws TraceError when there is no source to follow: native code, bound functions, classes, accessors, generators,
 *   asynchronous functions, code instrumented for coverage.
 *
 * ```ts
 * import { sourceOf } from "nabla";
 *
 * sourceOf((x: number) => x * x).tree.params.length; // → 1
 * ```
 */
export function sourceOf(f: AnyFunction): Source {
  checkFunction("sourceOf", f);
  const known = parsed.get(f);
  if (known !== undefined) return known;
  const source = read(f);
  parsed.set(f, source);
  return source;
}

function read(f: AnyFunction): Source {
  const name = f.name === "" ? "the function" : `\`${f.name}\``;
  const text = closureOf(f)?.source ?? Function.prototype.toString.call(f);
  if (f.name.startsWith("bound ")) {
    throw new TraceError(
      `${name} was made by \`bind\`, which hides its source; pass an arrow function that calls it.`,
    );
  }
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text)) {
    throw new TraceError(`${name} is native code and cannot be followed; ${REMEDY}.`);
  }
  if (COVERAGE.test(text)) {
    throw new TraceError(
      `${name} is instrumented for coverage (its source counts every statement) and cannot be followed; exclude its file from instrumentation, use v8 coverage, or mark it with differentiable(...) and use the build plugin.`,
    );
  }
  const { tree, offset } = parseFunction(text, name);
  if (tree.async)
    throw new TraceError(`${name} is asynchronous, so its value is not known while tracing; ${REMEDY}.`);
  if (tree.generator) throw new TraceError(`${name} is a generator and gives no single value; ${REMEDY}.`);
  return { name, text, offset, tree };
}

function parseFunction(text: string, name: string): { tree: FunctionNode; offset: number } {
  // As an expression first; a method ("f(x) { … }") is only grammar inside a class body.
  for (const [before, after] of [
    ["(", "\n)"],
    ["(class {", "\n})"],
  ] as const) {
    const tree = functionIn(attempt(`${before}${text}${after}`), name);
    if (tree !== undefined) return { tree, offset: before.length };
  }
  throw new TraceError(`the source of ${name} cannot be parsed as a function; ${REMEDY}.`);
}

function attempt(text: string): AnyNode | undefined {
  try {
    const first = parse(text, { ecmaVersion: "latest" }).body[0];
    return first?.type === "ExpressionStatement" ? first.expression : undefined;
  } catch (error) {
    // A SyntaxError means another form; a RangeError, nesting deeper than the parser's stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function functionIn(node: AnyNode | undefined, name: string): FunctionNode | undefined {
  if (node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression") return node;
  if (node?.type !== "ClassExpression") return undefined;
  const member = node.body.body[0];
  if (member?.type !== "MethodDefinition" || node.body.body.length !== 1) {
    throw new TraceError(`${name} is a class, not a function; ${REMEDY}.`);
  }
  if (member.kind === "get" || member.kind === "set") {
    throw new TraceError(`${name} is an accessor (\`${member.kind}\`), not a function; ${REMEDY}.`);
  }
  return member.value;
}

/** "line 2 of `f`: `return k * x;`": the place of a node, by the line if that is short, else by its own text. */
export function placeOf(source: Source, start: number, end: number): string {
  const at = Math.max(0, start - source.offset);
  const before = source.text.slice(0, at);
  const line = before.split("\n").length;
  const from = before.lastIndexOf("\n") + 1;
  const to = source.text.indexOf("\n", at);
  const whole = source.text.slice(from, to < 0 ? undefined : to).trim();
  const text = whole.length <= 80 ? whole : source.text.slice(at, end - source.offset);
  const flat = text.replace(/\s+/g, " ");
  return `line ${line} of ${source.name}: \`${flat.length <= 80 ? flat : `${flat.slice(0, 77)}...`}\``;
}
