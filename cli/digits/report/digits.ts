/** The report's sixteen digits: what they are, and what the network took them for. */

import { MNIST_SIDE } from "../../../src/data/mnist.ts";
import type { Trained } from "../run.ts";
import { chooseDigits } from "./choice.ts";
import { digitPicture } from "./digit.ts";

/** Twelve digits by chance and the four surest mistakes, each with its prediction. */
export function digitsSection({ best, results, data }: Trained, seed: number): string {
  const { evaluation, method } = best;
  const { byChance, mistakes } = chooseDigits(evaluation, data.test.labels, seed);
  const items = [...byChance, ...mistakes].map((index) => {
    const label = data.test.labels[index] ?? 0;
    const predicted = evaluation.predicted[index] ?? 0;
    const pixels = data.test.images.subarray(index * MNIST_SIDE ** 2, (index + 1) * MNIST_SIDE ** 2);
    return `<li>${digitFigure(pixels, label, predicted, evaluation.probability[index] ?? 0)}</li>`;
  });
  const by = results.length > 1 ? ` of the network trained by ${method.title}, the better one` : "";
  return `<section>
<h2>Sixteen digits</h2>
<p class="soft">${explanation(byChance.length, mistakes.length)} The large figure is the prediction${by}, with the probability the network gives it.</p>
<ul class="digits">
${items.join("\n")}
</ul>
</section>`;
}

function explanation(byChance: number, mistakes: number): string {
  if (mistakes === 0) return `${byChance} test digits drawn by chance; the network made no mistake at all.`;
  return `${byChance} test digits drawn by chance, then ${mistakes} that the network got wrong and was surest of.`;
}

function digitFigure(pixels: Uint8Array, label: number, predicted: number, probability: number): string {
  const right = predicted === label;
  const verdict = right ? "✓ right" : `✗ is ${label}`;
  const share = probability > 0.9995 ? "&gt; 99.9 %" : `${(100 * probability).toFixed(1)} %`;
  return `<figure class="digit ${right ? "right" : "wrong"}">${digitPicture(pixels, `A handwritten ${label}`)}<figcaption><b>${predicted}</b><span>${verdict}</span><small>${share}</small></figcaption></figure>`;
}
