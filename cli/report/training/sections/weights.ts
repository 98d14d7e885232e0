/** What the first layer has learned: a picture of the weights of each of its units. */

import { at } from "../../../../src/core/exactly.ts";
import { extremes } from "../../../minimize/plot/frame.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { runsByShade } from "../drawing/shades.ts";
import { bestRun, type ReportWeights, type TrainingReport } from "../report.ts";

/** Shades of each sign: as many as one can tell apart, and few enough for small pictures. */
const shades = 6;

/** The section, or nothing where inputs are no images. */
export function weightsSection({ runs, weights }: TrainingReport): string {
  if (weights === undefined || weights.units.length === 0) return "";
  const { units, of, isChange } = weights;
  const what = isChange ? "What training has added to the weights of" : "The weights of";
  const most = isChange ? "that changed most" : "with the longest weights";
  const shown = units.length < of ? `the ${units.length} of ${of} units ${most}` : "its units";
  const by = runs.length > 1 ? ` of the best run, ${escapeXml(at(runs, bestRun(runs)).title)}` : "";
  const largest = largestWeight(units);
  const items = units.map((unit) => `<li>${weightsPicture(unit, weights, largest)}</li>`);
  return `<section>
<h2>What the first layer has learned</h2>
<p class="soft">${what} ${shown}${by}: ink at <span class="plus">places that excite</span> a unit and at <span class="minus">places that inhibit</span> it, the stronger the larger the weight.</p>
<ul class="weights${weights.width < 12 ? " small" : ""}">
${items.join("\n")}
</ul>
</section>`;
}

/** Where colours are full: a few weights may be larger, so that one does not pale all others. */
function largestWeight(units: ReportWeights["units"]): number {
  const sizes = units.flatMap((unit) => Array.from(unit, Math.abs)).sort((a, b) => a - b);
  const [, largest] = extremes([1e-300, sizes[Math.floor(0.995 * (sizes.length - 1))] ?? 0]);
  return largest;
}

/** Lines of one pixel's width, a path for each shade. */
function weightsPicture(unit: ArrayLike<number>, size: ReportWeights, largest: number): string {
  const shadeOf = (weight: number): number =>
    Math.sign(weight) * Math.min(shades, Math.round((Math.abs(weight) / largest) * shades));
  const paths = [...runsByShade(unit, size, shadeOf)].map(([shade, runs]) => {
    const path = runs.map(({ x, y, length }) => `M${x} ${y}h${length}`).join("");
    const opacity = (Math.abs(shade) / shades).toFixed(2);
    return `<path class="${shade > 0 ? "plus" : "minus"}" stroke-opacity="${opacity}" d="${path}"/>`;
  });
  return `<svg role="img" aria-label="Weights of a unit" viewBox="0 -.5 ${size.width} ${size.height}" shape-rendering="crispEdges">${paths.join("")}</svg>`;
}
