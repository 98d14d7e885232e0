import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyDirectory, start } from "./command.ts";

/** 128 + the signal's number, by the shells' convention. */
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

test.each(SIGNALS)("%s ends training with a sentence, code %i, and no file", async (signal, exitCode) => {
  const directory = emptyDirectory();
  const job = start(directory, "--epochs", "100", "--limit", "6000");
  await job.says(/^epoch 1\/100 .* examples\/s$/m);
  job.process.kill(signal);
  const { code, stderr } = await job.finished;
  expect(stderr).toBe(`Interrupted (${signal}): training has stopped, and no report was written.\n`);
  expect(code).toBe(exitCode);
  expect(readdirSync(directory)).toEqual([]);
});

test("the report of an earlier run survives", async () => {
  const directory = emptyDirectory();
  const report = join(directory, "mine.html");
  writeFileSync(report, "an earlier report");
  const job = start(directory, "--epochs", "100", "--limit", "6000", "--report", report);
  await job.says(/^epoch 1\/100 .* examples\/s$/m);
  job.process.kill("SIGINT");
  expect((await job.finished).code).toBe(130);
  expect(readdirSync(directory)).toEqual(["mine.html"]);
  expect(readFileSync(report, "utf8")).toBe("an earlier report");
});
