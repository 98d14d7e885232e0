/** What the page's pictures have in common. */

import * as Plot from "@observablehq/plot";
import { escapeXml, paper } from "../../../minimize/plot/sheet.ts";
import { lookOf, symbolAt } from "../../../race/report/looks.ts";
import { rounded } from "../../../race/report/svg.ts";
import type { ReportRun } from "../report.ts";

/** A picture's size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What stands at the end of a line. */
export interface LineEnd {
  /** The index of its run. */
  readonly run: number;
  readonly x: number;
  readonly y: number;
}

/** A chart as SVG, with the symbols of runs on it. */
export function chart(label: string, options: Plot.PlotOptions, symbols: readonly LineEnd[] = []): string {
  const plot = Plot.plot({ document: paper(), style: { background: "none" }, ...options });
  const [across, up] = [plot.scale("x"), plot.scale("y")];
  const drawn = symbols.map(({ run, x, y }) => symbolAt(lookOf(run), [across?.apply(x), up?.apply(y)]));
  const whole = plot.outerHTML.replace(/<\/svg>$/, () => `${drawn.join("")}</svg>`);
  // Not as an attribute set by the document, which leaves < and > as they are.
  return rounded(whole.replace(/^<svg/, () => `<svg role="img" aria-label="${escapeXml(label)}"`));
}

/** A drawing with its caption; a class of the style sheet may set it apart. */
export function figure(caption: string, drawing: string, look?: string): string {
  const kind = look === undefined ? "" : ` class="${look}"`;
  return `<figure${kind}>\n<figcaption>${escapeXml(caption)}</figcaption>\n${drawing}\n</figure>`;
}

/** The runs with their colours and symbols; nothing where there is only one. */
export function legend(runs: readonly ReportRun[]): string {
  if (runs.length < 2) return "";
  const items = runs.map(({ title }, i) => `<li>${swatch(i)}<span>${escapeXml(title)}</span></li>`);
  return `<ul class="legend" aria-label="Runs">${items.join("")}</ul>`;
}

/** A short piece of a run's line with its symbol. */
export function swatch(run: number): string {
  const look = lookOf(run);
  return `<svg class="swatch" viewBox="0 0 32 16" aria-hidden="true"><path d="M1 8h30" stroke="${look.colour}" stroke-width="2.2"/>${symbolAt(look, [16, 8])}</svg>`;
}
