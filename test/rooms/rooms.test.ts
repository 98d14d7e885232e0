/** The house's rules hold for the sources, and the checker finds each way to break them. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkRooms } from "../../scripts/rooms.mjs";

/** What the checker says about a made-up tree of files. */
function problemsOf(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "nabla-rooms-"));
  try {
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
    return checkRooms(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the sources keep the rules of the house", () => {
  expect(checkRooms(join(import.meta.dirname, "../.."))).toEqual([]);
});

describe("a tree that keeps the rules has no problems", () => {
  const kept: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "imports go up": {
      "src/core/errors.ts": "export const a = 1;",
      "src/tensor/index.ts": 'import { a } from "../core/errors.ts"; export const b = a;',
      "src/index.ts":
        '/** Everything. */\nexport * from "./tensor/index.ts";\nexport type { C } from "./core/c.ts";',
      "src/core/c.ts": "export type C = 1;",
      "cli/main.ts": 'import { b } from "../src/index.ts"; import { Command } from "commander"; b; Command;',
      "plugin/index.ts": 'import "../src/expression/index.ts"; import "unplugin";',
      "src/expression/index.ts": 'import { parse } from "acorn"; parse;',
    },
    "types of one room refer to each other": {
      "src/core/a.ts": 'import type { B } from "./b.ts"; export interface A { b: B }',
      "src/core/b.ts": 'import { type A } from "./a.ts"; export interface B { a: A }',
    },
    "the names eval and Function in words and types": {
      "src/core/a.ts": "/** No eval() here. */ export const f: Function = () => 'new Function()';",
    },
    "tests look where they like": {
      "src/core/a.test.ts": 'import "../tensor/index.ts"; import "vitest";',
    },
  };
  test.each(Object.keys(kept))("%s", (name) => {
    expect(problemsOf(kept[name] ?? {})).toEqual([]);
  });
});

describe("each broken rule is one sentence that names the file, the import and the remedy", () => {
  const broken: ReadonlyArray<readonly [rule: string, files: Record<string, string>, sentence: string]> = [
    [
      "a room imports from a room below",
      { "src/tensor/a.ts": '\nimport { grad } from "../autodiff/grad.ts"; grad;' },
      'src/tensor/a.ts:2 imports "../autodiff/grad.ts"; tensor lies above autodiff, and data flows down: tensor ' +
        "may import from core. Move the shared part up, or pass it in as an argument.",
    ],
    [
      "a type from a room below",
      { "src/tensor/a.ts": 'import type { Grad } from "../autodiff/grad.ts"; export type A = Grad;' },
      'src/tensor/a.ts:1 imports "../autodiff/grad.ts"; tensor lies above autodiff',
    ],
    [
      "a type from a room below, written in place",
      { "src/tensor/a.ts": 'export type A = import("../autodiff/grad.ts").Grad;' },
      'src/tensor/a.ts:1 imports "../autodiff/grad.ts"; tensor lies above autodiff',
    ],
    [
      "a re-export from a room below",
      { "src/core/a.ts": 'export * from "../tensor/index.ts";' },
      'src/core/a.ts:1 imports "../tensor/index.ts"; core lies above tensor, and data flows down: core may import from nothing.',
    ],
    [
      "an import at run time from a room below",
      { "src/core/a.ts": 'export const later = () => import("../tensor/index.ts");' },
      'src/core/a.ts:1 imports "../tensor/index.ts"; core lies above tensor',
    ],
    [
      "a room imports the index",
      { "src/core/a.ts": 'import "../index.ts";' },
      'src/core/a.ts:1 imports "../index.ts"; no room imports the index, which lies below all. Import from the room that defines it.',
    ],
    [
      "the index does something itself",
      { "src/index.ts": "export const version = 1;" },
      "src/index.ts:1 has a statement of its own; the index only re-exports. Move it into the room it belongs to.",
    ],
    [
      "the library knows the command line",
      { "src/data/a.ts": 'import "../../cli/main.ts";' },
      'src/data/a.ts:1 imports "../../cli/main.ts"; src/ is the library and knows nothing outside itself. Move what it needs into a room of src/.',
    ],
    [
      "the plugin reaches past the expressions",
      { "plugin/a.ts": 'import "../src/tensor/index.ts";' },
      'plugin/a.ts:1 imports "../src/tensor/index.ts"; plugin/ imports only from src/expression and plugin. Move what it needs there, or do without.',
    ],
    [
      "a package where none may be",
      { "src/tensor/a.ts": 'import { parse } from "acorn"; parse;' },
      'src/tensor/a.ts:1 imports "acorn"; only src/expression may, since src runs in browsers and stays small. ' +
        "Do it in a room that may, or list it in scripts/rooms.json.",
    ],
    [
      "a Node module outside data",
      { "src/tensor/a.ts": 'import "node:fs";' },
      'src/tensor/a.ts:1 imports "node:fs"; only src/data may',
    ],
    [
      "an unknown package",
      { "src/data/a.ts": 'import "left-pad";' },
      'src/data/a.ts:1 imports "left-pad"; no room of src may',
    ],
    [
      "a folder that is no room",
      { "src/utils/a.ts": "export const a = 1;" },
      "src/utils/a.ts lies in no room; src holds index.ts and the rooms listed in scripts/rooms.json. " +
        "Move the file into a room, or add its folder to that list where it belongs in the order.",
    ],
    [
      "an import of a test",
      { "src/core/a.ts": 'import "./b.test.ts";' },
      'src/core/a.ts:1 imports "./b.test.ts"; a test is nobody\'s import. Move what is shared into a file of its own.',
    ],
    [
      "a circle",
      {
        "src/core/a.ts": 'import { b } from "./b.ts"; export const a = b;',
        "src/core/b.ts": 'import { c } from "./c.ts"; export const b = c;',
        "src/core/c.ts": 'import { a } from "./a.ts"; export const c = a;',
      },
      "src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts is a circle of imports; files must be " +
        "readable from one end. Move what both ends need into a file of its own, or pass it in as an argument.",
    ],
    [
      "a file that imports itself",
      { "cli/a.ts": 'import "./a.ts";' },
      "cli/a.ts -> cli/a.ts is a circle of imports",
    ],
    [
      "eval",
      { "src/core/a.ts": 'export const a = eval("1");' },
      "src/core/a.ts:1 calls `eval`; nothing is ever run from text, so that Nabla works under a strict " +
        "Content-Security-Policy. Walk the parsed tree instead (src/expression).",
    ],
    ["new Function", { "cli/a.ts": 'new Function("return 1");' }, "cli/a.ts:1 calls `Function`"],
    [
      "eval by way of the global object",
      { "plugin/a.ts": 'globalThis.eval("1");' },
      "plugin/a.ts:1 calls `eval`",
    ],
  ];
  test.each(broken)("%s", (_rule, files, sentence) => {
    expect(problemsOf(files)).toEqual([expect.stringContaining(sentence)]);
  });
});

test("a file that does not parse is named", () => {
  expect(() => problemsOf({ "src/core/a.ts": "export const = 1;" })).toThrow(
    /src\/core\/a\.ts does not parse/,
  );
});
