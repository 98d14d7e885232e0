/** A training that is killed at twenty moments and resumed ends with the bits of one that was left in peace. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const script = fileURLToPath(new URL("training.mjs", import.meta.url));
const kills = 20;

/** Runs the training; kills it after so many steps and milliseconds more. What it said. */
function run(
  folder: string,
  kill?: { readonly steps: number; readonly milliseconds: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    let isCalledOff = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (kill === undefined || isCalledOff || said.split("\n").length <= kill.steps) return;
      isCalledOff = true;
      setTimeout(() => child.kill("SIGKILL"), kill.milliseconds);
    });
    child.on("error", reject).on("close", () => resolve(said));
  });
}

const lastLine = (said: string): string => said.trim().split("\n").at(-1) ?? "";

test(`${kills} times SIGKILL, and the same bits`, { timeout: 240_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), "nabla-kill-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const whole = lastLine(await run(join(directory, "whole")));
  expect(whole).toMatch(/^max-steps 600 [0-9a-f]{64}$/);
  const path = join(directory, "killed");
  // Moments spread over steps, and over what happens between them: writing, syncing, renaming, removing.
  for (let k = 0; k < kills; k++) {
    const said = await run(path, { steps: 1 + ((k * 7) % 25), milliseconds: (k * 13) % 10 });
    expect(lastLine(said)).toMatch(/^step \d+$/);
  }
  expect(lastLine(await run(path))).toBe(whole);
});
