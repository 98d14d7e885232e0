/** What a function takes from outside itself: the variables a record can hold, and what it cannot. */

import { type Binding, lookup, type ModuleScopes } from "./scopes.ts";
import { contains, type FunctionNode } from "./syntax.ts";

/** The variables declared around `fn`, in this module, that it uses; in the order of their first use. */
export function capturedBindings(fn: FunctionNode, { references }: ModuleScopes): readonly Binding[] {
  const captured = new Set<Binding>();
  for (const { node, scope } of references) {
    if (!contains(fn, node)) continue;
    const binding = lookup(scope, node.name);
    if (binding === undefined || contains(fn, binding.scope.node)) continue;
    // A function declaration knows its own name: its text, read as an expression, binds it.
    const isItself = fn.type === "FunctionDeclaration" && binding.function === fn;
    if (!isItself) captured.add(binding);
  }
  return [...captured];
}

/** Why `fn` cannot be read from its text and captured variables alone; undefined when it can. */
export function obstacle(fn: FunctionNode, { keywords }: ModuleScopes): string | undefined {
  if (fn.async) return "it is an async function, and a derivative cannot wait; make it synchronous";
  if (fn.generator)
    return "it is a generator function, which has no single value; make it an ordinary function";
  const captured = keywords.find(({ node, owner }) => contains(fn, node) && !contains(fn, owner.node));
  if (captured === undefined) return undefined;
  return `it uses \`${captured.text}\` of the code around it, which no record can hold; read what it needs into a const outside the function`;
}
