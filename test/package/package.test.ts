/** The package as its users get it: what is in it, that every door opens, and that its types arrive. */

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, test } from "vitest";
import { root, runTsc, writeFolder } from "../tools/tsc.ts";

const run = promisify(execFile);
const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);
const doors = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => path.replace(/^\./, "nabla"));

test("holds the build, its types and the papers, and nothing else", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root });
  const packed: unknown = JSON.parse(stdout);
  const paths = JSON.stringify(packed).matchAll(/"path":"([^"]+)"/g);
  const strangers = [...paths]
    .map((match) => match[1] ?? "")
    .filter(
      (path) =>
        !/^dist\/(node\/)?((src|cli|plugin)\/.+|chunks\/.+)\.(js|d\.ts|js\.map)$/.test(path) ||
        /\.test\./.test(path),
    );
  expect(strangers.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
});

test("has nothing that publint objects to", async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test.each(doors)("`%s` opens under plain Node", async (door) => {
  const code = `const module = await import(${JSON.stringify(door)}); console.log(Object.keys(module).length);`;
  const { stderr } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: root });
  expect(stderr).toBe("");
});

describe("types arrive", () => {
  const libraryDoors = doors.filter(
    (door) => !["nabla/data", "nabla/plugin", "nabla/register"].includes(door),
  );

  test.each([
    ["of Node", doors, { module: "nodenext", moduleResolution: "nodenext", skipLibCheck: true }],
    ["of a bundler", doors, { module: "esnext", moduleResolution: "bundler", skipLibCheck: true }],
    [
      "without Node's types",
      libraryDoors,
      { module: "esnext", moduleResolution: "bundler", skipLibCheck: false },
    ],
  ])("at a user %s", async (name, used, options) => {
    const code = used.map((door, i) => `export * as door${i} from "${door}";\n`).join("");
    const compilerOptions = { ...options, target: "es2022", strict: true, noEmit: true, types: [] };
    const files = {
      "index.ts": code,
      "package.json": JSON.stringify({ type: "module" }),
      "tsconfig.json": JSON.stringify({ compilerOptions }),
    };
    const folder = writeFolder(`consumer-${name.replaceAll(/\W+/g, "-")}`, new Map(Object.entries(files)));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/nabla"), "dir");
    expect(await runTsc(folder)).toBe("");
  });
});

test("the library bundles for browsers, without anything of Node's", async () => {
  const bundled = await build({
    stdin: { contents: 'export * from "nabla";', resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  expect(bundled.warnings).toEqual([]);
  expect(Object.keys(bundled.metafile.inputs).filter((path) => path.includes("node:"))).toEqual([]);
});
