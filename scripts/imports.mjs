/** Reads what a TypeScript file imports, types included, and whether it evaluates text as code. */

import { readFileSync } from "node:fs";
import { parseSync, Visitor } from "oxc-parser";

/**
 * @typedef {{ from: string, line: number, typeOnly: boolean }} Import
 * @typedef {{ imports: Import[], evaluated: { name: string, line: number }[], ownStatements: number[] }} FileFacts
 * `ownStatements` are the lines of top-level statements that do not re-export from another file.
 */

/**
 * @param {string} path
 * @returns {FileFacts}
 */
export function readFacts(path) {
  const code = readFileSync(path, "utf8");
  const parsed = parseSync(path, code);
  const broken = parsed.errors[0];
  if (broken) throw new Error(`${path} does not parse: ${broken.message}`);
  const lineAt = (/** @type {number} */ offset) => code.slice(0, offset).split("\n").length;
  const { staticImports, staticExports, dynamicImports } = parsed.module;

  /** @type {Import[]} */
  const imports = staticImports.map((entry) => ({
    from: entry.moduleRequest.value,
    line: lineAt(entry.start),
    typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
  }));
  for (const statement of staticExports) {
    const from = statement.entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value;
    if (from === undefined) continue;
    const typeOnly = statement.entries.every((entry) => entry.isType);
    imports.push({ from, line: lineAt(statement.start), typeOnly });
  }
  for (const { start, moduleRequest } of dynamicImports) {
    const text = code.slice(moduleRequest.start, moduleRequest.end);
    imports.push({ from: text.replaceAll(/^["'`]|["'`]$/g, ""), line: lineAt(start), typeOnly: false });
  }
  /** @type {{ name: string, line: number }[]} */
  const evaluated = [];
  const visitor = new Visitor({
    CallExpression: (node) => noteEvaluation(node),
    NewExpression: (node) => noteEvaluation(node),
    TSImportType: ({ source, start }) =>
      imports.push({ from: source.value, line: lineAt(start), typeOnly: true }),
  });
  visitor.visit(parsed.program);

  /** @param {import("oxc-parser").CallExpression | import("oxc-parser").NewExpression} node */
  function noteEvaluation({ callee, start }) {
    const name = evaluator(callee);
    if (name === "eval" || name === "Function") evaluated.push({ name, line: lineAt(start) });
  }

  const ownStatements = parsed.program.body
    .filter((node) => !isReexport(node))
    .map((node) => lineAt(node.start));
  return { imports, evaluated, ownStatements };
}

/** @param {import("oxc-parser").Statement | import("oxc-parser").Directive} node */
const isReexport = (node) =>
  node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.source !== null);

const globals = ["globalThis", "window", "self", "global"];

/**
 * The name that a call or `new` reaches in the global scope, directly or by way of the global object.
 * @param {import("oxc-parser").Expression} callee
 */
function evaluator(callee) {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
  if (!globals.includes(callee.object.name)) return undefined;
  return callee.property.type === "Identifier" ? callee.property.name : undefined;
}
