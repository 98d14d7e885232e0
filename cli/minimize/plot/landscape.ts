/** Two variables: the function as a landscape of filled contours, and the path or the samples on it. */

import * as Plot from "@observablehq/plot";
import { at } from "../../../src/core/exactly.ts";
import { axis, heightTexts, style } from "./axis.ts";
import type { Drawing } from "./drawing.ts";
import { cells, frameOf, type Range } from "./frame.ts";
import { type Levels, levelCount, levelsOf } from "./levels.ts";
import { drawingSize, ink, paper } from "./sheet.ts";
import { thinEvenly, thinPath } from "./thin.ts";

/** The function is evaluated at so many points of the frame. */
const grid = { width: 220, height: 180 } as const;

const margins = { marginLeft: 64, marginRight: 100, marginTop: 20, marginBottom: 44 } as const;
const inner = {
  width: drawingSize.width - margins.marginLeft - margins.marginRight,
  height: drawingSize.height - margins.marginTop - margins.marginBottom,
} as const;

/** Low is light, so that the path stands out where it ends; the domain leaves out the scheme's darkest part. */
const colour = { type: "linear", scheme: "ylgnbu", domain: [-1, levelCount + 9] } as const;

/** Points nearer than that on paper, in pixels, are drawn as one. */
const nearest = { line: 0.6, marker: 7 } as const;

const mostSamples = 4000;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The drawing as an SVG element. */
export function landscape({ valuesAt, path, end, kind, variables }: Drawing): string {
  const places = path.map(placeOf).filter(isFinitePlace);
  const last = placeOf(end);
  const [x = [0, 1], y = [0, 1]] = frameOf([
    [...places, last].map((p) => p.x),
    [...places, last].map((p) => p.y),
  ]);
  const values = valuesOn(x, y, valuesAt);
  const levels = levelsOf(values);
  const plot = Plot.plot({
    document: paper(),
    ...drawingSize,
    ...margins,
    style,
    x: { ...axis, domain: x, label: variables[0] ?? "x", ticks: 7 },
    y: { ...axis, domain: y, label: variables[1] ?? "y", ticks: 7 },
    color: colour,
    marks: [
      Plot.frame({ fill: ink.empty, stroke: "none" }),
      contours(values, levels, [x, y]),
      ...(kind === "path" ? pathMarks(places, last, [x, y]) : sampleMarks(places, last)),
      Plot.frame({ stroke: "#9aa4ae" }),
    ],
  });
  return plot.outerHTML.replace(/<\/svg>$/, `${legend(levels)}</svg>`);
}

const placeOf = ([x = Number.NaN, y = Number.NaN]: readonly number[]): Place => ({ x, y });
const isFinitePlace = ({ x, y }: Place): boolean => Number.isFinite(x) && Number.isFinite(y);

/** The function's values row by row, from the lowest y. */
function valuesOn(x: Range, y: Range, valuesAt: Drawing["valuesAt"]): ArrayLike<number> {
  const { width, height } = grid;
  const [across, up] = [cells(x, width), cells(y, height)];
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: width * height }, (_, i) => value(i));
  return valuesAt([column((i) => at(across, i % width)), column((i) => at(up, Math.floor(i / width)))]);
}

function contours(
  values: ArrayLike<number>,
  { heights, band }: Levels,
  [x, y]: readonly [Range, Range],
): Plot.Markish {
  return Plot.contour(Array.from(values, band), {
    ...grid,
    x1: x[0],
    x2: x[1],
    y1: y[0],
    y2: y[1],
    value: Plot.identity,
    // What is NaN stays so, and is not filled from its neighbours.
    interpolate: "none",
    fill: "value",
    stroke: "white",
    strokeOpacity: 0.55,
    strokeWidth: 0.6,
    // Band 0 is everything that is defined; what is not stays as empty as the frame.
    thresholds: [0, ...heights.map((_, i) => i + 1)],
  });
}

function pathMarks(places: readonly Place[], last: Place, [x, y]: readonly [Range, Range]): Plot.Markish[] {
  const scale = { x, y, ...inner };
  const line = thinPath(places, nearest.line, scale);
  return [
    Plot.line(line, {
      x: "x",
      y: "y",
      stroke: "white",
      strokeWidth: 4,
      strokeOpacity: 0.75,
      strokeLinejoin: "round",
    }),
    Plot.line(line, { x: "x", y: "y", stroke: ink.path, strokeWidth: 1.75, strokeLinejoin: "round" }),
    Plot.dot(thinPath(places, nearest.marker, scale), {
      x: "x",
      y: "y",
      r: 2.6,
      fill: ink.path,
      stroke: "white",
      strokeWidth: 0.8,
    }),
    ...endMarks(places.slice(0, 1), last),
  ];
}

function sampleMarks(places: readonly Place[], mean: Place): Plot.Markish[] {
  const dots = { x: "x", y: "y", r: 1.8, fill: ink.path, fillOpacity: places.length > 500 ? 0.35 : 0.6 };
  return [Plot.dot(thinEvenly(places, mostSamples), dots), ...endMarks([], mean)];
}

/** Where it began, an open circle; where it came to, a star. */
function endMarks(start: readonly Place[], last: Place): Plot.Markish[] {
  const base = { x: "x", y: "y", strokeWidth: 1.6 } as const;
  return [
    Plot.dot(start, { ...base, r: 5.5, fill: "white", stroke: ink.start }),
    Plot.dot([last].filter(isFinitePlace), {
      ...base,
      r: 7.5,
      symbol: "star",
      fill: "#ffd43b",
      stroke: ink.start,
      strokeWidth: 1.2,
    }),
  ];
}

/** A strip of the bands' colours with the heights between them. */
function legend({ heights, lowest }: Levels): string {
  if (heights.length === 0) return "";
  const apply = Plot.scale({ color: colour }).apply;
  const left = drawingSize.width - margins.marginRight + 14;
  const step = inner.height / (levelCount + 1);
  const bottom = margins.marginTop + inner.height;
  const box = (band: number): string =>
    `<rect x="${left}" y="${bottom - step * (band + 1)}" width="12" height="${step + 0.5}" fill="${apply(band)}"/>`;
  const label = (text: string, i: number): string =>
    `<text x="${left + 18}" y="${bottom - step * (i + 1) + 4}" text-anchor="start">${text}</text>`;
  const boxes = [0, ...heights.map((_, i) => i + 1)].map(box);
  return `<g aria-label="value" font-size="11">${boxes.join("")}${heightTexts(heights, lowest).map(label).join("")}</g>`;
}
