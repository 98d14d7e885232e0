/** What is particular to esbuild: its plugins get TypeScript and JSX as written, and compile it themselves. */

import { SourceMap } from "node:module";
import { join } from "node:path";
import { type BuildResult, build } from "esbuild";
import { expect, test } from "vitest";
import { nablaPlugin } from "../../plugin/index.ts";
import { writeFolder } from "../tools/tsc.ts";

const folder = writeFolder(
  "plugin-esbuild",
  new Map([
    [
      "plain.js",
      `import { differentiable } from "nabla";\nlet k = 2;\nexport const f = differentiable((x) => k * x);\nexport const fail = () => { throw k; };\n`,
    ],
    [
      "typed.ts",
      `import { differentiable } from "nabla";\ninterface P { k: number }\nconst p: P = { k: 2 };\nexport const f = differentiable(<T extends number>(x: T): number => p.k * x);\nexport const fail = () => { throw p; };\n`,
    ],
    [
      "view.tsx",
      `import { differentiable } from "nabla";\nconst k: number = 2;\nexport const f = differentiable((x: number) => k * x);\nexport const view = <p>{f(1)}</p>;\n`,
    ],
    [
      "warned.ts",
      `import { differentiable } from "nabla";\nexport class A {\n  private k: number = 1;\n  f = differentiable((x: number) => this.k * x);\n}\n`,
    ],
    [
      "broken.ts",
      `import { differentiable } from "nabla";\nexport const f = differentiable((x: number => x);\n`,
    ],
  ]),
);

function bundle(file: string, exclude?: readonly RegExp[]): Promise<BuildResult<{ write: false }>> {
  return build({
    entryPoints: [join(folder, file)],
    outdir: join(folder, "out"),
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: "esm",
    external: ["nabla"],
    jsxFactory: "h",
    sourcemap: "external",
    logLevel: "silent",
    plugins: [nablaPlugin.esbuild(exclude && { exclude })],
  });
}

const textOf = (result: BuildResult<{ write: false }>, ending: string): string =>
  result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";

test.each([
  ["plain.js", "(x) => k * x", "scope: () => ({ k })"],
  ["typed.ts", "(x) => p.k * x", "scope: () => ({ p })"],
  ["view.tsx", "(x) => k * x", "scope: () => ({ k })"],
])("%s is compiled and recorded", async (file, source, scope) => {
  const code = textOf(await bundle(file), ".js");
  expect(code).toContain(`source: ${JSON.stringify(source)}`);
  expect(code).toContain(scope);
});

test("JSX is compiled by the build's own options", async () => {
  expect(textOf(await bundle("view.tsx"), ".js")).toContain(`h("p", null, f(1))`);
});

test.each([
  ["plain.js", 4],
  ["typed.ts", 5],
])("the source map of %s leads to the file and line as written", async (file, line) => {
  const result = await bundle(file);
  const map = new SourceMap(JSON.parse(textOf(result, ".map")));
  const lines = textOf(result, ".js").split("\n");
  const row = lines.findIndex((text) => text.includes("throw"));
  const entry = map.findEntry(row, lines[row]?.indexOf("throw") ?? 0);
  expect(entry).toMatchObject({
    originalSource: expect.stringMatching(new RegExp(`${file}$`)),
    originalLine: line - 1,
  });
});

test("what was left as it is becomes a warning of the build", async () => {
  const result = await bundle("warned.ts");
  expect(result.warnings).toHaveLength(1);
  expect(result.warnings[0]?.text).toContain("uses `this` of the code around it");
  expect(textOf(result, ".js")).toContain("f = differentiable((x) => this.k * x);");
});

test("a syntax error is esbuild's own", async () => {
  await expect(bundle("broken.ts")).rejects.toThrow(/broken\.ts:2:\d+: ERROR: /);
});

test("`exclude` leaves files alone", async () => {
  expect(textOf(await bundle("plain.js", [/plain/]), ".js")).not.toContain("source:");
});
