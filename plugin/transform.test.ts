import { describe, expect, test } from "vitest";
import { type TransformWarning, transform } from "./transform.ts";

const IMPORT = `import { differentiable } from "nabla";\n`;

function rewrite(code: string): { readonly code: string; readonly warnings: readonly TransformWarning[] } {
  const warnings: TransformWarning[] = [];
  const result = transform(IMPORT + code, "app.js", (warning) => warnings.push(warning));
  return { code: (result?.code ?? IMPORT + code).slice(IMPORT.length), warnings };
}

/** The names in the scope of the record written last but for helpers, which come at the ends of blocks. */
function capturedNames(code: string): string {
  const { code: rewritten, warnings } = rewrite(code);
  expect(warnings).toEqual([]);
  const scopes = [...rewritten.matchAll(/scope: \(\) => \(\{(?<entries>[^}]*)\}\)/g)];
  const entries = scopes[0]?.groups?.entries ?? "no record";
  return entries
    .split(",")
    .map((entry) => entry.replace(/:.*/, "").trim())
    .join(" ");
}

describe("which variables a function captures", () => {
  test.each<readonly [code: string, names: string]>([
    // parameters
    ["const k = 1; differentiable((x) => k * x)", "k"],
    ["const k = 1; differentiable((k) => k)", ""],
    ["const k = 1, x = 2; differentiable(({ x, y: { z } }) => k + x + z)", "k"],
    ["const k = 1, a = 0; differentiable(([a, ...rest], ...others) => a + rest[0] + others[0] + k)", "k"],
    ["const k = 1; differentiable((x, y = k) => x * y)", "k"],
    ["const k = 1, j = 2; differentiable(({ [k]: a = j }) => a)", "k j"],
    ["const k = 1; differentiable((x, y = k) => { var k = 2; return x * y * k; })", "k"],
    // declarations inside
    ["const k = 1; differentiable((x) => { const k = x; return k; })", ""],
    ["const k = 1; differentiable((x) => { { const k = x; } return k; })", "k"],
    ["const k = 1; differentiable((x) => { { var k = x; } return k; })", ""],
    ["const k = 1; differentiable((x) => { if (x) { let k = x; x = k; } else { x = k; } return x; })", "k"],
    ["const k = 1; differentiable((x) => { { function k() { return x; } } return k; })", "k"],
    ["const k = 1; differentiable((x) => { function k() { return x; } return k(); })", ""],
    ["const k = 1; differentiable((x) => { class k {} return x; })", ""],
    ["const k = 1; differentiable((x) => { const [a, { b: k }] = x; return a * k; })", ""],
    ["const a = 1; differentiable((x) => { for (const a of x) x += a; return x; })", ""],
    ["const a = 1; differentiable((x) => { for (const b of x) x += b; return a; })", "a"],
    ["const i = 1, n = 3; differentiable((x) => { for (let i = 0; i < n; i++) x *= i; return x; })", "n"],
    ["const i = 1; differentiable((x) => { for (let i = 0; i < 3; i++) x *= i; return x * i; })", "i"],
    ["const i = 1; differentiable((x) => { for (var i = 0; i < 3; i++) x *= i; return x * i; })", ""],
    ["let i = 1; differentiable((x) => { for (i of x) x = i; return x; })", "i"],
    ["const k = 1; differentiable((x) => { for (const k in x) return k; })", ""],
    ["const e = 1; differentiable((x) => { try { return x; } catch (e) { return e; } })", ""],
    ["const e = 1; differentiable((x) => { try { return x; } catch { return e; } })", "e"],
    ["const e = 1, m = 2; differentiable((x) => { try { return x; } catch ({ m }) { return m; } })", ""],
    ["const k = 1; differentiable((x) => { switch (k) { case x: let k = 2; return k; } })", "k"],
    // names that are not variables
    ["const k = 1, loop = 2; differentiable((x) => { loop: for (;;) { break loop; } return k * x; })", "k"],
    ["const k = 1, p = {}, k2 = 2; differentiable((x) => x.k + p.k2)", "p"],
    ["const k = 1, p = [1]; differentiable((x) => x * p[k])", "p k"],
    ["const k = 1, j = 2; differentiable((x) => ({ k: x, [j]: x }))", "j"],
    ["const k = 1; differentiable((x) => ({ k, x }))", "k"],
    ["const k = 1; differentiable((x) => ({ k() { return x; } }))", ""],
    ["const k = 1; differentiable((x) => x?.k)", ""],
    ["differentiable((x) => Math.sin(x) + undefined + NaN + unknownGlobal)", ""],
    ["const Math = { sin: (x) => x }; differentiable((x) => Math.sin(x))", "Math"],
    // nested functions and names of functions
    ["const k = 1, j = 1; differentiable((x) => [1].map((k) => k * x + j)[0])", "j"],
    ["const k = 1; differentiable((x) => [1].reduce((s, y) => { const k = y; return s + k; }, x) * k)", "k"],
    ["differentiable(function self(n) { return n < 1 ? 1 : n * self(n - 1); })", ""],
    ["const self = differentiable((n) => (n < 1 ? 1 : n * self(n - 1)))", "self"],
    ["function self(n) { return n < 1 ? 1 : n * self(n - 1); } differentiable(self)", ""],
    ["const self = (n) => (n < 1 ? 1 : n * self(n - 1)); differentiable(self)", "self"],
    ["const k = 1; differentiable(function () { return this.x + arguments[0] + k; })", "k"],
    ["const k = 1; differentiable((x) => { class A { #p = k; get() { return this.#p; } } return x; })", "k"],
    // scopes around
    ["function make(k) { return differentiable((x) => k * x); }", "k"],
    ["const make = ({ k }) => { let j = k; return differentiable((x) => k * x * j); };", "k j"],
    ["class A { f = differentiable((x) => x * k); static { const k = 1; } } const k = 2;", "k"],
    ["if (true) { let k = 1; globalThis.f = differentiable((x) => k * x); k += 1; }", "k"],
    [
      "import { k, sum as total } from './k.js'; import * as all from './all.js'; differentiable((x) => k + total(all.of(x)))",
      "k total all",
    ],
    [
      "const k = 1; let count = 0; differentiable((x) => { count += 1; [count] = [k]; return x; })",
      "count k",
    ],
    ["const tag = (s) => s.length; differentiable((x) => x * tag`a`)", "tag"],
    ["export const k = 1; export default differentiable((x) => k * x);", "k"],
    ["differentiable((x) => k * x); var k = 1;", "k"],
  ])("%s captures: %s", (code, names) => {
    expect(capturedNames(code)).toBe(names);
  });
});

describe("the text that is added", () => {
  test("holds the source as written and reads the variables when called", () => {
    expect(rewrite("let k = 2;\nexport const f = differentiable((x /* m */) => k * x ** 2);").code).toBe(
      'let k = 2;\nexport const f = differentiable((x /* m */) => k * x ** 2, { source: "(x /* m */) => k * x ** 2", scope: () => ({ k }) });',
    );
  });

  test("gives captured helpers their own records, once each, callable in circles", () => {
    const { code } = rewrite(
      "const k = 2;\nconst odd = (n) => n > 0 && even(n - 1);\nfunction even(n) { return n < k || odd(n - 1); }\n" +
        "differentiable((x) => even(x));\ndifferentiable((x) => odd(x)); // end",
    );
    expect(code).toContain("scope: () => ({ even: nabla$even() }) });");
    expect(code).toContain("scope: () => ({ odd: nabla$odd() }) });");
    expect(code.match(/function nabla\$odd\(\) \{ return differentiable\(odd, /g)).toHaveLength(1);
    expect(code.match(/function nabla\$even\(\) \{ return differentiable\(even, /g)).toHaveLength(1);
    expect(code).toContain("scope: () => ({ k, odd: nabla$odd() }) }); }");
    expect(code.endsWith("// end")).toBe(true);
  });

  test("keeps helpers of inner blocks in their blocks and their generated names apart", () => {
    const { code } = rewrite(
      "const nabla$h = 0; const h = (x) => x;\nfunction make(k) { const h = (x) => k * x\nreturn differentiable((x) => h(x)) }\ndifferentiable((x) => h(x) + nabla$h);",
    );
    expect(code).toContain(
      'return differentiable((x) => h(x), { source: "(x) => h(x)", scope: () => ({ h: nabla$h$() }) }) ; function nabla$h$()',
    );
    expect(code).toContain("scope: () => ({ h: nabla$h$$(), nabla$h }) });; function nabla$h$$()");
  });

  test("leaves helpers alone which are reassigned, async, or use `this` of elsewhere", () => {
    const { code } = rewrite(
      "let a = (x) => x; a = null; const b = async () => 1; const c = () => this; differentiable((x) => a(x) + b() + c());",
    );
    expect(code).toContain("scope: () => ({ a, b, c }) });");
  });

  test("fits calls with trailing commas, comments and parentheses", () => {
    expect(rewrite("differentiable((x) => x,);").code).toBe(
      'differentiable((x) => x, { source: "(x) => x", scope: () => ({}) });',
    );
    expect(rewrite("differentiable(((x) => x) // one, two\n);").code).toBe(
      'differentiable(((x) => x) // one, two\n, { source: "(x) => x", scope: () => ({}) });',
    );
  });

  test("marks a function inside a marked function too", () => {
    const { code } = rewrite("const k = 1; differentiable((x) => differentiable((y) => k * x * y)(x));");
    expect(code).toContain(
      '(y) => k * x * y, { source: "(y) => k * x * y", scope: () => ({ k, x }) })(x), {',
    );
    expect(code).toContain(
      '{ source: "(x) => differentiable((y) => k * x * y)(x)", scope: () => ({ differentiable, k }) });',
    );
  });

  test("does not move lines, and maps columns back", () => {
    const source = `${IMPORT}const k = 1;\nconst f = differentiable((x) =>\n  k * x); const g = 2;\n`;
    const result = transform(source, "app.js");
    expect(result?.code.split("\n")).toHaveLength(source.split("\n").length);
    expect(result?.map.sources).toEqual(["app.js"]);
    expect(result?.map.sourcesContent).toEqual([source]);
    expect(result?.map.mappings.length).toBeGreaterThan(20);
  });
});

describe("which calls are rewritten", () => {
  const rewrites = (code: string): boolean => transform(code, "app.js") !== null;

  test.each([
    `import { differentiable as d } from "nabla"; d((x) => x);`,
    `import { "differentiable" as d } from "nabla"; d((x) => x);`,
    `import { differentiable } from "nabla/expression"; differentiable((x) => x);`,
    `import * as nabla from "nabla"; nabla.differentiable((x) => x);`,
    `#!/usr/bin/env node\nimport { differentiable } from "nabla"; differentiable((x) => x);`,
  ])("%s: yes", (code) => expect(rewrites(code)).toBe(true));

  test.each([
    `import { differentiable } from "elsewhere"; differentiable((x) => x); // nabla`,
    `import { gradient as differentiable } from "nabla"; differentiable((x) => x);`,
    `import { differentiable } from "nabla"; function f(differentiable) { differentiable((x) => x); }`,
    `import { differentiable } from "nabla"; differentiable((x) => x, { source: "", scope: () => ({}) });`,
    `import { differentiable } from "nabla"; differentiable(); differentiable(...[(x) => x], 1); new differentiable((x) => x);`,
    `import * as nabla from "nabla"; nabla[differentiable]((x) => x); nabla.other((x) => x);`,
    `import nabla from "nabla"; nabla.differentiable((x) => x);`,
    `const nabla = require("nabla"); nabla.differentiable((x) => x);`,
    `differentiable((x) => x); // no import of nabla`,
    `export const f = (x) => x;`,
  ])("%s: no", (code) => expect(rewrites(code)).toBe(false));
});

describe("what cannot be recorded is left as it is, with a warning", () => {
  test.each<readonly [code: string, reason: string]>([
    ["class A { k = 1; f = differentiable((x) => this.k * x); }", "uses `this` of the code around it"],
    ["function g() { return differentiable((x) => arguments[0] * x); }", "uses `arguments`"],
    ["class B extends A { f() { return differentiable((x) => super.k * x); } }", "uses `super`"],
    ["function G() { return differentiable((x) => new.target ? x : 0); }", "uses `new.target`"],
    ["class A { #k = 1; static f(a) { return differentiable((x) => a.#k * x); } }", "uses `#k`"],
    ["differentiable(function (x) { return import.meta.k * x; })", "uses `import.meta`"],
    ["differentiable(async (x) => x)", "async function"],
    ["differentiable(function* (x) { yield x; })", "generator function"],
    ["import { f } from './f.js'; differentiable(f)", "`f` is written in another file"],
    ["let f = (x) => x; f = null; differentiable(f)", "`f` is assigned more than once"],
    ["var f = (x) => x; var f = (x) => 2 * x; differentiable(f)", "`f` is assigned more than once"],
    ["const m = (f) => differentiable(f)", "`f` is not declared as a function in this file"],
    ["differentiable(unknown)", "`unknown` is not declared as a function in this file"],
    ["differentiable(Math.sin)", "neither a function nor the name of one"],
    [
      "const k = 1; const f = (x) => k * x; { const k = 2; differentiable(f); }",
      "its variable `k` means something else where `differentiable` is called",
    ],
  ])("%s: %s", (code, reason) => {
    const { code: rewritten, warnings } = rewrite(code);
    expect(rewritten).toBe(code);
    expect(warnings).toHaveLength(1);
    const column = code.indexOf("differentiable(");
    expect(warnings[0]?.message).toContain(
      `\`differentiable(f)\` at app.js:2:${column + 1} was left as it is: `,
    );
    expect(warnings[0]?.message).toContain(reason);
    expect(warnings[0]).toMatchObject({ id: "app.js", line: 2, column });
  });

  test("a file that is not plain JavaScript is named, not thrown", () => {
    const { warnings } = rewrite("const k: number = 1; differentiable((x: number) => x);");
    expect(warnings[0]?.message).toMatch(
      /^app\.js mentions `differentiable` but cannot be read as JavaScript \(.*\); compile it/,
    );
  });
});
