/**
 * The plugin's promise, on random modules: a rewritten function gives what it gave before, and its recorded source,
 * read with nothing but its recorded variables, gives the same.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { transform } from "./transform.ts";

type F = (x: number) => unknown;
interface Marked {
  readonly f: F;
  readonly source: string;
  readonly scope: () => Record<string, unknown>;
}

const NAMES = ["a", "b", "c", "d"];
const name = fc.constantFrom(...NAMES);

const { expression, body } = fc.letrec<{ expression: string; body: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    name.map((n) => `num(${n})`),
    fc.constant("num(x)"),
    fc.integer({ min: 1, max: 9 }).map(String),
    fc.tuple(tie("expression"), tie("expression")).map(([l, r]) => `(${l} + ${r})`),
    fc.tuple(name, tie("expression")).map(([n, e]) => `[1, 2].reduce((${n}, x) => ${n} * 2 + ${e}, 1)`),
    fc.tuple(name, tie("expression")).map(([n, e]) => `(({ ${n} = ${e} }) => num(${n}))({})`),
    fc.tuple(name, tie("body")).map(([n, b]) => `(function ${n}(x) { ${b} })(3)`),
    fc.tuple(name, tie("expression")).map(([n, e]) => `num({ ${n}, key: ${e} }.${n})`),
  ),
  body: fc
    .tuple(
      fc.uniqueArray(
        fc.tuple(fc.constantFrom("const", "let", "var", "function", "class", "block", "catch", "for"), name),
        {
          selector: ([, n]) => n,
          maxLength: 3,
        },
      ),
      tie("expression"),
    )
    .map(
      ([declarations, e]) =>
        `${declarations.map(([kind, n]) => declaration(kind, n)).join(" ")} return ${e};`,
    ),
}));

function declaration(kind: string, n: string): string {
  switch (kind) {
    case "function":
      return `function ${n}(x) { return 5; }`;
    case "class":
      return `class ${n} {}`;
    case "block":
      return `{ let ${n} = 4; x += ${n}; }`;
    case "catch":
      return `try { throw 1; } catch (${n}) { x += ${n}; }`;
    case "for":
      return `for (const ${n} of [1, 2]) x += ${n};`;
    default:
      return `${kind} ${n} = 6;`;
  }
}

/** A function to mark, inside scopes that shadow some of the module's names. */
const module = fc
  .tuple(
    body,
    fc.constantFrom("const", "function", "let", "param", "none"),
    name,
    fc.constantFrom("inline", "declared", "constant"),
    fc.array(expression, { minLength: 4, maxLength: 4 }),
  )
  .map(([text, around, n, form, helpers]) => {
    const mark = {
      inline: `out(differentiable((x) => { ${text} }))`,
      declared: `function marked(x) { ${text} } out(differentiable(marked))`,
      constant: `const marked = function (x) { ${text} }; out(differentiable(marked))`,
    }[form];
    const inner = around === "none" || around === "param" ? mark : `${declaration(around, n)} ${mark}`;
    const place = around === "param" ? `((${n}) => { ${inner} })(7)` : `{ ${inner} }`;
    const [a = "1", b = "1"] = helpers;
    return `import { differentiable } from "nabla";
let a = 1, b = 2; const c = (x) => x > 0 ? num(${a.length}) + d(x - 1) : 0; function d(x) { return x > 0 ? c(x - 1) + b : ${b.length}; }
${place}`;
  });

/** Numbers from whatever a name stands for: functions are called, so that captured helpers count. */
const num = (value: unknown): number => {
  if (typeof value !== "function") return Number(value);
  return /^class/.test(String(value)) ? 11 : Number(value(2));
};

function run(code: string, differentiable: (f: F, closure?: Omit<Marked, "f">) => F): unknown[] {
  const results: unknown[] = [];
  const text = code.replace(/^import .*$/m, '"use strict";');
  new Function("differentiable", "num", "out", text)(differentiable, num, (f: F) => results.push(f(2)));
  return results;
}

function valuesOf(code: string): readonly unknown[] | undefined {
  try {
    return run(code, (f) => f);
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return undefined;
    throw error;
  }
}

test("rewriting changes no value, and source with scope is the function", () => {
  fc.assert(
    fc.property(module, (code) => {
      const plain = valuesOf(code);
      // Some random functions read a name above its declaration, or never end.
      fc.pre(plain !== undefined);
      const records: Marked[] = [];
      const result = transform(code, "random.js");
      const rewritten = run(result?.code ?? "", (f, closure) => {
        if (closure) records.push({ f, ...closure });
        return f;
      });
      expect(rewritten).toEqual(plain);
      const { source, scope } = records[0] ?? { source: "", scope: () => ({}) };
      const captured = scope();
      const rebuilt = new Function("num", ...Object.keys(captured), `"use strict"; return (${source});`);
      expect(rebuilt(num, ...Object.values(captured))(2)).toEqual(plain?.[0]);
    }),
    { seed: 20240607, numRuns: 400 },
  );
});
