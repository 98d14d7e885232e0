/** Some images of the test: what they are, and what the network took them for. */

import { at } from "../../../../src/core/exactly.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { greyPicture } from "../drawing/shades.ts";
import { className } from "../drawing/words.ts";
import { bestRun, type ReportDigits, type TrainingReport } from "../report.ts";

/** The section, or nothing where inputs are no images. */
export function digitsSection({ runs, digits, labels }: TrainingReport): string {
  if (digits === undefined || digits.images.length === 0) return "";
  const { images, mistakes } = digits;
  const by = runs.length > 1 ? ` of the best run, ${escapeXml(at(runs, bestRun(runs)).title)},` : "";
  const items = images.map((_, i) => `<li>${digitFigure(digits, labels, i)}</li>`);
  return `<section>
<h2>${images.length === 16 ? "Sixteen" : images.length} images</h2>
<p class="soft">${explanation(images.length - mistakes, mistakes)} The large figure is the prediction${by} with the probability the network gives it.</p>
<ul class="digits">
${items.join("\n")}
</ul>
</section>`;
}

function explanation(byChance: number, mistakes: number): string {
  if (mistakes === 0) return `${byChance} test images drawn by chance; the network made no mistake at all.`;
  return `${byChance} test images drawn by chance, then ${mistakes} that the network got wrong and was surest of.`;
}

function digitFigure(digits: ReportDigits, labels: TrainingReport["labels"], index: number): string {
  const [label, predicted] = [at(digits.labels, index), at(digits.predicted, index)];
  const probability = at(digits.probability, index);
  const [is, said] = [className(labels, label), className(labels, predicted)];
  const isRight = predicted === label;
  const verdict = isRight ? "✓ right" : `✗ is ${is}`;
  const share = probability > 0.9995 ? "> 99.9 %" : `${(100 * probability).toFixed(1)} %`;
  const picture = greyPicture(at(digits.images, index), digits, `An image of ${is}`);
  const caption = `<b>${escapeXml(said)}</b><span>${escapeXml(verdict)}</span><small>${escapeXml(share)}</small>`;
  return `<figure class="digit ${isRight ? "right" : "wrong"}">${picture}<figcaption>${caption}</figcaption></figure>`;
}
