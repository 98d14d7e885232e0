import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { FileError } from "../src/index.ts";
import { obstacle, writeWhole } from "./write-file.ts";

const directory = mkdtempSync(join(tmpdir(), "nabla-write-file-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("a file is written and replaced, and nothing else is left", () => {
  const path = join(directory, "page.html");
  expect(obstacle(path)).toBeUndefined();
  writeWhole(path, "one");
  writeWhole(path, "two");
  expect(readFileSync(path, "utf8")).toBe("two");
  expect(readdirSync(directory)).toEqual(["page.html"]);
});

test("a path that turns out to be a directory is a FileError and leaves nothing", () => {
  const path = join(directory, "folder");
  mkdirSync(path);
  expect(obstacle(path)).toMatch(/folder is a directory$/);
  expect(() => writeWhole(path, "text")).toThrow(FileError);
  expect(readdirSync(directory).sort()).toEqual(["folder", "page.html"]);
});

test("a name that the file system refuses is a FileError", () => {
  const path = join(directory, `${"x".repeat(252)}.svg`);
  expect(() => writeWhole(path, "text")).toThrow(FileError);
});
