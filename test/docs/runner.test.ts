/** The machinery behind the tested documents, on made-up ones. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isPrinted, withPrinting } from "../tools/printed.ts";
import { writeFolder } from "../tools/tsc.ts";
import { findBlocks } from "./blocks.ts";
import { declaredNames, programOf, Watch } from "./program.ts";

const fence = "```";

describe("blocks", () => {
  test("of Markdown, with language, flags and the line of the code", () => {
    const text = `# Title\n\n${fence}ts no-run\nconst a = 1;\n\na;\n${fence}\n\n- item\n  ${fence}sh\n  $ nabla\n  ${fence}\n`;
    expect(findBlocks("README.md", text)).toEqual([
      {
        file: "README.md",
        line: 4,
        language: "ts",
        flags: ["no-run"],
        code: "const a = 1;\n\na;",
        inComment: false,
      },
      { file: "README.md", line: 11, language: "sh", flags: [], code: "$ nabla", inComment: false },
    ]);
  });

  test("of doc comments, and of nothing else in a source", () => {
    const text = `const s = "${fence}";\n/**\n * Sum.\n *\n * ${fence}ts\n * if (a) {\n *   b;\n * }\n * ${fence}\n */\nexport const c = 1;\n`;
    expect(findBlocks("src/a.ts", text)).toEqual([
      { file: "src/a.ts", line: 6, language: "ts", flags: [], code: "if (a) {\n  b;\n}", inComment: true },
    ]);
  });

  test("that stay open are named", () => {
    expect(() => findBlocks("README.md", `text\n${fence}ts\na;\n`)).toThrow("README.md:2 opens a code block");
  });
});

describe("promises", () => {
  let made = 0;
  /** The broken promises of a block that begins on line 10 of its document. */
  async function brokenIn(code: string): Promise<string[]> {
    const name = `made-${made++}.ts`;
    const folder = writeFolder(`docs-made/${name}`, new Map([[name, programOf(code, 10)]]));
    const watch = new Watch();
    Object.assign(globalThis, { nablaDocsWatch: watch });
    await withPrinting(watch.print, () => import(/* @vite-ignore */ join(folder, name)));
    return watch.broken;
  }

  test.each([
    ["what is printed", 'console.log("a", 1); // a 1'],
    ["what is printed, with an arrow", 'console.log("a", 1); // → a 1'],
    ["a value", "1 + 1; // → 2"],
    ["a value without a semicolon", "1 + 1 // → 2"],
    ["a constant", "const a = [1, 2]; // → [1, 2]"],
    ["an awaited value", "await Promise.resolve(3); // → 3"],
    ["several lines", "console.log([1, 2].join(';\\n'));\n// → 1;\n// → 2"],
    ["a statement of several lines", "Math.max(\n  1,\n  2,\n); // → 2"],
    ["what a loop prints", "for (const i of [1, 2]) console.log(i); // → 1 2"],
    ["digits left out", "Math.PI; // → 3.14…"],
    ["an error", "null.x; // throws TypeError"],
    ["an awaited error", 'await Promise.reject(new Error("no")); // throws Error: no'],
    ["nothing, for a comment without arrow", "1 + 1; // three"],
    ["nothing, for a comment on its own line", "console.log(1);\n// two"],
  ])("kept: %s", async (_name, code) => {
    expect(await brokenIn(code)).toEqual([]);
  });

  test.each([
    ["console.log(1); // 2", "line 10 prints\n1\nwhere the document says\n2"],
    ["\nconst a = 1; // → 2", "line 11 prints\n1\nwhere the document says\n2"],
    ["1; // throws Error", "line 10 throws nothing; the document says\nError"],
    ["null.x; // throws RangeError", "line 10 throws\nTypeError: Cannot read"],
  ])("broken: %j", async (code, sentence) => {
    expect(await brokenIn(code)).toEqual([expect.stringContaining(sentence)]);
  });

  test("the names a block declares are its own", () => {
    const code =
      "import { a, b as c } from 'm'; const { d, e: [f, ...g], h = 1 } = x; function i() {} let j;";
    expect(declaredNames(code)).toEqual(["a", "c", "d", "f", "g", "h", "i", "j"]);
  });
});

test("printed text is compared without regard to spacing and quotation marks", () => {
  expect(isPrinted('{a: ["b"]}', "{ a: [ 'b' ] }")).toBe(true);
  expect(isPrinted("1 … 3", "1\n2\n3")).toBe(true);
  expect(isPrinted("1 2", "12")).toBe(false);
  expect(isPrinted("1.5", "125")).toBe(false);
});
