/** A training of a hundred thousand steps needs no more memory than one of ten thousand. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("long-run.mjs", import.meta.url));

/** What is remembered of a run has its full size after some thousand epochs; code that V8 compiles later is counted as well. */
const mostGrowth = 1e6;

test("memory stays flat over 100,000 steps", { timeout: 240_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script]);
  const [early = 0, late = Number.NaN] = stdout.trim().split(" ").map(Number);
  expect(early).toBeGreaterThan(0);
  expect(late - early).toBeLessThan(mostGrowth);
});
