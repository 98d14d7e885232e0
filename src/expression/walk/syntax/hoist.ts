/** What a function or block declares, found once per tree: names exist before their declaration is reached. */
import type { AnyNode, FunctionDeclaration, Node, Pattern, Statement } from "acorn";

/** A `let` or `const` of a block. */
export interface Lexical {
  readonly name: string;
  readonly kind: "const" | "let";
}

/** The declarations of one block. */
export interface Declarations {
  readonly lexical: readonly Lexical[];
  readonly functions: readonly FunctionDeclaration[];
}

const declarationsOf = new WeakMap<Node, Declarations>();
const varsOf = new WeakMap<Node, readonly string[]>();
const closing = new WeakMap<Node, boolean>();

/** The names a pattern binds. */
export function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((item) =>
        namesIn(item.type === "RestElement" ? item.argument : item.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((item) => (item === null ? [] : namesIn(item)));
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** The `let`, `const` and functions declared directly in a list of statements; `owner` is the key they are kept under. */
export function blockDeclarations(owner: Node, body: readonly Statement[]): Declarations {
  const known = declarationsOf.get(owner);
  if (known !== undefined) return known;
  const lexical: Lexical[] = [];
  const functions: FunctionDeclaration[] = [];
  for (const statement of body) {
    if (statement.type === "FunctionDeclaration") functions.push(statement);
    if (statement.type !== "VariableDeclaration" || statement.kind === "var") continue;
    const kind = statement.kind === "let" ? "let" : "const";
    for (const { id } of statement.declarations) for (const name of namesIn(id)) lexical.push({ name, kind });
  }
  const found = { lexical, functions };
  declarationsOf.set(owner, found);
  return found;
}

/** The names of all `var`s of a function's body, at any depth, those of inner functions excepted. */
export function varNames(body: Node): readonly string[] {
  const known = varsOf.get(body);
  if (known !== undefined) return known;
  const names = new Set<string>();
  visit(body, (node) => {
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) for (const name of namesIn(id)) names.add(name);
    }
    return !isFunction(node);
  });
  const found = [...names];
  varsOf.set(body, found);
  return found;
}

/** Whether a node makes closures, so that each round of a loop needs its own variables. */
export function makesClosures(node: Node): boolean {
  const known = closing.get(node);
  if (known !== undefined) return known;
  let found = false;
  visit(node, (inner) => {
    found ||= isFunction(inner);
    return !found;
  });
  closing.set(node, found);
  return found;
}

function isFunction(node: AnyNode): boolean {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

/** Calls `enter` for every node below `root`; it says whether to go deeper. */
export function visit(root: Node, enter: (node: AnyNode) => boolean): void {
  const pending: unknown[] = Object.values(root);
  for (let next = pending.pop(); next !== undefined || pending.length > 0; next = pending.pop()) {
    if (Array.isArray(next)) pending.push(...next);
    else if (isNode(next) && enter(next)) pending.push(...Object.values(next));
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
