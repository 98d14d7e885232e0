import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { emptyDirectory, start } from "./command.ts";

/** Six trainings one after the other, on machines that may be slow and busy. */
const patience = { timeout: 300_000 };

/** Enough to learn something, and short: a hundred steps on 2,000 digits. */
const short = ["--limit", "2000", "--epochs", "1", "--batch-size", "20"];

const titles = ["SGD", "Momentum 0.9", "AdaGrad", "RMSProp", "Adam", "AdamW with cosine decay"];
const names = ["sgd", "momentum", "adagrad", "rmsprop", "adam", "adamw"];

/** What is read of the JSON of an epoch. */
interface EpochSummary {
  readonly epoch: number;
  readonly loss: number;
  readonly testAccuracy: number;
}

test(
  "a short run learns by all methods, says so in JSON, and writes a report that can be read anywhere",
  patience,
  async () => {
    const directory = emptyDirectory();
    const { code, stdout, stderr } = await start(directory, ...short, "--json").finished;
    expect(stderr).toMatch(/^epoch 1\/1 {2}25 % {2}loss \d\.\d{4} {2}rate 0\.\d+ {2}[\d,]+ examples\/s$/m);
    expect(code).toBe(0);

    expect(stdout.trim().split("\n")).toHaveLength(1);
    const summary: unknown = JSON.parse(stdout);
    expect(summary).toMatchObject({
      testAccuracy: expect.any(Number),
      seconds: expect.any(Number),
      method: expect.stringMatching(/^(sgd|momentum|adagrad|rmsprop|adam|adamw)$/),
      epochs: 1,
      batchSize: 20,
      rate: expect.any(Number),
      momentum: 0.9,
      seed: 1,
      trainingDigits: 2000,
      report: "report.html",
      kernels: expect.stringMatching(/\w/),
      history: [{ epoch: 1, loss: expect.any(Number), testAccuracy: expect.any(Number) }],
    });
    const { testAccuracy, method, methods, kernels }: Summary = Object(summary);
    expect(methods.map((result) => result.method)).toEqual(names);
    for (const result of methods) {
      expect(result).toMatchObject({
        rate: expect.any(Number),
        schedule: result.method === "adamw" ? "cosine to 0" : "constant",
        steps: 100,
        trainLoss: expect.any(Number),
        testLoss: expect.any(Number),
        reason: "max-epochs",
        warnings: expect.any(Array),
        history: [{ epoch: 1, gradientNorm: expect.any(Number) }],
      });
      // By chance it would be 0.1.
      expect(result.testAccuracy).toBeGreaterThan(0.6);
    }
    expect(methods.at(-1)?.testAccuracy).toBeCloseTo(0.9, 1);
    // What stands first is the best one.
    expect(testAccuracy).toBe(Math.max(...methods.map((result) => result.testAccuracy)));
    expect(methods).toContainEqual(expect.objectContaining({ method, testAccuracy }));

    expect(readdirSync(directory)).toEqual(["report.html"]);
    const report = readFileSync(join(directory, "report.html"), "utf8");
    expectReport(report);
    expect(report).toContain(kernels);
  },
);

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
    const isRight = label === `An image of ${predicted}`;
    expect(digit.className).toBe(`digit ${isRight ? "right" : "wrong"}`);
    expect(digit.textContent).toMatch(isRight ? /✓ right.*%$/ : /✗ is \d.*%$/);
  }
  // Thin and bold, on a wide page and on a phone.
  const curves = [...document.querySelectorAll(".curve svg [aria-label='line'] path")];
  expect(curves).toHaveLength(4 * titles.length);
  for (const curve of curves) expect(curve.getAttribute("d")?.split("L").length).toBeGreaterThan(50);
  const legend = [...(document.querySelector(".legend")?.querySelectorAll("li") ?? [])];
  expect(legend.map((entry) => entry.textContent)).toEqual(titles);
  const compared = [...document.querySelectorAll("section:nth-of-type(2) tbody th")];
  expect(compared.map((row) => row.textContent?.trim())).toEqual(titles);
  expect(document.querySelectorAll(".confusion tbody tr")).toHaveLength(10);
  expect(document.querySelectorAll(".weights svg path").length).toBeGreaterThan(100);
  // Nothing is fetched and nothing is run.
  expect(html).not.toMatch(/<(script|link|img|iframe)|@import|url\(|(src|href)=/i);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
}

test("the same seed gives the same digits and accuracy, another seed another network", async () => {
  const accuracy = async (seed: string): Promise<unknown> => {
    const args = ["--limit", "300", "--epochs", "1", "--seed", seed, "--method", "momentum,adam", "--json"];
    const { stdout } = await start(emptyDirectory(), ...args).finished;
    const { methods }: { methods: readonly { history: readonly EpochSummary[] }[] } = JSON.parse(stdout);
    return methods.map(({ history }) => history.map(({ loss, testAccuracy }) => [loss, testAccuracy]));
  };
  const [first, again, other] = await Promise.all([accuracy("7"), accuracy("7"), accuracy("8")]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("a last batch that is smaller is a step like the others", async () => {
  const args = ["--limit", "250", "--batch-size", "100", "--epochs", "2", "--method", "momentum"];
  const { stdout } = await start(emptyDirectory(), ...args, "--json").finished;
  const { history }: { history: readonly EpochSummary[] } = JSON.parse(stdout);
  const [first, second] = history.map(({ loss }) => loss);
  expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(second).toBeLessThan(first ?? 0);
});

test("without --json it tells people what it did, in plain lines where there is no terminal", async () => {
  const args = ["--limit", "150", "--epochs", "2", "--method", "adam"];
  const { code, stdout, stderr } = await start(emptyDirectory(), ...args).finished;
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/784-256-10 network/);
  expect(stdout).toMatch(/^Kernels: \w.*\.$/m);
  expect(stdout).toMatch(/^Adam, rate 0\.001:$/m);
  expect(
    stdout.match(/^epoch [12]\/2 {2}loss \d\.\d{4} {2}test accuracy \d+\.\d\d % .* m?s$/gm),
  ).toHaveLength(2);
  expect(stdout).toMatch(/^Adam +0\.001 +constant +\d\.\d{4} +\d\.\d{4} +\d+\.\d\d % +\d+\.\d s +[\d,]+$/m);
  expect(stdout).toMatch(/^Test accuracy \d+\.\d\d %: [\d,]+ of 10,000 digits right\. It took \d+\.\d s\.$/m);
  expect(stdout).toMatch(/ in report\.html\.$/m);
  expect(stdout).toMatch(/^To go on:\n( {2}\w.* {2}\w.*\n)+$/m);
  // No escape sequences in a file.
  expect(stdout).not.toContain("\u001b");
});

test("a rate that is too high ends in a sentence and without a report", async () => {
  const directory = emptyDirectory();
  const args = ["--limit", "500", "--epochs", "1", "--batch-size", "10", "--method", "momentum"];
  const { code, stderr } = await start(directory, ...args, "--rate", "1e30").finished;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Training by Momentum 0\.9 diverged: .+\. No report was written\. Try a smaller rate: --method momentum --rate 1e\+29\.$/m,
  );
  expect(readdirSync(directory)).toEqual([]);
});

test("AdamW with cosine decay reads at least 98 % of the digits of the test", patience, async () => {
  const { stdout } = await start(emptyDirectory(), "--method", "adamw", "--json").finished;
  const { testAccuracy }: { testAccuracy: number } = JSON.parse(stdout);
  // With seeds 1 to 5 it had 98.16 to 98.41 %.
  expect(testAccuracy).toBeGreaterThan(0.98);
});
