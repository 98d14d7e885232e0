import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { EpochRecord } from "../../cli/digits/history.ts";
import { emptyDirectory, start } from "./command.ts";

/** Enough to learn something, and short: a hundred steps on 2,000 digits. */
const SHORT = ["--limit", "2000", "--epochs", "1", "--batch-size", "20", "--rate", "0.05"];

const METHODS = ["SGD with momentum 0.9", "Adam"];

test("a short run learns by both methods, says so in JSON, and writes a report that can be read anywhere", async () => {
  const directory = emptyDirectory();
  const { code, stdout, stderr } = await start(directory, ...SHORT, "--json").finished;
  expect(stderr).toMatch(/^epoch 1\/1 {2}25 % {2}loss \d\.\d{4} {2}rate 0\.0\d+ {2}[\d,]+ examples\/s$/m);
  expect(code).toBe(0);

  expect(stdout.trim().split("\n")).toHaveLength(1);
  const summary: unknown = JSON.parse(stdout);
  expect(summary).toMatchObject({
    testAccuracy: expect.any(Number),
    seconds: expect.any(Number),
    method: expect.stringMatching(/^(momentum|adam)$/),
    epochs: 1,
    batchSize: 20,
    momentum: 0.9,
    seed: 1,
    trainingDigits: 2000,
    report: "report.html",
    kernels: expect.stringMatching(/\w/),
    history: [{ epoch: 1, loss: expect.any(Number), testAccuracy: expect.any(Number) }],
    methods: [
      { method: "momentum", rate: 0.05, testAccuracy: expect.closeTo(0.9, 1) },
      { method: "adam", rate: 0.006, testAccuracy: expect.closeTo(0.9, 1) },
    ],
  });
  // What stands first is the better one.
  const { testAccuracy, method, methods, kernels }: Summary = Object(summary);
  expect(testAccuracy).toBe(Math.max(...methods.map((result) => result.testAccuracy)));
  expect(methods).toContainEqual(expect.objectContaining({ method, testAccuracy }));

  expect(readdirSync(directory)).toEqual(["report.html"]);
  const report = readFileSync(join(directory, "report.html"), "utf8");
  expectReport(report);
  expect(report).toContain(kernels);
});

interface Summary {
  readonly testAccuracy: number;
  readonly method: string;
  readonly kernels: string;
  readonly methods: readonly { readonly method: string; readonly testAccuracy: number }[];
}

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
  // Thin and bold, on a wide page and on a phone.
  const curves = [...document.querySelectorAll(".curve svg [aria-label='line'] path")];
  expect(curves).toHaveLength(4 * METHODS.length);
  for (const curve of curves) expect(curve.getAttribute("d")?.split("L").length).toBeGreaterThan(50);
  const legend = [...document.querySelectorAll(".legend li")].map((entry) => entry.textContent);
  expect(legend).toEqual(METHODS);
  // Nothing is fetched and nothing is run.
  expect(html).not.toMatch(/<(script|link|img|iframe)|@import|url\(|(src|href)=/i);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
}

test("the same seed gives the same digits and accuracy, another seed another network", async () => {
  const accuracy = async (seed: string): Promise<unknown> => {
    const args = ["--limit", "300", "--epochs", "1", "--seed", seed, "--json"];
    const { stdout } = await start(emptyDirectory(), ...args).finished;
    const { methods }: { methods: readonly { history: readonly EpochRecord[] }[] } = JSON.parse(stdout);
    return methods.map(({ history }) => history.map(({ loss, testAccuracy }) => [loss, testAccuracy]));
  };
  const [first, again, other] = await Promise.all([accuracy("7"), accuracy("7"), accuracy("8")]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("a last batch that is smaller is a step like the others", async () => {
  const args = ["--limit", "250", "--batch-size", "100", "--epochs", "2", "--method", "momentum"];
  const { stdout } = await start(emptyDirectory(), ...args, "--json").finished;
  const { history }: { history: readonly EpochRecord[] } = JSON.parse(stdout);
  const [first, second] = history.map(({ loss }) => loss);
  expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(second).toBeLessThan(first ?? 0);
});

test("without --json it tells people what it did, in plain lines where there is no terminal", async () => {
  const args = ["--limit", "150", "--epochs", "2", "--method", "adam"];
  const { code, stdout, stderr } = await start(emptyDirectory(), ...args).finished;
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/784-128-10 network/);
  expect(stdout).toMatch(/^Kernels: \w.*\.$/m);
  expect(stdout).toMatch(/^Adam, rate 0\.006 falling to 0:$/m);
  expect(stdout.match(/^epoch [12]\/2 {2}loss \d\.\d{4} {2}test accuracy \d+\.\d\d % .* s$/gm)).toHaveLength(
    2,
  );
  expect(stdout).toMatch(/^Test accuracy \d+\.\d\d %: [\d,]+ of 10,000 digits right\. It took \d+\.\d s\.$/m);
  expect(stdout).toMatch(/report\.html\.\n$/);
  // No escape sequences in a file.
  expect(stdout).not.toContain("\u001b");
});

test.each([
  [
    "--rate",
    /^Training diverged: the loss of SGD with momentum 0\.9 is \S+ at step \d+, and no .* --rate 1e\+29\.$/m,
  ],
  [
    "--adam-rate",
    /^Training diverged: the loss of Adam is \S+ at step \d+, and no .* --adam-rate 1e\+29\.$/m,
  ],
])("a %s that is too high ends in a sentence and without a report", async (option, sentence) => {
  const directory = emptyDirectory();
  const args = ["--limit", "500", "--epochs", "1", "--batch-size", "10", option, "1e30"];
  const { code, stderr } = await start(directory, ...args).finished;
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
  expect(readdirSync(directory)).toEqual([]);
});
