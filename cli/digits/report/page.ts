/** The report: one HTML file with everything in it, to be read without a network and without scripts. */

import { count, duration, percent, rate } from "../format.ts";
import { parameterCount, SIZES } from "../network.ts";
import type { DigitsOptions } from "../options.ts";
import type { MethodResult, Trained } from "../run.ts";
import { type Course, lossCurves } from "./curve.ts";
import { digitsSection } from "./digits.ts";
import { STYLE } from "./style.ts";

/** The whole page for a finished run. */
export function reportPage(outcome: Trained, options: DigitsOptions): string {
  const { best, results, seconds, data } = outcome;
  const courses = results.map(courseOf);
  const digits = `${count(data.train.count)} handwritten digits`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nabla: ${percent(best.evaluation.accuracy)} of MNIST's test digits</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>A network learns to read digits</h1>
<p class="soft">Trained on ${digits} of MNIST, tested on ${count(data.test.count)} it has not seen.</p>
<dl class="hero">
${results.map((result) => heroFigures(result, data.test.count)).join("\n")}
<div><dt>time in all</dt><dd>${duration(seconds)}</dd></div>
</dl>
</header>
<main>
<section>
<h2>Loss</h2>
<p class="soft">${courses.length > 1 ? "Both networks begin with the same weights and see the same batches; only what moves the weights differs. " : ""}Thin is the loss of each step's batch, bold its moving average. Dashed lines mark the ends of the epochs, with the share of test digits that were right then.</p>
<figure class="curve">
${legend(courses)}
<div class="wide">${lossCurves(courses, 900, 360)}</div>
<div class="narrow">${lossCurves(courses, 380, 300)}</div>
</figure>
</section>
${digitsSection(outcome, options.seed)}
<section>
<h2>Epochs</h2>
${epochTable(outcome)}
</section>
<section>
<h2>The run</h2>
${settingsTable(outcome, options)}
</section>
</main>
</body>
</html>
`;
}

/** The colours of the courses, in their order. */
const COLORS = ["var(--accent)", "var(--second)"];

function courseOf({ method, history }: MethodResult, index: number): Course {
  return { title: method.title, color: COLORS[index] ?? "currentColor", history };
}

function heroFigures({ method, evaluation }: MethodResult, digits: number): string {
  const wrong = `${count(digits - evaluation.correct)} digits wrong`;
  return `<div><dt>test accuracy<br>${method.title}<br>${wrong}</dt><dd>${percent(evaluation.accuracy)}</dd></div>`;
}

function legend(courses: readonly Course[]): string {
  const entries = courses.map(
    ({ title, color }) => `<li><span class="swatch" style="background: ${color}"></span>${title}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

function epochTable({ results }: Trained): string {
  const rows = results.flatMap(({ method, history }) =>
    history.epochs.map(
      ({ epoch, loss, testAccuracy, examplesPerSecond, seconds }) =>
        `<tr><td>${method.title}</td><td>${epoch}</td><td>${loss.toFixed(4)}</td><td>${percent(testAccuracy)}</td><td>${count(examplesPerSecond)}</td><td>${duration(seconds)}</td></tr>`,
    ),
  );
  return `<div class="scroll"><table class="numbers">
<thead><tr><th>method</th><th>epoch</th><th>mean loss</th><th>test accuracy</th><th>digits/s</th><th>time</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function settingsTable({ data, results, best }: Trained, options: DigitsOptions): string {
  const settings: [string, string][] = [
    [
      "network",
      `${SIZES.input}-${SIZES.hidden}-${SIZES.output}, relu, ${count(parameterCount)} weights, float32`,
    ],
    ["loss", "softmax cross-entropy"],
    ...results.map(({ method }): [string, string] => [
      method.title,
      `learning rate ${rate(method.rate.at(1))}, falling linearly to 0`,
    ]),
    ["batch size", count(options.batchSize)],
    ["epochs", count(options.epochs)],
    ["seed", String(options.seed)],
    ["training digits", count(data.train.count)],
    ["computed by", `programs compiled to WebAssembly, on Node ${process.versions.node}`],
    ["kernels", best.kernels],
  ];
  const rows = settings.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<table>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}
