/** Running the built main job in a directory of its own. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../dist/node/cli/start.js", import.meta.url));

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Running {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves once what was written so far matches. */
  readonly says: (pattern: RegExp) => Promise<void>;
  readonly finished: Promise<Finished>;
}

/** An empty directory that goes when the test ends. */
export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "nabla-main-job-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Starts the main job in `directory`, without a terminal and without colours. */
export function start(directory: string, ...args: readonly string[]): Running {
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    cwd: directory,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      written[stream] += text;
    });
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, ...written }));
  });
  const says = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(written.stdout + written.stderr)) resolve();
      };
      child.stdout.on("data", look);
      child.stderr.on("data", look);
      child.on("close", () =>
        reject(new Error(`ended without saying ${pattern}: ${JSON.stringify(written)}`)),
      );
      look();
    });
  return { process: child, says, finished };
}
