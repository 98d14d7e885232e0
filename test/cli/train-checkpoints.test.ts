/** `nabla train --checkpoint` and `--resume`, as built: what was interrupted or killed ends with the figures of a run that was not. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commandLine, nabla } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "nabla-checkpoints-"));
const file = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** What bits decide. */
function figuresOf({ stdout }: { readonly stdout: string }): object {
  const { epochs, steps, trainLoss, testLoss, testAccuracy, reason } = JSON.parse(stdout);
  return { epochs, steps, trainLoss, testLoss, testAccuracy, reason };
}

/** The newest checkpoint in a folder. */
function newest(run: string): number {
  const names = existsSync(run) ? readdirSync(run) : [];
  return Math.max(0, ...names.map((name) => Number(/^step-(\d+)/.exec(name)?.[1] ?? 0)));
}

/** Starts a run and ends it by a signal once it has come some steps further; its exit code and what it printed. */
function ended(
  args: readonly string[],
  run: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; stdout: string }> {
  const [node = "", main = ""] = commandLine;
  const child = spawn(node, [main, "train", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const printed: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => printed.push(data));
  const first = newest(run);
  const watch = setInterval(() => {
    if (newest(run) < first + 30) return;
    // Once: the second signal would end it at once.
    clearInterval(watch);
    child.kill(signal);
  }, 5);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code, stdout: Buffer.concat(printed).toString() });
    });
  });
}

const run = (name: string): string[] => [
  ...["iris", "--model", "mlp:16", "--epochs", "3000", "--schedule", "cosine", "--ema", "0.9", "--seed", "5"],
  ...["--checkpoint", file(name), "--every", "20steps"],
];

describe("a run of which only the folder is left", () => {
  test("Ctrl-C keeps a checkpoint, says how to go on and ends with 130; killed and resumed, it ends as if nothing had been", async () => {
    const whole = nabla(["train", ...run("whole"), "--epochs", "60", "--json"]);
    const short = [...run("cut"), "--epochs", "60"];
    // Every step is kept, so that there is time to come between.
    const slow = [...short, "--every", "1"];
    const interrupted = await ended(slow, file("cut"), "SIGINT");
    expect(interrupted.code).toBe(130);
    expect(interrupted.stdout).toMatch(/^ended +aborted: interrupted; \d+ steps/m);
    expect(interrupted.stdout).toContain(`nabla train --resume ${file("cut")}`);
    const killed = await ended(["--resume", file("cut"), "--every", "1"], file("cut"), "SIGKILL");
    expect(killed.code).toBe(null);
    const resumed = nabla(["train", "--resume", file("cut"), "--json"]);
    expect(resumed.code).toBe(0);
    expect(figuresOf(resumed)).toEqual(figuresOf(whole));
  });

  test("more epochs make it longer, and end where a run of that length ends", () => {
    const args = ["iris", "--seed", "2", "--json"];
    const long = nabla(["train", ...args, "--epochs", "8"]);
    nabla(["train", ...args, "--epochs", "5", "--checkpoint", file("longer")]);
    const { code, stdout } = nabla(["train", "--resume", file("longer"), "--epochs", "8", "--json"]);
    expect(code).toBe(0);
    expect(figuresOf({ stdout })).toEqual(figuresOf(long));
  });

  test.each([
    [["--lr", "3"], "--lr 3: the run in $ has --lr 0.01; leave it out, or begin a new run"],
    [["--batch-size", "7"], "the run in $ has --batch-size 32"],
    [["--clip-norm", "1"], "the run in $ has no --clip-norm"],
    [["--epochs", "2"], "a run can only be made longer"],
    [["mnist"], 'was trained on iris; leave "mnist" out'],
  ])("%j: %s", (args, sentence) => {
    const { code, stderr } = nabla(["train", "--resume", file("longer"), ...args]);
    expect(stderr).toContain(sentence.replaceAll("$", file("longer")));
    expect(code).toBe(2);
  });

  test("options that agree may be given again", () => {
    const args = ["iris", "--seed", "2", "--lr", "0.01", "--resume", file("longer"), "--json"];
    expect(nabla(["train", ...args]).code).toBe(0);
  });

  test("a schedule that ends with the run cannot be made longer", () => {
    const ends = ["train", "iris", "--schedule", "cosine", "--epochs", "2", "--checkpoint", file("cosine")];
    expect(nabla(ends).code).toBe(0);
    const { code, stderr } = nabla(["train", "--resume", file("cosine"), "--epochs", "4"]);
    expect(code).toBe(2);
    expect(stderr).toContain("the schedule cosine of the run");
  });

  test("a folder with a run is not written to by another", () => {
    const { code, stderr } = nabla(["train", "iris", "--checkpoint", file("longer")]);
    expect(code).toBe(2);
    expect(stderr).toContain(`continue it with --resume ${file("longer")}`);
  });
});
