/** `nabla train … --model perceptron`: mistakes epoch by epoch, and whether a plane separates the classes. */

import type { Command } from "commander";
import { linearModel } from "../../../src/nn/index.ts";
import { Tensor } from "../../../src/tensor/index.ts";
import { saveModel } from "../../../src/train/index.ts";
import { colours, table, toJson } from "../../output.ts";
import { percent } from "../../report/format.ts";
import { writeWhole } from "../../write-file.ts";
import { runOptions } from "../chosen/defaults.ts";
import { commandText, flagOf, quoted } from "../command-text.ts";
import { checkFiles } from "../keeping/files.ts";
import type { NextCommand } from "../next.ts";
import type { Asked, TrainOptions } from "../options.ts";
import { epochNumbers } from "../show/epoch-lines.ts";
import { type Fact, factsText } from "../show/facts.ts";
import { counted, shortNumber, timeText } from "../show/figures.ts";
import { dataText } from "../show/introduction.ts";
import { nextText } from "../show/next-lines.ts";
import { accuracyOn, countsOf, featureNames, inUnits, type Learned, learn } from "./unit.ts";

/** Options that are about networks and their gradients. */
const unfit: readonly (keyof TrainOptions)[] = [
  "loss",
  "metrics",
  "optimizer",
  "schedule",
  "batchSize",
  "clipNorm",
  "ema",
  "validation",
  "earlyStopping",
  "classWeights",
  "checkpoint",
  "resume",
];

/** As many weights are printed. */
const mostWeights = 12;

/** Learns by Rosenblatt's rule, and prints what came of it. */
export async function trainPerceptron(command: Command, { data, options }: Asked): Promise<void> {
  const other = unfit.find((name) => options[name] !== undefined);
  if (other !== undefined)
    command.error(
      `error: ${flagOf(other)} is about networks; a perceptron has none of it; leave it out, or take --model logistic`,
    );
  checkFiles(command, options);
  const learned = learn(command, data, options);
  const { save, report, json } = options;
  if (json) console.log(toJson(jsonOf(learned, options)));
  else console.log(textOf(learned));
  if (save !== undefined) saveModel(save, modelOf(learned));
  const next = nextOf(data, options);
  if (report !== undefined) {
    const [{ trainingPage }, { perceptronReport }] = await Promise.all([
      import("../../report/training/page.ts"),
      import("./report.ts"),
    ]);
    writeWhole(report, trainingPage(perceptronReport(learned, options, next)));
  }
  if (json) return;
  const left: Fact[] = [
    ...(save === undefined ? [] : [["model", save] as const]),
    ...(report === undefined ? [] : [["report", report] as const]),
  ];
  if (left.length > 0) console.log(factsText(left, colours().bold));
  console.log(`\n${nextText(next)}`);
}

function textOf(learned: Learned): string {
  const { dataset, result, seconds } = learned;
  const { bold, dim } = colours();
  const { mistakes, reason, detail } = result;
  const shown = epochNumbers(mistakes.length);
  const rows = table([
    ["epoch", ...shown.map(String)],
    ["mistakes", ...shown.map((epoch) => String(mistakes[epoch - 1]))],
  ]).split("\n");
  const facts: Fact[] = [
    ["ended", `${reason}: ${detail}`],
    ["weights", weightsText(learned)],
    ["accuracy", accuracyText(learned)],
    ["time", timeText(seconds)],
  ];
  return [
    factsText(
      [
        ["data", dataText(dataset)],
        ["model", "perceptron, by Rosenblatt's rule"],
      ],
      bold,
    ),
    [dim(rows[0] ?? ""), ...rows.slice(1)].join("\n"),
    factsText(facts, bold),
  ].join("\n\n");
}

function weightsText({ dataset, result, standardization }: Learned): string {
  const { weights, bias } = inUnits(result, standardization);
  const names = featureNames(dataset);
  const shown = weights.slice(0, mostWeights).map((w, j) => `${names[j]} ${shortNumber(w)}`);
  const more = weights.length > mostWeights ? [`and ${weights.length - mostWeights} more`] : [];
  return [...shown, ...more, `bias ${shortNumber(bias)}`].join(", ");
}

function accuracyText(learned: Learned): string {
  const { train, test } = learned.dataset;
  const own = `${percent(accuracyOn(learned, train))} of ${counted(countsOf(learned.dataset).train, learned.dataset.things)} learned from`;
  if (test === undefined) return own;
  return `${own}, ${percent(accuracyOn(learned, test))} of ${countsOf(learned.dataset).test} tested on`;
}

function jsonOf(learned: Learned, { save, report, seed }: TrainOptions): object {
  const { dataset, result, seconds, standardization } = learned;
  const { mistakes, reason, detail } = result;
  const counts = countsOf(dataset);
  const trainAccuracy = accuracyOn(learned, dataset.train);
  const testAccuracy = dataset.test === undefined ? undefined : accuracyOn(learned, dataset.test);
  return {
    optimizer: "perceptron",
    epochs: mistakes.length,
    steps: mistakes.reduce((sum, wrong) => sum + wrong, 0),
    trainLoss: 1 - trainAccuracy,
    trainAccuracy,
    testLoss: testAccuracy === undefined ? null : 1 - testAccuracy,
    testAccuracy: testAccuracy ?? null,
    seconds,
    reason,
    detail,
    data: dataset.name,
    trainExamples: counts.train,
    testExamples: counts.test,
    model: "perceptron",
    parameters: result.weights.length + 1,
    loss: "zero-one",
    mistakes,
    ...inUnits(result, standardization),
    seed: seed ?? 0,
    warnings: [],
    saved: save ?? null,
    report: report ?? null,
  };
}

/** As a dense layer whose output is a score. */
function modelOf({ dataset, result, standardization }: Learned): Parameters<typeof saveModel>[1] {
  const inputs = result.weights.length;
  const { description } = linearModel({ inputs });
  const { answer, table: columns } = dataset;
  return {
    parameters: {
      weight: new Tensor({ dtype: "float32", shape: [1, inputs] }, Float32Array.from(result.weights)),
      bias: new Tensor({ dtype: "float32", shape: [1] }, Float32Array.of(result.bias)),
    },
    facts: {
      format: "nabla-model",
      version: 1,
      ...(description && { model: description }),
      inputShape: [inputs],
      inputDtype: "float32",
      ...(standardization && {
        standardization: { mean: standardization.mean, scale: standardization.scale },
      }),
      ...(answer.kind === "classes" && answer.labels && { labels: answer.labels }),
      ...(columns && { columns: columns.columns, target: columns.target }),
      loss: { name: "hinge", settings: { margin: 1, reduction: "mean" } },
    },
  };
}

function nextOf(data: string, options: TrainOptions): NextCommand[] {
  const { save, report } = options;
  const given = runOptions(options);
  if (report === undefined)
    return [
      {
        command: `${commandText({ data, given })} --report line.html`,
        meaning: "draws the line epoch by epoch",
      },
    ];
  const { lr: _, epochs: __, ...rest } = given;
  return save === undefined
    ? [
        {
          command: commandText({ data, given: rest }, { model: "logistic" }),
          meaning: "finds the likeliest plane where none separates",
        },
      ]
    : [{ command: `nabla predict ${quoted(save)} new.csv`, meaning: "uses the model" }];
}
