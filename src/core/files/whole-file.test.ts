/** What files promise on a system that is there, by what can be seen of them. */
import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ArgumentError, FileError } from "../errors.ts";
import { fileSystem } from "./file-system.ts";
import { readWhole, replaceFile, writeWhole } from "./whole-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nabla-files-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
const write = (path: string, data: string | Uint8Array): void => writeWhole("save", path, data, "use bytes");

test("a file is written, replaced and read, and nothing lies beside it", () => {
  const path = join(folder, "net");
  write(path, "one");
  write(path, Uint8Array.of(1, 2));
  expect([...readWhole("load", path, "")]).toEqual([1, 2]);
  expect(readdirSync(folder)).toEqual(["net"]);
});

test("a link stays one, a pipe is not replaced", () => {
  const [path, link, pipe] = ["net", "link", "pipe"].map((name) => join(folder, name));
  writeFileSync(path ?? "", "one");
  symlinkSync(path ?? "", link ?? "");
  write(link ?? "", "two");
  expect(lstatSync(link ?? "").isSymbolicLink()).toBe(true);
  expect(readFileSync(path ?? "", "utf8")).toBe("two");
  execFileSync("mkfifo", [pipe ?? ""]);
  expect(() => write(pipe ?? "", "")).toThrow("cannot be written (it is no ordinary file); choose a path");
});

test("what fails half-way leaves the old file and nothing else", () => {
  const path = join(folder, "net");
  write(path, "one");
  const system = fileSystem("test", "");
  const fs = { ...system.fs, renameSync: vi.fn().mockThrow(new Error("full")) };
  expect(() => replaceFile({ ...system, fs }, path, "two")).toThrow("full");
  expect(readdirSync(folder)).toEqual(["net"]);
  expect(readFileSync(path, "utf8")).toBe("one");
});

test("what cannot be is said with the call and the path", () => {
  expect(() => write(folder, "")).toThrow(
    new FileError(
      `save(${JSON.stringify(folder)}): cannot be written (it is a folder); choose a path in a folder that exists and may be written`,
    ),
  );
  expect(() => write(join(folder, "no", "net"), "")).toThrow("cannot be written (ENOENT)");
  expect(() => write(join(folder, "a\0b"), "")).toThrow("cannot be written (ERR_INVALID_ARG_VALUE)");
  expect(() => readWhole("load", join(folder, "no"), "")).toThrow("there is no such file; check the path");
  expect(() => readWhole("load", folder, "")).toThrow("cannot be read (EISDIR); check what it is");
  expect(() => write("", "")).toThrow(new ArgumentError('save: needs the path of a file as text; got ""'));
});

test("where there are no files, the remedy is said", () => {
  for (const host of [undefined, { env: {} }]) {
    vi.spyOn(globalThis, "process", "get").mockReturnValue(host as unknown as NodeJS.Process);
    expect(() => write("net", "")).toThrow("save(path): there are no files here; use bytes");
  }
});
