/** Any number of variables: how the value and the gradient fell, step by step, on a logarithmic axis. */

import * as Plot from "@observablehq/plot";
import { axis, style } from "./axis.ts";
import type { Drawing } from "./drawing.ts";
import { extremes } from "./frame.ts";
import { drawingSize, paper } from "./sheet.ts";
import { thinEvenly } from "./thin.ts";

const mostPoints = 1500;

/** Dots are drawn on short runs only. */
const mostDots = 80;

interface Figure {
  readonly step: number;
  readonly value: number;
}

/** What falls, and its colour. */
interface Series {
  readonly name: string;
  readonly colour: string;
  readonly figures: readonly Figure[];
}

/** The drawing as an SVG element. */
export function convergence({ history }: Drawing): string {
  const [best] = extremes(history.value);
  const series: readonly Series[] = [
    {
      name: "value − best",
      colour: "#1f77b4",
      figures: positive(history.value.map((value) => value - best)),
    },
    { name: "‖∇f‖∞", colour: "#c2255c", figures: positive(history.gradientNorm) },
  ].filter(({ figures }) => figures.length > 0);
  const shown = series.flatMap(({ figures }) => figures);
  const plot = Plot.plot({
    document: paper(),
    ...drawingSize,
    marginLeft: 72,
    marginRight: 110,
    marginTop: 20,
    marginBottom: 44,
    style,
    x: { ...axis, domain: [0, Math.max(1, history.value.length - 1)], label: "step", ticks: 8 },
    y: { ...axis, type: "log", domain: logDomain(shown), label: "size", ticks: 8, grid: true },
    marks: [Plot.frame({ stroke: "#9aa4ae" }), ...series.flatMap(seriesMarks)],
  });
  return plot.outerHTML;
}

/** A logarithmic axis has no place for 0, nor for what is not finite. */
function positive(values: readonly number[]): Figure[] {
  return values
    .map((value, step) => ({ step, value }))
    .filter(({ value }) => value > 0 && Number.isFinite(value));
}

/** Whole powers of ten around the figures. */
function logDomain(figures: readonly Figure[]): [number, number] {
  if (figures.length === 0) return [0.1, 1];
  const [low, high] = extremes(figures.map(({ value }) => Math.log10(value)));
  const [from, to] = [Math.max(Math.floor(low), -307), Math.min(Math.ceil(high), 307)];
  return [10 ** from, 10 ** Math.max(to, from + 1)];
}

function seriesMarks({ name, colour, figures }: Series): Plot.Markish[] {
  const line = thinEvenly(figures, mostPoints);
  const at = { x: "step", y: "value" } as const;
  return [
    Plot.line(line, { ...at, stroke: colour, strokeWidth: 2, clip: true }),
    ...(figures.length <= mostDots
      ? [Plot.dot(line, { ...at, r: 3, fill: colour, stroke: "white", strokeWidth: 0.8 })]
      : []),
    Plot.text(figures.slice(-1), {
      ...at,
      text: () => name,
      fill: colour,
      textAnchor: "start",
      dx: 8,
      fontWeight: 600,
    }),
  ];
}
