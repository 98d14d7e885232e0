/** What a name means where: scopes, the bindings they hold, and the places that use them. */

import type { AnyNode, CallExpression, Identifier } from "acorn";
import type { FunctionNode } from "./syntax.ts";

/** A stretch of the module in which names are declared. */
export interface Scope {
  /** The construct whose names these are; a function has one scope for its parameters and one for its body. */
  readonly node: AnyNode;
  readonly parent: Scope | undefined;
  /** Whether `var` declarations below come to rest here. */
  readonly hoistsVar: boolean;
  /** Whether `this`, `super`, `arguments` and `new.target` get their meaning here. */
  readonly ownsThis: boolean;
  readonly bindings: Map<string, Binding>;
}

/** One declared name. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** The function this name stands for, if it is declared as one. */
  function: FunctionNode | undefined;
  /** Where an imported name comes from; `imported` is `"*"` for a whole module. */
  imported: { readonly from: string; readonly name: string } | undefined;
  /** How often the name is declared; `var` and `function` may repeat. */
  declarations: number;
  /** Whether some code assigns to it after its declaration. */
  reassigned: boolean;
}

/** An identifier used as a variable. */
export interface Reference {
  readonly node: Identifier;
  readonly scope: Scope;
}

/** A use of `this`, `super`, `arguments`, `new.target`, `import.meta` or a private name, and the scope that gives it meaning. */
export interface Keyword {
  readonly text: string;
  readonly node: AnyNode;
  readonly owner: Scope;
}

/** A call and the scope it stands in. */
export interface Call {
  readonly node: CallExpression;
  readonly scope: Scope;
}

/** All that scope analysis finds in a module. */
export interface ModuleScopes {
  readonly references: readonly Reference[];
  readonly keywords: readonly Keyword[];
  readonly calls: readonly Call[];
}

/** Which properties a new scope has, apart from its node and parent. */
export interface ScopeKind {
  readonly hoistsVar: boolean;
  readonly ownsThis: boolean;
}

/** An empty scope below `parent`. */
export function openScope(node: AnyNode, parent: Scope | undefined, kind: ScopeKind): Scope {
  return { node, parent, ...kind, bindings: new Map() };
}

/** The nearest of `scope` and the scopes around it for which `test` holds; else the outermost one, the module. */
export function nearestScope(scope: Scope, test: (candidate: Scope) => boolean): Scope {
  let candidate = scope;
  while (!test(candidate) && candidate.parent !== undefined) candidate = candidate.parent;
  return candidate;
}

/** What `name` means in `scope`; undefined when the module declares no such name there. */
export function lookup(scope: Scope, name: string): Binding | undefined {
  return nearestScope(scope, (candidate) => candidate.bindings.has(name)).bindings.get(name);
}

/** Adds `name` to `scope`, or counts one more declaration of it. */
export function declare(scope: Scope, name: string): Binding {
  const known = scope.bindings.get(name);
  if (known !== undefined) {
    known.declarations += 1;
    return known;
  }
  const binding: Binding = {
    name,
    scope,
    function: undefined,
    imported: undefined,
    declarations: 1,
    reassigned: false,
  };
  scope.bindings.set(name, binding);
  return binding;
}
