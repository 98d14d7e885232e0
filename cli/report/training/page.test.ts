/** The page on made-up reports: what it shows, where it shows nothing, and that hostile names and numbers do no harm. */

import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { EpochReport } from "../../../src/train/index.ts";
import { trainingPage } from "./page.ts";
import { bestRun, type ReportRun, type TrainingReport } from "./report.ts";

function epochOf(epoch: number, accuracy: number): EpochReport {
  return {
    epoch,
    step: 200 * epoch,
    loss: 0.4 / epoch,
    metrics: { accuracy: 0.9 },
    gradientNorm: 1 / epoch,
    rate: 0.1,
    validation: { loss: 0.5 / epoch, metrics: { accuracy } },
    isBest: true,
    seconds: 1.5,
    examplesPerSecond: 12_345,
  };
}

function runOf(title: string, accuracy: number, more: Partial<ReportRun> = {}): ReportRun {
  return {
    title,
    optimizer: "adam",
    rate: "0.001",
    schedule: "constant",
    curve: Array.from({ length: 600 }, (_, i) => ({ step: i + 1, loss: 2 / (i + 1) + 0.01 })),
    epochs: [epochOf(1, 0.8), epochOf(2, 0.9), epochOf(3, accuracy)],
    test: { loss: 0.2, metrics: { accuracy } },
    seconds: 5,
    examplesPerSecond: 12_345,
    reason: "max-epochs",
    warnings: [],
    ...more,
  };
}

function reportOf(more: Partial<TrainingReport> = {}): TrainingReport {
  return {
    title: "A network learns",
    data: { name: "MNIST", training: 60_000, test: 10_000, inputShape: [784] },
    model: {
      title: "a 784-10 network",
      layers: [{ title: "dense 784 → 10", outputShape: [10], parameters: 7850 }],
      parameters: 7850,
    },
    seed: 7,
    machine: { kernels: "OpenBLAS, 1 thread", node: "20.20.0" },
    runs: [runOf("Adam", 0.95), runOf("Momentum", 0.97)],
    settings: [["batch size", "100"]],
    next: [{ command: "nabla methods", meaning: "all methods" }],
    ...more,
  };
}

function pageOf(report: TrainingReport) {
  const html = trainingPage(report);
  const { document } = parseHTML(html);
  const texts = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent ?? "");
  return { html, document, texts, headings: texts("h2") };
}

test("everything stands in the file: nothing is fetched, nothing is run, no number is missing", () => {
  const { html, document } = pageOf(reportOf());
  expect(html.startsWith("<!doctype html>")).toBe(true);
  expect(html).not.toMatch(/<(script|link|img|iframe)|@import|url\(|(src|href)=/i);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  for (const svg of document.querySelectorAll("figure svg"))
    expect(svg.getAttribute("aria-label")).toMatch(/\w/);
});

test("several runs have a legend, symbols, a table with the best in bold, and three charts over epochs", () => {
  const { document, texts, headings } = pageOf(reportOf());
  expect(headings).toEqual([
    "Loss",
    "The runs compared",
    "Epoch by epoch",
    "The network",
    "The settings",
    "How to go on",
  ]);
  expect(texts(".hero dd")).toEqual(["97.00 %", "300", "10.0 s"]);
  expect(document.querySelector(".best th")?.textContent).toContain("Momentum");
  expect(texts(".figures figcaption")).toEqual(["Test accuracy", "Test loss", "Norm of the gradient"]);
  expect([...document.querySelectorAll(".legend")]).toHaveLength(2);
  // Thin and bold for each run, once for wide pages and once for narrow ones.
  expect(document.querySelectorAll(".curve svg [aria-label='line'] path")).toHaveLength(8);
  // A symbol at each of three epochs, in three charts, for both runs.
  expect(document.querySelectorAll(".figures .runner")).toHaveLength(18);
});

test("one run has no legend and no best", () => {
  const { document, headings, texts } = pageOf(reportOf({ runs: [runOf("Adam", 0.95)] }));
  expect(headings).toContain("What it came to");
  expect(document.querySelector(".legend")).toBeNull();
  expect(document.querySelector(".best")).toBeNull();
  expect(texts(".hero dt")).toEqual(["test accuracy", "of 10,000 test examples wrong", "of training"]);
});

test("without examples to judge by, the training's own figures are shown", () => {
  const epochs = [1, 2].map((epoch) => ({ ...epochOf(epoch, 0.9), validation: undefined }));
  const { test: _, ...run } = runOf("Perceptron", 0, { epochs });
  const data = { name: "iris", training: 150, test: 0, inputShape: [4] };
  const { texts } = pageOf(reportOf({ data, runs: [run] }));
  expect(texts(".hero dt")).toEqual(["training accuracy", "of training"]);
  expect(texts(".figures figcaption")[0]).toBe("Training accuracy");
  expect(texts("header p")[0]).toBe(
    "The model is a 784-10 network with 7,850 parameters, trained on 150 examples of iris.",
  );
});

test("values are judged by their loss, a part set apart is called by its name", () => {
  const epochs = [{ ...epochOf(1, 0), metrics: {}, validation: { loss: 3e-5, metrics: {} } }];
  const run = runOf("Adam", 0, { epochs, test: { loss: 2.5e-5, metrics: {} } });
  const data = { ...reportOf().data, testName: "validation" } as const;
  const { texts } = pageOf(reportOf({ data, runs: [run] }));
  expect(texts(".hero dd")[0]).toBe("2.50e-5");
  expect(texts(".hero dt")[0]).toBe("validation loss");
  expect(texts("thead th")).not.toContain("validation accuracy");
});

describe("what is taken for what", () => {
  const confusion = [
    [5, 0, 1],
    [2, 7, 0],
    [0, 0, 9],
  ];

  test("is a table of the best run with counts, and the commonest mistakes in words", () => {
    const labels = ["setosa", "versicolor", "virginica"];
    const { document, html } = pageOf(reportOf({ labels, runs: [runOf("Adam", 0.9, { confusion })] }));
    const cells = [...document.querySelectorAll(".confusion tbody td")].map((cell) => cell.textContent);
    expect(cells).toEqual(["5", "·", "1", "2", "7", "·", "·", "·", "9"]);
    expect(html).toContain("Most often versicolor was taken for setosa (2 times), setosa for virginica (1).");
    expect(document.querySelectorAll(".confusion .hit")).toHaveLength(3);
  });

  test("is left out where there are too many classes, and has no mistakes where there are none", () => {
    const many = Array.from({ length: 21 }, () => new Array<number>(21).fill(1));
    expect(pageOf(reportOf({ runs: [runOf("Adam", 0.9, { confusion: many })] })).headings).not.toContain(
      "What is taken for what",
    );
    const right = [
      [1, 0],
      [0, 1],
    ];
    expect(pageOf(reportOf({ runs: [runOf("Adam", 1, { confusion: right })] })).html).toContain(
      "There was no mistake.",
    );
  });
});

test("images say what they are and what they were taken for", () => {
  const image = new Uint8Array(4).fill(255);
  const digits = {
    height: 2,
    width: 2,
    images: [image, image],
    labels: [1, 0],
    predicted: [1, 1],
    probability: [0.99999, 0.5],
    mistakes: 1,
  };
  const { texts, html } = pageOf(reportOf({ digits, labels: ["shirt", "coat"] }));
  expect(texts(".digit")).toEqual(["coat✓ right> 99.9 %", "coat✗ is shirt50.0 %"]);
  expect(html).toContain('aria-label="An image of shirt"');
});

test("learned weights are pictures in two colours", () => {
  const units = [Float64Array.of(1, -1, 0, 0.5), Float64Array.of(0, 0, 0, 0)];
  const weights = { height: 2, width: 2, units, of: 8, isChange: true };
  const { document, html } = pageOf(reportOf({ weights }));
  const [first, second] = [...document.querySelectorAll(".weights svg")];
  const paths = [...(first?.querySelectorAll("path") ?? [])];
  expect(paths.map((path) => [path.getAttribute("class"), path.getAttribute("d")])).toEqual([
    ["plus", "M0 0h1"],
    ["minus", "M1 0h1"],
    ["plus", "M1 1h1"],
  ]);
  expect(second?.querySelector("path")).toBeNull();
  expect(html).toContain("the 2 of 8 units that changed most");
});

describe("the decision line", () => {
  const points = [
    { x: 0, y: 0, class: 0 },
    { x: 0, y: 1, class: 0 },
    { x: 1, y: 1, class: 1 },
  ] as const;
  const decision = {
    features: ["length", "width"],
    classes: ["no", "yes"],
    points,
    lines: [
      { epoch: 0, a: 0, b: 0, c: 0 },
      { epoch: 1, a: 0, b: 1, c: -0.5 },
      { epoch: 2, a: 1, b: 0, c: -0.5 },
    ],
  } as const;

  test("has a picture of all lines and one for each epoch, with what is on the wrong side", () => {
    const { texts, html } = pageOf(reportOf({ decision }));
    expect(texts(".small figcaption")).toEqual([
      "Epoch 0: 1 wrong",
      "Epoch 1: 1 wrong",
      "Epoch 2: none wrong",
    ]);
    expect(html).toContain("From epoch 2 on the line separates all 3 examples.");
    expect(html).not.toMatch(/NaN|Infinity/);
  });

  test("of many epochs twelve have pictures, the first and the last among them", () => {
    const lines = Array.from({ length: 100 }, (_, epoch) => ({ epoch, a: 1, b: 0, c: 0.5 }));
    const { texts, html } = pageOf(reportOf({ decision: { ...decision, lines } }));
    const captions = texts(".small figcaption");
    expect(captions).toHaveLength(12);
    expect([captions[0], captions.at(-1)]).toEqual(["Epoch 0: 2 wrong", "Epoch 99: 2 wrong"]);
    expect(html).toContain("After epoch 99, 2 of 3 examples are on the wrong side.");
  });
});

test("warnings are told with their run and step", () => {
  const warnings = [{ kind: "dead-units", step: 1200, message: "12 of 256 units are dead." }];
  const { texts, headings } = pageOf(
    reportOf({ runs: [runOf("Adam", 0.9), runOf("SGD", 0.8, { warnings })] }),
  );
  expect(headings[0]).toBe("Warnings");
  expect(texts(".warnings li").map((text) => text.trim())).toEqual([
    "SGD, step 1,200: 12 of 256 units are dead.",
  ]);
});

test("names are text, whatever they hold", () => {
  const hostile = "<script>alert(1)</script>";
  const confusion = [
    [1, 2],
    [3, 4],
  ];
  const { html, document } = pageOf(
    reportOf({
      title: hostile,
      labels: [hostile, "b"],
      data: { name: hostile, training: 1, test: 1, inputShape: [1] },
      runs: [
        runOf(hostile, 0.9, { confusion, warnings: [{ kind: "x", step: 1, message: hostile }] }),
        runOf("b", 0.1),
      ],
      settings: [[hostile, hostile]],
      next: [{ command: hostile, meaning: hostile }],
      machine: { kernels: hostile, node: hostile, cpu: hostile },
      decision: {
        features: [hostile, "$&"],
        classes: [hostile, "b"],
        points: [{ x: 0, y: 0, class: 0 }],
        lines: [{ epoch: 1, a: 1, b: 1, c: 1 }],
      },
    }),
  );
  expect(html).not.toContain("<script");
  expect(document.querySelector("h1")?.textContent).toBe(hostile);
});

test("runs that diverged or never began are drawn as far as they go", () => {
  const wild = Array.from({ length: 40 }, (_, i) => ({ step: i + 1, loss: i < 20 ? 10 ** i : Infinity }));
  const sick = { ...epochOf(1, Number.NaN), loss: Number.NaN, gradientNorm: Infinity };
  const diverged = runOf("SGD", 0, {
    curve: wild,
    epochs: [sick],
    test: { loss: Number.NaN, metrics: { accuracy: Number.NaN } },
  });
  const { test: _, ...empty } = runOf("None", 0, { curve: [], epochs: [], examplesPerSecond: 0 });
  for (const runs of [[diverged], [empty], [diverged, empty, runOf("Adam", 0.9)]]) {
    const { document } = pageOf(reportOf({ runs }));
    for (const svg of document.querySelectorAll("svg")) expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
    expect(document.querySelector("header")?.textContent).not.toMatch(/NaN|Infinity/);
    expect(document.querySelector(".runs")?.textContent).not.toMatch(/NaN|Infinity/);
  }
});

describe("the best run", () => {
  const judged = (loss: number, accuracy?: number) =>
    runOf("", 0, { test: { loss, metrics: accuracy === undefined ? {} : { accuracy } } });

  test("has the highest accuracy, or the lowest loss where there is none", () => {
    expect(bestRun([judged(0.1, 0.9), judged(0.2, 0.95), judged(0.05, 0.95)])).toBe(1);
    expect(bestRun([judged(0.3), judged(0.1), judged(Number.NaN)])).toBe(1);
    expect(bestRun([judged(Number.NaN), judged(0.1)])).toBe(1);
  });
});
