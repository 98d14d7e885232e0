/** What looked wrong, how it was done, and how to go on. */

import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { count } from "../../format.ts";
import { swatch } from "../drawing/picture.ts";
import { shapeText } from "../drawing/words.ts";
import type { TrainingReport } from "../report.ts";

/** Warnings of all runs, or nothing where there were none. */
export function warningsSection({ runs }: TrainingReport): string {
  const items = runs.flatMap(({ title, warnings }, i) =>
    warnings.map(({ step, message }) => {
      const who = runs.length > 1 ? `${swatch(i)} <b>${escapeXml(title)}</b>, ` : "";
      return `<li>${who}step ${count(step)}: ${escapeXml(message)}</li>`;
    }),
  );
  if (items.length === 0) return "";
  return `<section>
<h2>Warnings</h2>
<ul class="warnings">
${items.join("\n")}
</ul>
</section>`;
}

/** The layers of the network. */
export function modelSection({ model, data }: TrainingReport): string {
  const rows = model.layers.map(
    ({ title, outputShape, parameters }) =>
      `<tr><th scope="row">${escapeXml(title)}</th><td>${outputShape === undefined ? "" : shapeText(outputShape)}</td><td>${count(parameters)}</td></tr>`,
  );
  return `<section>
<h2>The network</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Layers"><table>
<thead><tr><th scope="col">layer</th><th scope="col">output</th><th scope="col">parameters</th></tr></thead>
<tbody>
<tr><th scope="row">input</th><td>${shapeText(data.inputShape)}</td><td>0</td></tr>
${rows.join("\n")}
</tbody>
<tfoot><tr><th scope="row">in all</th><td></td><td>${count(model.parameters)}</td></tr></tfoot>
</table></div>
</section>`;
}

/** Everything that was chosen, and who computed. */
export function settingsSection({ data, settings, seed, machine }: TrainingReport): string {
  const { name, training, test, testName = "test" } = data;
  const rows: (readonly [string, string])[] = [
    ["data", name],
    ["training examples", count(training)],
    ...(test > 0 ? [[`${testName} examples`, count(test)] as const] : []),
    ...settings,
    ["seed", String(seed)],
    ["kernels", machine.kernels],
    ["computed on", [`Node ${machine.node}`, ...(machine.cpu ? [machine.cpu] : [])].join(", ")],
  ];
  const cells = rows.map(
    ([setting, value]) => `<tr><th scope="row">${escapeXml(setting)}</th><td>${escapeXml(value)}</td></tr>`,
  );
  return `<section>
<h2>The settings</h2>
<p class="soft">The same seed, settings and kernels give the same bits again.</p>
<table class="settings">
<tbody>
${cells.join("\n")}
</tbody>
</table>
</section>`;
}

/** Commands to try. */
export function nextSection({ next }: TrainingReport): string {
  if (next.length === 0) return "";
  const items = next.map(
    ({ command, meaning }) => `<dt><code>${escapeXml(command)}</code></dt><dd>${escapeXml(meaning)}</dd>`,
  );
  return `<section>
<h2>How to go on</h2>
<dl class="next">
${items.join("\n")}
</dl>
</section>`;
}
