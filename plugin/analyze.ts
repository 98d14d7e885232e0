/** Scope analysis of an ES module (ECMA-262, 16th edition, sections 8.2 and 9.1): who declares each name, and who uses it. */

import type {
  AnonymousClassDeclaration,
  AnyNode,
  ClassDeclaration,
  ClassExpression,
  ImportDeclaration,
  MetaProperty,
  Pattern,
  Program,
  VariableDeclaration,
} from "acorn";
import { takeApart } from "./patterns.ts";
import {
  type Binding,
  type Call,
  declare,
  type Keyword,
  lookup,
  type ModuleScopes,
  nearestScope,
  openScope,
  type Reference,
  type Scope,
} from "./scopes.ts";
import { childrenOf, type FunctionNode, isFunctionNode } from "./syntax.ts";

type ClassNode = ClassDeclaration | AnonymousClassDeclaration | ClassExpression;

const BLOCK = { hoistsVar: false, ownsThis: false };
const FUNCTION = { hoistsVar: true, ownsThis: true };
const ARROW = { hoistsVar: true, ownsThis: false };

/** Finds every scope, variable use, `this`-like keyword and call of a module. */
export function analyzeScopes(program: Program): ModuleScopes {
  const references: Reference[] = [];
  const keywords: Keyword[] = [];
  const calls: Call[] = [];
  const assigned: Reference[] = [];

  visitAll(program.body, openScope(program, undefined, FUNCTION));

  // Only now, because a name may be assigned above its declaration.
  for (const { node, scope } of assigned) {
    const binding = lookup(scope, node.name);
    if (binding !== undefined) binding.reassigned = true;
  }
  return { references, keywords, calls };

  function visitAll(nodes: Iterable<AnyNode | null>, scope: Scope): void {
    for (const node of nodes) if (node !== null) visit(node, scope);
  }

  function visit(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case "Identifier":
        if (node.name === "arguments") keyword(node.name, node, nearestScope(scope, ownsThis));
        else references.push({ node, scope });
        break;
      case "ThisExpression":
        keyword("this", node, nearestScope(scope, ownsThis));
        break;
      case "Super":
        keyword("super", node, nearestScope(scope, ownsThis));
        break;
      case "MetaProperty":
        visitMetaProperty(node, scope);
        break;
      case "PrivateIdentifier":
        keyword(`#${node.name}`, node, nearestScope(scope, isClassScope));
        break;
      case "FunctionDeclaration":
        if (node.id !== null) declare(scope, node.id.name).function = node;
        visitFunction(node, scope);
        break;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        visitFunction(node, scope);
        break;
      case "ClassDeclaration":
        if (node.id !== null) declare(scope, node.id.name);
        visitClass(node, scope);
        break;
      case "ClassExpression":
        visitClass(node, scope);
        break;
      case "VariableDeclaration":
        visitVariables(node, scope);
        break;
      case "ImportDeclaration":
        visitImport(node, scope);
        break;
      case "ExportNamedDeclaration":
        if (node.declaration) visit(node.declaration, scope);
        if (!node.source)
          visitAll(
            node.specifiers.map((specifier) => specifier.local),
            scope,
          );
        break;
      case "ExportAllDeclaration":
      case "BreakStatement":
      case "ContinueStatement":
        break;
      case "LabeledStatement":
        visit(node.body, scope);
        break;
      case "BlockStatement":
      case "ForStatement":
        visitAll(childrenOf(node), openScope(node, scope, BLOCK));
        break;
      case "SwitchStatement":
        visit(node.discriminant, scope);
        visitAll(node.cases, openScope(node, scope, BLOCK));
        break;
      case "ForInStatement":
      case "ForOfStatement": {
        const inner = openScope(node, scope, BLOCK);
        if (node.left.type === "VariableDeclaration") visit(node.left, inner);
        else assign(node.left, inner);
        visitAll([node.right, node.body], inner);
        break;
      }
      case "CatchClause": {
        const inner = openScope(node, scope, BLOCK);
        if (node.param) bind(node.param, inner, inner);
        visit(node.body, inner);
        break;
      }
      case "StaticBlock":
        visitAll(node.body, openScope(node, scope, FUNCTION));
        break;
      case "MethodDefinition":
        if (node.computed || node.key.type === "PrivateIdentifier") visit(node.key, scope);
        visit(node.value, scope);
        break;
      case "PropertyDefinition":
        if (node.computed || node.key.type === "PrivateIdentifier") visit(node.key, scope);
        if (node.value) visit(node.value, openScope(node.value, scope, FUNCTION));
        break;
      case "Property":
        if (node.computed) visit(node.key, scope);
        visit(node.value, scope);
        break;
      case "MemberExpression":
        visit(node.object, scope);
        if (node.computed || node.property.type === "PrivateIdentifier") visit(node.property, scope);
        break;
      case "AssignmentExpression":
        assign(node.left, scope);
        visit(node.right, scope);
        break;
      case "UpdateExpression":
        assign(node.argument, scope);
        break;
      case "CallExpression":
        calls.push({ node, scope });
        visitAll(childrenOf(node), scope);
        break;
      default:
        visitAll(childrenOf(node), scope);
    }
  }

  function keyword(text: string, node: AnyNode, owner: Scope): void {
    keywords.push({ text, node, owner });
  }

  function visitMetaProperty(node: MetaProperty, scope: Scope): void {
    const text = `${node.meta.name}.${node.property.name}`;
    const isModuleWide = node.meta.name === "import";
    keyword(
      text,
      node,
      nearestScope(scope, (candidate) => !isModuleWide && candidate.ownsThis),
    );
  }

  // Parameters and body are two scopes: a default value does not see what the body declares.
  function visitFunction(node: FunctionNode, scope: Scope): void {
    const inner = openScope(node, scope, node.type === "ArrowFunctionExpression" ? ARROW : FUNCTION);
    if (node.type === "FunctionExpression" && node.id) declare(inner, node.id.name);
    for (const parameter of node.params) bind(parameter, inner, inner);
    if (node.body.type === "BlockStatement") visitAll(node.body.body, openScope(node.body, inner, ARROW));
    else visit(node.body, inner);
  }

  function visitClass(node: ClassNode, scope: Scope): void {
    const inner = openScope(node, scope, BLOCK);
    if (node.id) declare(inner, node.id.name);
    if (node.superClass) visit(node.superClass, inner);
    visitAll(node.body.body, inner);
  }

  function visitVariables(node: VariableDeclaration, scope: Scope): void {
    const target = node.kind === "var" ? nearestScope(scope, (candidate) => candidate.hoistsVar) : scope;
    for (const { id, init } of node.declarations) {
      bind(id, target, scope);
      if (!init) continue;
      if (id.type === "Identifier" && isFunctionNode(init)) setFunction(target.bindings.get(id.name), init);
      visit(init, scope);
    }
  }

  function visitImport(node: ImportDeclaration, scope: Scope): void {
    const from = String(node.source.value);
    for (const specifier of node.specifiers) {
      const binding = declare(scope, specifier.local.name);
      if (specifier.type === "ImportNamespaceSpecifier") binding.imported = { from, name: "*" };
      else if (specifier.type === "ImportDefaultSpecifier") binding.imported = { from, name: "default" };
      else if (specifier.imported.type === "Identifier")
        binding.imported = { from, name: specifier.imported.name };
      else binding.imported = { from, name: String(specifier.imported.value) };
    }
  }

  /** Declares the names of a pattern in `target`; its default values and computed keys belong to `scope`. */
  function bind(pattern: Pattern, target: Scope, scope: Scope): void {
    takeApart(pattern, {
      target: (leaf) => {
        if (leaf.type === "Identifier") declare(target, leaf.name);
      },
      expression: (node) => visit(node, scope),
    });
  }

  /** Notes the names a pattern assigns to; what it assigns through, as in `a[i] = 1`, is merely used. */
  function assign(pattern: AnyNode, scope: Scope): void {
    takeApart(pattern, {
      target: (leaf) => {
        if (leaf.type === "Identifier") assigned.push({ node: leaf, scope });
        visit(leaf, scope);
      },
      expression: (node) => visit(node, scope),
    });
  }
}

const ownsThis = (scope: Scope): boolean => scope.ownsThis;
const isClassScope = ({ node }: Scope): boolean =>
  node.type === "ClassDeclaration" || node.type === "ClassExpression";

function setFunction(binding: Binding | undefined, node: FunctionNode): void {
  if (binding !== undefined) binding.function = node;
}
