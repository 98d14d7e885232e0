/** Every `$ nabla ...` line in the `sh` blocks of the documents prints the lines below it. */

import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isPrinted } from "../tools/printed.ts";
import { root, writeFolder } from "../tools/tsc.ts";
import type { Block } from "./blocks.ts";
import { allBlocks } from "./sources.ts";

interface Command {
  readonly place: string;
  readonly text: string;
  readonly expected: string;
}

/** The `$ nabla` lines of a block, each with the lines below it up to the next `$`. */
function commandsOf(block: Block): Command[] {
  const parts = block.code.split(/^(?=\$ )/m);
  let line = block.line;
  return parts.flatMap((part) => {
    const place = `${block.file}:${line}`;
    line += part.split("\n").length - 1;
    const [first = "", ...expected] = part.split("\n");
    if (!first.startsWith("$ nabla")) return [];
    return [{ place, text: first.slice(2), expected: expected.join("\n") }];
  });
}

const blocks = allBlocks().filter((block) => block.language === "sh" && !block.flags.includes("no-run"));
const main = join(root, "dist/node/cli/main.js");
const bin = writeFolder(
  "docs-bin",
  new Map([["nabla", `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`]]),
);
chmodSync(join(bin, "nabla"), 0o755);
const folder = mkdtempSync(join(tmpdir(), "nabla-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

function runShell(text: string): Promise<string> {
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    NO_COLOR: "1",
    FORCE_COLOR: "0",
  };
  return new Promise((resolve) => {
    execFile("sh", ["-c", `${text} 2>&1`], { cwd: folder, env }, (_error, stdout) => resolve(stdout));
  });
}

test("the command is built", () => {
  expect(existsSync(main), "dist/node/cli/main.js is missing: run `npm run build` first").toBe(true);
});

for (const { place, text, expected } of blocks.flatMap(commandsOf)) {
  test(`${place} $ ${text}`, async () => {
    const printed = await runShell(text);
    const verdict = isPrinted(expected, printed) ? expected : printed;
    expect(verdict, `${place} prints something else than the document says`).toBe(expected);
  });
}
