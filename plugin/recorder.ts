/** Writes the records: the text of a function and the thunk that reads its captured variables. */

import type { CallExpression, Program } from "acorn";
import type { MagicString } from "magic-string";
import { capturedBindings, obstacle } from "./captures.ts";
import { type Binding, lookup, type ModuleScopes, type Scope } from "./scopes.ts";
import type { FunctionNode } from "./syntax.ts";

/** How one module calls `differentiable`: the text of the callee, and the import it rests on. */
export interface Marker {
  readonly callee: string;
  readonly binding: Binding;
}

/** Adds records to the calls of one module. */
export interface Recorder {
  /** Appends the record of `fn` to `call`; a sentence's end saying why, when that cannot be. */
  readonly record: (
    call: CallExpression,
    scope: Scope,
    fn: FunctionNode,
    marker: Marker,
  ) => string | undefined;
}

/**
 * A recorder for one module, which writes its additions to `output`.
 *
 * Helpers need records too: a captured `const square = (x) => x * x` is minified like everything else. They get
 * theirs from a hoisted function at the end of their block, so that helpers may call each other, in circles too, and
 * an unused helper can still be dropped from the bundle.
 */
export function recorder(output: MagicString, scopes: ModuleScopes): Recorder {
  const code = output.original;
  const helperNames = new Map<Binding, string>();

  return { record };

  function record(call: CallExpression, scope: Scope, fn: FunctionNode, marker: Marker): string | undefined {
    const why = obstacle(fn, scopes);
    if (why !== undefined) return why;
    const hidden = capturedBindings(fn, scopes).find((binding) => lookup(scope, binding.name) !== binding);
    if (hidden !== undefined) {
      return `its variable \`${hidden.name}\` means something else where \`differentiable\` is called; mark the function where it is written`;
    }
    const separator = hasTrailingComma(code, call) ? " " : ", ";
    output.appendLeft(call.end - 1, separator + recordText(fn, marker));
    return undefined;
  }

  function recordText(fn: FunctionNode, marker: Marker): string {
    const entries = capturedBindings(fn, scopes).map((binding) => {
      const helper = helperName(binding, marker);
      return helper === undefined ? binding.name : `${binding.name}: ${helper}()`;
    });
    const scope = entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
    return `{ source: ${JSON.stringify(code.slice(fn.start, fn.end))}, scope: () => (${scope}) }`;
  }

  /** The name of the hoisted function that marks and returns a captured helper; undefined for other variables. */
  function helperName(binding: Binding, marker: Marker): string | undefined {
    const known = helperNames.get(binding);
    if (known !== undefined) return known;
    const end = endOfBlock(binding.scope);
    const fn = soleFunction(binding);
    if (fn === undefined || end === undefined || !isReadable(fn, binding.scope, marker)) return undefined;
    const name = unusedName(binding.name);
    // Kept before its text is made, so that helpers calling each other end here.
    helperNames.set(binding, name);
    const text = `${marker.callee}(${binding.name}, ${recordText(fn, marker)})`;
    // On the same line, so that line numbers stay as they are even without the source map.
    output.appendLeft(end, `; function ${name}() { return ${text}; } `);
    return name;
  }

  function isReadable(fn: FunctionNode, scope: Scope, marker: Marker): boolean {
    return (
      obstacle(fn, scopes) === undefined &&
      lookup(scope, marker.binding.name) === marker.binding &&
      capturedBindings(fn, scopes).every((binding) => lookup(scope, binding.name) === binding)
    );
  }

  function unusedName(name: string): string {
    let candidate = `nabla$${name}`;
    const taken = new Set(helperNames.values());
    while (code.includes(candidate) || taken.has(candidate)) candidate += "$";
    return candidate;
  }
}

/** The function a name stands for throughout: declared once and never assigned. */
export function soleFunction(binding: Binding): FunctionNode | undefined {
  return binding.declarations === 1 && !binding.reassigned ? binding.function : undefined;
}

/** Where statements may be added to the block that declares a scope's names; undefined where there is no such place. */
function endOfBlock({ node }: Scope): number | undefined {
  if (node.type === "Program") return endOfProgram(node);
  return node.type === "BlockStatement" || node.type === "StaticBlock" ? node.end - 1 : undefined;
}

// The program itself may end in a comment, and what is added there would belong to it.
function endOfProgram(program: Program): number {
  return program.body.at(-1)?.end ?? program.end;
}

// Between the argument and the closing parenthesis stand only spaces, comments, parentheses and perhaps one comma.
function hasTrailingComma(code: string, call: CallExpression): boolean {
  const gap = code.slice(call.arguments.at(-1)?.end ?? call.end, call.end);
  return gap.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").includes(",");
}
