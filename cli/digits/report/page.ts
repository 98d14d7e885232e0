/** The report: one HTML file with everything in it, to be read without a network and without scripts. */

import { count, duration, percent, rate } from "../format.ts";
import { parameterCount, SIZES } from "../network.ts";
import type { DigitsOptions } from "../options.ts";
import type { Trained } from "../run.ts";
import { lossCurve } from "./curve.ts";
import { digitsSection } from "./digits.ts";
import { STYLE } from "./style.ts";

/** The whole page for a finished run. */
export function reportPage(outcome: Trained, options: DigitsOptions): string {
  const { evaluation, history, seconds, data } = outcome;
  const digits = `${count(data.train.count)} handwritten digits`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nabla: ${percent(evaluation.accuracy)} of MNIST's test digits</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>A network learns to read digits</h1>
<p class="soft">Trained on ${digits} of MNIST, tested on ${count(data.test.count)} it has not seen.</p>
<dl class="hero">
<div><dt>test accuracy</dt><dd>${percent(evaluation.accuracy)}</dd></div>
<div><dt>digits wrong</dt><dd>${count(data.test.count - evaluation.correct)}</dd></div>
<div><dt>time in all</dt><dd>${duration(seconds)}</dd></div>
</dl>
</header>
<main>
<section>
<h2>Loss</h2>
<p class="soft">The thin line is the loss of each step's batch, the bold line its moving average. Dashed lines mark the ends of the epochs, with the share of test digits that were right then.</p>
<figure class="curve">
<div class="wide">${lossCurve(history, 900, 360)}</div>
<div class="narrow">${lossCurve(history, 380, 300)}</div>
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

function epochTable({ history }: Trained): string {
  const rows = history.epochs.map(
    ({ epoch, loss, testAccuracy, examplesPerSecond, seconds }) =>
      `<tr><td>${epoch}</td><td>${loss.toFixed(4)}</td><td>${percent(testAccuracy)}</td><td>${count(examplesPerSecond)}</td><td>${duration(seconds)}</td></tr>`,
  );
  return `<div class="scroll"><table class="numbers">
<thead><tr><th>epoch</th><th>mean loss</th><th>test accuracy</th><th>digits/s</th><th>time</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function settingsTable({ data }: Trained, options: DigitsOptions): string {
  const settings: [string, string][] = [
    [
      "network",
      `${SIZES.input}-${SIZES.hidden}-${SIZES.output}, relu, ${count(parameterCount)} weights, float32`,
    ],
    ["loss", "softmax cross-entropy"],
    ["method", `stochastic gradient descent with momentum ${options.momentum}`],
    ["learning rate", `${rate(options.rate)}, falling linearly to 0`],
    ["batch size", count(options.batchSize)],
    ["epochs", count(options.epochs)],
    ["seed", String(options.seed)],
    ["training digits", count(data.train.count)],
    ["computed with", `Nabla's reference interpreter on Node ${process.versions.node}`],
  ];
  const rows = settings.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<table>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}
