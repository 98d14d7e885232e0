import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { emptyDirectory, start } from "./command.ts";

/** Enough to learn something, and short: a hundred steps on 2,000 digits. */
const SHORT = ["--limit", "2000", "--epochs", "1", "--batch-size", "20", "--rate", "0.05"];

test("a short run learns, says so in JSON, and writes a report that can be read anywhere", async () => {
  const directory = emptyDirectory();
  const { code, stdout, stderr } = await start(directory, ...SHORT, "--json").finished;
  expect(stderr).toMatch(/^epoch 1\/1 {2}25 % {2}loss \d\.\d{4} {2}rate 0\.0\d+ {2}[\d,]+ examples\/s$/m);
  expect(code).toBe(0);

  expect(stdout.trim().split("\n")).toHaveLength(1);
  const summary: unknown = JSON.parse(stdout);
  expect(summary).toMatchObject({
    testAccuracy: expect.any(Number),
    seconds: expect.any(Number),
    epochs: 1,
    batchSize: 20,
    rate: 0.05,
    momentum: 0.9,
    seed: 1,
    trainingDigits: 2000,
    report: "report.html",
    history: [{ epoch: 1, loss: expect.any(Number), testAccuracy: expect.any(Number) }],
  });
  expect(summary).toHaveProperty("testAccuracy", expect.closeTo(0.9, 1));

  expect(readdirSync(directory)).toEqual(["report.html"]);
  expectReport(readFileSync(join(directory, "report.html"), "utf8"));
});

function expectReport(html: string): void {
  const { document } = parseHTML(html);
  expect(html.startsWith("<!doctype html>")).toBe(true);
  expect(document.querySelectorAll(".digit svg path").length).toBeGreaterThan(16);
  const digits = [...document.querySelectorAll(".digit")];
  expect(digits).toHaveLength(16);
  for (const digit of digits) {
    const label = digit.querySelector("svg")?.getAttribute("aria-label");
    const predicted = digit.querySelector("b")?.textContent;
    const isRight = label === `A handwritten ${predicted}`;
    expect(digit.className).toBe(`digit ${isRight ? "right" : "wrong"}`);
    expect(digit.textContent).toMatch(isRight ? /✓ right.*%$/ : /✗ is \d.*%$/);
  }
  const curve = document.querySelector(".curve svg [aria-label='line'] path");
  expect(curve?.getAttribute("d")?.split("L").length).toBeGreaterThan(50);
  // Nothing is fetched and nothing is run.
  expect(html).not.toMatch(/<(script|link|img|iframe)|@import|url\(|(src|href)=/i);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
}

test("the same seed gives the same digits and accuracy, another seed another network", async () => {
  const accuracy = async (seed: string): Promise<unknown> => {
    const args = ["--limit", "300", "--epochs", "2", "--seed", seed, "--json"];
    const { stdout } = await start(emptyDirectory(), ...args).finished;
    const summary: unknown = JSON.parse(stdout);
    const history = Object(summary).history;
    return history.map((record: { loss: number; testAccuracy: number }) => [
      record.loss,
      record.testAccuracy,
    ]);
  };
  const [first, again, other] = await Promise.all([accuracy("7"), accuracy("7"), accuracy("8")]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("without --json it tells people what it did, in plain lines where there is no terminal", async () => {
  const { code, stdout, stderr } = await start(emptyDirectory(), "--limit", "150", "--epochs", "2").finished;
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/784-128-10 network/);
  expect(stdout.match(/^epoch [12]\/2 {2}loss \d\.\d{4} {2}test accuracy \d+\.\d\d % .* s$/gm)).toHaveLength(
    2,
  );
  expect(stdout).toMatch(/^Test accuracy \d+\.\d\d %: [\d,]+ of 10,000 digits right\. It took \d+\.\d s\.$/m);
  expect(stdout).toMatch(/report\.html\.\n$/);
  // No escape sequences in a file.
  expect(stdout).not.toContain("\u001b");
});

test("a rate that is too high ends in a sentence and without a report", async () => {
  const directory = emptyDirectory();
  const args = ["--limit", "500", "--epochs", "3", "--batch-size", "10", "--rate", "1e30"];
  const { code, stderr } = await start(directory, ...args).finished;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Training diverged: the loss is \S+ at step \d+, and no report was written\. Try .*--rate /,
  );
  expect(readdirSync(directory)).toEqual([]);
});
