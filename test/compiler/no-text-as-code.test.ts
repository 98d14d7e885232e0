/** Nothing in the sources runs text as code: pages may forbid it, and so may their readers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { root } from "../tools/tsc.ts";

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
);

/** Calls of `eval`, `Function` and of timers with text, anywhere in a syntax tree. */
function runsText(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  const {
    type,
    callee,
    arguments: args,
  }: { readonly type?: unknown; readonly callee?: unknown; readonly arguments?: unknown } = node;
  if (type === "CallExpression" || type === "NewExpression") {
    const name = nameOf(callee);
    if (name === "eval" || name === "Function") return true;
    const [first]: readonly unknown[] = Array.isArray(args) ? args : [];
    const isText =
      typeof first === "object" &&
      first !== null &&
      "type" in first &&
      (first.type === "TemplateLiteral" ||
        (first.type === "Literal" && "value" in first && typeof first.value === "string"));
    if ((name === "setTimeout" || name === "setInterval") && isText) return true;
  }
  return Object.values(node).some(runsText);
}

/** The name of what is called: `f`, or the last part of `a.b.f`. */
function nameOf(callee: unknown): string | undefined {
  if (typeof callee !== "object" || callee === null) return undefined;
  if ("property" in callee) return nameOf(callee.property);
  return "name" in callee && typeof callee.name === "string" ? callee.name : undefined;
}

test("no eval and no Function in src", () => {
  expect(sources.length).toBeGreaterThan(100);
  const offenders = sources.filter((path) => {
    const { program } = parseSync(path, readFileSync(join(root, "src", path), "utf8"));
    return runsText(program);
  });
  expect(offenders).toEqual([]);
});

test("the check knows what it looks for", () => {
  for (const text of [
    "eval('1')",
    "new Function('return 1')",
    "globalThis.Function('x')",
    "setTimeout('f()', 1)",
  ])
    expect(runsText(parseSync("a.ts", text).program)).toBe(true);
  expect(runsText(parseSync("a.ts", "walk(Function.prototype, evaluate(1))").program)).toBe(false);
});
