/** Every example is short, runs, and prints what the `// prints:` lines at its end say. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isPrinted, withPrinting } from "../tools/printed.ts";
import { root } from "../tools/tsc.ts";

const folder = join(root, "examples");
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];

test("there are examples", () => {
  expect(names).not.toEqual([]);
});

describe.each(names.sort())("examples/%s", (name) => {
  const text = readFileSync(join(folder, name), "utf8").trimEnd();
  const [, expected] = text.split(/^\/\/ prints:[ \t]*\n?/m);

  test("is named NN-short-name.ts and has at most 30 lines", () => {
    expect(name).toMatch(/^\d\d-[a-z0-9-]+\.ts$/);
    expect(text.split("\n").length).toBeLessThanOrEqual(30);
  });

  test("prints what it says", async () => {
    if (expected === undefined)
      throw new Error("end the example with `// prints:` and its output, each line a comment");
    const said = expected.replaceAll(/^\/\/ ?/gm, "").trim();
    const printed: string[] = [];
    await withPrinting(
      (line) => printed.push(line),
      () => import(/* @vite-ignore */ join(folder, name)),
    );
    const actual = printed.join("\n");
    expect(isPrinted(said, actual) ? said : actual).toBe(said);
  });
});
