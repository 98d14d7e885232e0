/** Two variables: the function as a landscape of filled contours, and the path or the samples on it. */

import * as Plot from "@observablehq/plot";
import { at } from "../../../src/core/exactly.ts";
import { axis, heightTexts, style } from "./axis.ts";
import type { Drawing } from "./drawing.ts";
import { cells, frameOf, isDrawable, type Range } from "./frame.ts";
import { type Levels, levelCount, levelsOf } from "./levels.ts";
import {
  endMark,
  markerDistance,
  mostSamples,
  type Place,
  passedMark,
  sampleMark,
  startMark,
} from "./marks.ts";
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

/** Corners of the path nearer than that on paper, in pixels, are drawn as one. */
const cornerDistance = 0.6;

/** The drawing as an SVG element. */
export function landscape({ valuesAt, path, end, kind, variables }: Drawing): string {
  const places = path.map(placeOf).filter(isDrawablePlace);
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
      ...(kind === "path" ? pathMarks(places, [x, y]) : [sampleMark(thinEvenly(places, mostSamples))]),
      endMark([last].filter(isDrawablePlace)),
      Plot.frame({ stroke: "#9aa4ae" }),
    ],
  });
  return plot.outerHTML.replace(/<\/svg>$/, `${legend(levels)}</svg>`);
}

const placeOf = ([x = Number.NaN, y = Number.NaN]: readonly number[]): Place => ({ x, y });
const isDrawablePlace = ({ x, y }: Place): boolean => isDrawable(x) && isDrawable(y);

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

function pathMarks(places: readonly Place[], [x, y]: readonly [Range, Range]): Plot.Markish[] {
  const scale = { x, y, ...inner };
  const corners = thinPath(places, cornerDistance, scale);
  const line = { x: "x", y: "y", strokeLinejoin: "round", clip: true } as const;
  return [
    Plot.line(corners, { ...line, stroke: "white", strokeWidth: 4, strokeOpacity: 0.75 }),
    Plot.line(corners, { ...line, stroke: ink.path, strokeWidth: 1.75 }),
    passedMark(thinPath(places, markerDistance, scale)),
    startMark(places),
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
