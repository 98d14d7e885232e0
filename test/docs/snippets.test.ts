/** Every `ts` block of the documents and of the sources' doc comments compiles, runs, and prints what it says. */

import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withPrinting } from "../tools/printed.ts";
import { type Diagnostic, root, typeCheck, writeFolder } from "../tools/tsc.ts";
import type { Block } from "./blocks.ts";
import { declaredNames, programOf, Watch } from "./program.ts";
import { allBlocks } from "./sources.ts";

const place = (block: Block): string => `${block.file}:${block.line}`;
const fileOf = (block: Block): string => `${block.file.replaceAll("/", "__")}.L${block.line}.ts`;

const blocks = allBlocks().filter((block) => block.language === "ts");
const exported = Object.keys(await import("nabla"));
const texts = new Map<Block, string>();
for (const block of blocks) texts.set(block, block.inComment ? await withImports(block) : block.code);
const documents = new Map(blocks.map((block) => [fileOf(block), block.file]));

/** A block of a doc comment need not import what its own file exports; nor, if it imports nothing, what "nabla" does. */
async function withImports(block: Block): Promise<string> {
  const declared = declaredNames(block.code);
  const own = Object.keys(await import(/* @vite-ignore */ join(root, block.file)));
  const common = /from "nabla/.test(block.code) ? [] : exported.filter((name) => !own.includes(name));
  const importing = (names: readonly string[], from: string): string => {
    const used = names.filter((name) => isNamed(block.code, name) && !declared.includes(name));
    return used.length > 0 ? `import { ${used.join(", ")} } from "${from}"; ` : "";
  };
  return importing(own, `../../${block.file}`) + importing(common, "nabla") + block.code;
}

/** Whether code contains a name as a word of its own, and not only as a member of something. */
function isNamed(code: string, name: string): boolean {
  return new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(code);
}

test("all blocks compile, as one program", async () => {
  const files = [...texts].map(([block, code]): [string, string] => {
    return [fileOf(block), `${"\n".repeat(block.line - 1)}${code}\nexport {};\n`];
  });
  const inDocument = ({ file, line, message }: Diagnostic) => `${documents.get(file)}:${line}: ${message}`;
  const problems = files.length > 0 ? await typeCheck(writeFolder("docs-types", new Map(files))) : [];
  expect(problems.map(inDocument)).toEqual([]);
});

const running = blocks.filter((block) => !block.flags.includes("no-run"));
const folder = writeFolder(
  "docs-run",
  new Map(running.map((block) => [fileOf(block), programOf(texts.get(block) ?? "", block.line)])),
);

for (const block of running) {
  test(`${place(block)} runs and prints what it says`, async () => {
    const watch = new Watch();
    Object.assign(globalThis, { nablaDocsWatch: watch });
    await withPrinting(watch.print, () => import(/* @vite-ignore */ join(folder, fileOf(block))));
    expect(watch.broken.map((sentence) => `${block.file}, ${sentence}`)).toEqual([]);
  });
}

afterAll(() => {
  Reflect.deleteProperty(globalThis, "nablaDocsWatch");
});
