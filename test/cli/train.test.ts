/**
 * `nabla train`, as built: what it prints and writes, and how it ends, on data of which it is known what can be learned. Iris: two flowers in three are told by any linear
 * rule, and linear discriminants get 98 % right (Fisher 1936). A price is made of area and rooms by a formula, so that R² is known to be 1.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeIdx } from "../../src/data/write-idx.ts";
import { nabla } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "nabla-train-"));
const file = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers between 0 and 1 that look random: the golden ratio's multiples. */
const golden = (i: number): number => (i * 0.6180339887498949) % 1;

beforeAll(() => {
  const houses = Array.from({ length: 80 }, (_, i) => {
    const [area, rooms] = [40 + 100 * golden(i), 1 + (i % 5)];
    return `${area.toFixed(2)};${rooms};${i % 2 ? "Ulm" : "Jena"};${(50_000 + 3000 * Number(area.toFixed(2)) + 10_000 * rooms).toFixed(0)}`;
  });
  writeFileSync(file("houses.csv"), ["area;rooms;town;price", ...houses, ""].join("\n"));
  const points = Array.from({ length: 30 }, (_, i) => {
    const away = i % 2 ? 3 : 0;
    return `${(away + golden(i)).toFixed(3)},${(away + golden(7 * i)).toFixed(3)},${i % 2 ? "red" : "blue"}`;
  });
  writeFileSync(file("points.csv"), ["x,y,kind", ...points, ""].join("\n"));
  // Images of 12×12 whose left or right half is dark.
  const pixels = Uint8Array.from({ length: 40 * 144 }, (_, i) => {
    const [image, column] = [Math.floor(i / 144), i % 12];
    return column < 6 === (image % 2 === 0) ? 200 + (i % 50) : i % 50;
  });
  writeFileSync(file("halves-idx3-ubyte"), writeIdx({ dtype: "uint8", shape: [40, 12, 12], data: pixels }));
  const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
  writeFileSync(file("halves-idx1-ubyte"), writeIdx({ dtype: "uint8", shape: [40], data: labels }));
});

/** The JSON that a training prints. */
function trained(...args: readonly string[]): ReturnType<typeof Object> {
  const { code, stdout, stderr } = nabla(["train", ...args, "--json"]);
  expect({ code, refusal: stderr.match(/^error.*/m)?.[0] }).toEqual({ code: 0, refusal: undefined });
  expect(stdout.indexOf("\n")).toBe(stdout.length - 1);
  return Object(JSON.parse(stdout));
}

describe("for programs", () => {
  test("iris without a word more: one object with all that is promised", () => {
    const found = trained("iris");
    expect(found).toMatchObject({
      optimizer: "adam",
      epochs: 200,
      steps: 800,
      reason: "max-epochs",
      data: "iris",
      model: "logistic",
      parameters: 15,
      loss: "cross-entropy",
      rate: 0.01,
      seed: 0,
      trainExamples: 120,
      testExamples: 30,
      warnings: [],
    });
    expect(found.testAccuracy).toBeGreaterThan(0.9);
    expect(found.trainLoss).toBeLessThan(0.2);
    expect(found.testLoss).toBeLessThan(0.3);
    expect(found.seconds).toBeGreaterThan(0);
    expect(found.history).toHaveLength(200);
  });

  test("the same seed gives the same figures, another one others", () => {
    const run = (seed: string) => {
      const { trainLoss, testLoss } = trained("iris", "--epochs", "3", "--model", "mlp:8", "--seed", seed);
      return { trainLoss, testLoss };
    };
    expect(run("1")).toEqual(run("1"));
    expect(run("1")).not.toEqual(run("2"));
  });

  test("numbers are learned in their own unit, categories beside them", () => {
    const found = trained(file("houses.csv"), "--target", "price");
    expect(found).toMatchObject({
      model: "linear",
      loss: "squared-error",
      parameters: 5,
      testAccuracy: null,
    });
    expect(found.testMetrics["r-squared"]).toBeGreaterThan(0.999);
    // Prices differ by tens of thousands; the first epoch still knew nothing.
    expect(found.history[0].loss).toBeGreaterThan(1e8);
    expect(Math.sqrt(found.testLoss)).toBeLessThan(5000);
  });

  test("a method that needs all examples gets them, and comes to rest", () => {
    const found = trained(file("houses.csv"), "--target", "price", "--optimizer", "lbfgs");
    expect(found).toMatchObject({ optimizer: "lbfgs", batchSize: "full", rate: null, reason: "converged" });
    expect(found.testMetrics["r-squared"]).toBeGreaterThan(0.999999);
  });

  test("images of IDX files, by both kinds of networks", () => {
    const pair = `${file("halves-idx3-ubyte")},${file("halves-idx1-ubyte")}`;
    expect(trained(pair, "--epochs", "5", "--batch-size", "8")).toMatchObject({
      model: "mlp:128",
      testAccuracy: 1,
    });
    const args = ["--model", "lenet", "--test", pair, "--epochs", "10", "--batch-size", "8"];
    expect(trained(pair, ...args)).toMatchObject({ model: "lenet", trainExamples: 40, testAccuracy: 1 });
  });

  test("every option at once reaches the training", () => {
    const found = trained(
      "iris",
      ...[
        "--model",
        "mlp:16,8",
        "--optimizer",
        "momentum(decay=0.8)",
        "--lr",
        "0.05",
        "--schedule",
        "cosine(to=0.1)",
      ],
      ...["--epochs", "30", "--batch-size", "16", "--clip-norm", "1", "--ema", "0.9", "--seed", "3"],
      ...[
        "--validation",
        "0.2",
        "--early-stopping",
        "25",
        "--class-weights",
        "balanced",
        "--standardize",
        "whole",
      ],
      ...[
        "--loss",
        "cross-entropy(labelSmoothing=0.1)",
        "--metrics",
        "accuracy,top-2-accuracy",
        "--limit",
        "90",
      ],
      ...["--threads", "1", "--kernels", "deterministic", "--test", "0.3"],
    );
    expect(found).toMatchObject({
      optimizer: "momentum",
      model: "mlp:16,8",
      batchSize: 16,
      seed: 3,
      rate: 0.05,
    });
    expect(found).toMatchObject({ trainExamples: 90, testExamples: 45 });
    expect(found.history.at(-1).rate).toBeLessThan(0.05);
    expect(found.testMetrics["top-2-accuracy"]).toBeGreaterThan(0.9);
    expect(found.validationAccuracy).toBeGreaterThan(0.8);
    expect(found.chosenEpoch).toBeGreaterThan(0);
  });

  test("a loss of yes and no, and one of several classes by margin", () => {
    const points = [file("points.csv"), "--target", "kind"];
    for (const loss of ["hinge", "binary-cross-entropy", "multiclass-hinge"])
      expect(trained(...points, "--loss", loss, "--epochs", "100").testAccuracy).toBe(1);
  });

  test("a loss that is no number ends with 1, the result and advice", () => {
    const { code, stdout } = nabla([
      ...["train", "iris", "--model", "mlp:8", "--optimizer", "sgd", "--lr", "1e30", "--json"],
    ]);
    expect(code).toBe(1);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ reason: "non-finite", trainLoss: "NaN" });
    expect(found.advice).toContain("lower the rate");
  });
});

describe("for people", () => {
  test("plain lines in a pipe: facts, an epoch a line, figures, and what to do next", () => {
    const { code, stdout, stderr } = nabla(["train", "iris", "--epochs", "4"], { NO_COLOR: "1" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\r");
    expect(stdout).toMatch(/^data +iris: 120 flowers of 3 classes to learn from; 30 to be tested on/);
    expect(stdout).toMatch(/^loss +cross-entropy \(the targets are species\)$/m);
    expect(stdout).toMatch(/^epoch +loss +accuracy +test loss +test accuracy +rate +examples\/s +time$/m);
    expect(
      stdout.match(/^ +[1-4] +[\d.]+ +[\d.]+ % +[\d.]+ +[\d.]+ % +0\.01 +[\d,]+ +[\d.]+ m?s$/gm),
    ).toHaveLength(4);
    expect(stdout).toMatch(/^accuracy +[\d.]+ % +[\d.]+ %$/m);
    expect(stdout).toContain("nabla train iris --epochs 4 --save model.safetensors");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("warnings are said once, in yellow where there are colours", () => {
    const args = ["train", "iris", "--model", "mlp:8", "--lr", "30", "--epochs", "6"];
    const { stdout } = nabla(args, { FORCE_COLOR: "1" });
    expect(stdout).toContain("\u001b[33mwarning: ");
    const kinds = stdout.match(/the rate is too high/g);
    expect(kinds).toHaveLength(1);
  });

  test("--help tells everything in lines of at most 100 columns", () => {
    const { code, stdout } = nabla(["train", "--help"]);
    expect(code).toBe(0);
    for (const word of ["--resume <folder>", "Examples:", "hinge, multiclass-hinge", "Exit codes:"])
      expect(stdout).toContain(word);
    const after = stdout.slice(stdout.indexOf("Examples:"));
    expect(Math.max(...after.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("a rate is looked for", () => {
    const range = nabla(["train", "iris", "--find-rate"]);
    expect(range.code).toBe(0);
    expect(range.stdout).toMatch(/^rate +loss after it +smoothed$/m);
    expect(range.stdout).toMatch(/^ {2}nabla train iris --lr [\d.e-]+$/m);
    const { code, stdout } = nabla([
      "train",
      "iris",
      "--find-rate",
      "--rates",
      "10,0.1,1e-6",
      "--epochs",
      "5",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      tool: "rate-search",
      by: "accuracy",
      best: expect.any(Number),
    });
    expect(JSON.parse(stdout).trials).toHaveLength(3);
  });
});

describe("the perceptron", () => {
  const points = ["train", file("points.csv"), "--target", "kind", "--model", "perceptron", "--test", "none"];

  test("converges on classes that a line separates, and draws it epoch by epoch", () => {
    const report = file("line.html");
    const { code, stdout } = nabla([...points, "--report", report]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ended +converged: epoch \d+ had no mistakes$/m);
    expect(stdout).toContain("100.00 % of 30 rows learned from");
    expect(readFileSync(report, "utf8")).toContain("The decision line, epoch by epoch");
  });

  test("its weights separate the points as they are in the file", () => {
    const { weights, bias, mistakes, reason } = trained(...points.slice(1));
    expect(reason).toBe("converged");
    expect(mistakes.at(-1)).toBe(0);
    const rows = readFileSync(file("points.csv"), "utf8").trim().split("\n").slice(1);
    for (const row of rows) {
      const [x, y, kind] = row.split(",");
      expect(weights[0] * Number(x) + weights[1] * Number(y) + bias > 0 ? "red" : "blue").toBe(kind);
    }
  });

  test("goes round in a circle where no line does", () => {
    writeFileSync(file("xor.csv"), "a,b,out\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    expect(trained(file("xor.csv"), "--target", "out", "--model", "perceptron")).toMatchObject({
      reason: "cycling",
      testAccuracy: null,
    });
  });
});

test("the report is one page with curves and what was taken for what", () => {
  const path = file("iris.html");
  const { code, stdout } = nabla(["train", "iris", "--epochs", "5", "--report", path]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^report +${path}$`, "m"));
  const page = readFileSync(path, "utf8");
  for (const word of ["logistic on iris", "What is taken for what", "versicolor", "</html>"])
    expect(page).toContain(word);
  expect(readdirSync(folder).filter((name) => name.includes("iris.html"))).toEqual(["iris.html"]);
  expect(existsSync(file("iris.html"))).toBe(true);
});
