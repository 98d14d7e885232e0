/** The head of the page: what was done, and what came out, in a few large figures. */

import { at } from "../../../../src/core/exactly.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { count, duration, loss, percent } from "../../format.ts";
import { accuracyOf, bestRun, type ReportRun, type TrainingReport } from "../report.ts";

/** A figure, and what it is. */
type Figure = readonly [value: string, meaning: string];

/** The heading, a sentence, and the figures. */
export function headline(report: TrainingReport): string {
  const figures = figuresOf(report).map(
    ([value, meaning]) => `<div><dt>${escapeXml(meaning)}</dt><dd>${escapeXml(value)}</dd></div>`,
  );
  return `<header>
<h1>${escapeXml(report.title)}</h1>
<p class="soft">${escapeXml(introduction(report))}</p>
<dl class="hero">
${figures.join("\n")}
</dl>
</header>`;
}

function introduction({ data, model, runs }: TrainingReport): string {
  const { name, training, test, testName = "test" } = data;
  const often = runs.length > 1 ? `, ${runs.length} times from the same start` : "";
  const apart = testName === "test" ? "it has not seen" : "that were set apart";
  const tested = test === 0 ? "" : `, and judged by ${count(test)} ${apart}`;
  return `The model is ${model.title} with ${count(model.parameters)} parameters, trained on ${count(training)} examples of ${name}${often}${tested}.`;
}

function figuresOf({ runs, data }: TrainingReport): Figure[] {
  const best = at(runs, bestRun(runs));
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const time: Figure = [duration(seconds), runs.length > 1 ? `for ${runs.length} trainings` : "of training"];
  return [...meritsOf(best, runs, data), time];
}

function meritsOf(best: ReportRun, runs: readonly ReportRun[], data: TrainingReport["data"]): Figure[] {
  const { test, testName = "test" } = data;
  const by = runs.length > 1 ? ` by ${best.title}` : "";
  const accuracy = accuracyOf(best);
  if (accuracy !== undefined) {
    const wrong = Math.round((1 - accuracy) * test);
    return [
      [percent(accuracy), `${testName} accuracy${by}`],
      [count(wrong), `of ${count(test)} ${testName} examples wrong`],
    ];
  }
  if (best.test !== undefined) return [[loss(best.test.loss), `${testName} loss${by}`]];
  const last = best.epochs.at(-1);
  if (last === undefined) return [];
  const reached = last.metrics.accuracy;
  return reached === undefined
    ? [[loss(last.loss), `training loss${by}`]]
    : [[percent(reached), `training accuracy${by}`]];
}
