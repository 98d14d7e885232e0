/** A writer that dies at any moment leaves whole checkpoints, the newest at least as new as the last that was acknowledged. */
import { type ChildProcess, spawn } from "node:child_process";
import * as files from "node:fs";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkpointFolder, readCheckpointFolder } from "./index.ts";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "nabla-kill-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(parent, { recursive: true });
});

/** Bytes that tell their step. */
const content = (step: number): Buffer => Buffer.alloc(200_000, step % 251);

/** What a reader finds after a death: whole, and nothing that was acknowledged is lost. Gives the newest step. */
function expectWhole(path: string, acknowledged: number): number {
  const latest = readCheckpointFolder(path).latest();
  const step = latest?.step ?? 0;
  expect(step).toBeGreaterThanOrEqual(acknowledged);
  expect(latest?.passedOver ?? []).toEqual([]);
  if (latest !== undefined) expect(content(step).equals(latest.files.x ?? Buffer.alloc(0))).toBe(true);
  return step;
}

/** From the n-th operation on files on, all fail, as if there were no process any more. Gives the number of operations so far. */
function dieAt(n: number): () => number {
  let operations = 0;
  const dying = new Proxy(files, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function" || name === "existsSync") return own;
      return (...given: unknown[]): unknown => {
        operations += 1;
        if (operations >= n) throw new Error("dead");
        return Reflect.apply(own, target, given);
      };
    },
  });
  const load = process.getBuiltinModule;
  const loadDying = (name: string): unknown => (name === "node:fs" ? dying : load(name));
  vi.spyOn(process, "getBuiltinModule").mockImplementation(loadDying as typeof load);
  return () => operations;
}

/** Continues a run of two steps, of which the first is the best, and gives the last step that was acknowledged. */
function writeMore(path: string): number {
  let acknowledged = 2;
  try {
    const folder = checkpointFolder(path, { keep: 1, from: 2 });
    for (const step of [2, 3, 4]) {
      folder.write(step, { x: content(step) }, { isBest: step === 3 });
      acknowledged = step;
    }
    folder.close();
  } catch {
    // Dead.
  }
  return acknowledged;
}

test("between any two operations on files", { timeout: 120_000 }, () => {
  for (let n = 1; n < 1000; n++) {
    const path = join(parent, String(n));
    const before = checkpointFolder(path, { keep: 1 });
    before.write(1, { x: content(1) }, { isBest: true });
    before.write(2, { x: content(2) });
    before.close();
    const operations = dieAt(n);
    const acknowledged = writeMore(path);
    const isLast = operations() < n;
    vi.restoreAllMocks();
    const step = expectWhole(path, acknowledged);
    expect(readCheckpointFolder(path).best()?.step).toBe(step < 3 ? 1 : 3);
    // Whoever continues clears away what was left.
    const next = checkpointFolder(path, { keep: 1, from: step });
    next.write(9, { x: content(9) }, { isBest: true });
    next.close();
    expect(readdirSync(path)).toEqual(["step-000000009"]);
    if (isLast) return expect(n).toBeGreaterThan(50);
  }
  expect.unreachable("the run never ends");
});

const writer = `
import { writeSync } from "node:fs";
import { checkpointFolder, readCheckpointFolder } from "./index.ts";
const path = process.argv[2];
const from = readCheckpointFolder(path).latest()?.step;
const folder = checkpointFolder(path, from === undefined ? {} : { from });
for (let step = (from ?? 0) + 1; ; step++) {
  folder.write(step, { x: Buffer.alloc(200_000, step % 251) }, { isBest: step % 3 === 0 });
  writeSync(1, step + "\\n");
}`;

/** Lets a writer work until it has acknowledged so many checkpoints, and some milliseconds longer; gives the last step it acknowledged. */
async function killed(child: ChildProcess, acknowledgements: number, delay: number): Promise<number> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject).on("close", () => resolve());
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.split("\n").length > acknowledgements) setTimeout(() => child.kill("SIGKILL"), delay);
    });
  });
  return Number(said.split("\n").at(-2) ?? 0);
}

test("by SIGKILL, twenty times, each continued by the next", { timeout: 120_000 }, async () => {
  const script = join(parent, "writer.mjs");
  const stdin = { contents: writer, resolveDir: import.meta.dirname, loader: "ts" } as const;
  buildSync({ stdin, bundle: true, platform: "node", format: "esm", outfile: script, logLevel: "error" });
  const path = join(parent, "run");
  let step = 0;
  for (let i = 0; i < 20; i++) {
    const child = spawn(process.execPath, [script, path], { stdio: ["ignore", "pipe", "inherit"] });
    const acknowledged = await killed(child, i % 4, (i * 7) % 23);
    expect(acknowledged === 0 || acknowledged > step).toBe(true);
    step = expectWhole(path, Math.max(step, acknowledged));
  }
  expect(step).toBeGreaterThanOrEqual(20);
});
