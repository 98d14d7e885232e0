/** One variable: the function as a curve, and the points reached on it. */

import * as Plot from "@observablehq/plot";
import { at } from "../../../src/core/exactly.ts";
import { axis, style } from "./axis.ts";
import type { Drawing } from "./drawing.ts";
import { cells, extremes, frameOf, type Range } from "./frame.ts";
import { drawingSize, ink, paper } from "./sheet.ts";
import { thinEvenly, thinPath } from "./thin.ts";

/** The function is evaluated at so many points. */
const samples = 800;

/** The share of the curve's values on either side that may leave the frame, as beside a pole. */
const cut = 0.03;

const mostSamples = 2000;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The drawing as an SVG element. */
export function curve({ valuesAt, path, end, kind, variables }: Drawing): string {
  const reached = path.map(([x = Number.NaN]) => x).filter(Number.isFinite);
  const [x = [0, 1]] = frameOf([[...reached, ...end]]);
  const line = placesOn(cells(x, samples), valuesAt);
  const places = placesOn(Float64Array.from(reached), valuesAt).filter(({ y }) => Number.isFinite(y));
  const last = placesOn(Float64Array.from(end), valuesAt).filter(({ y }) => Number.isFinite(y));
  const y = heightsOf(line, [...places, ...last]);
  const scale = { x, y, width: drawingSize.width, height: drawingSize.height };
  const dots = kind === "path" ? thinPath(places, 6, scale) : thinEvenly(places, mostSamples);
  const mark = { x: "x", y: "y", clip: true } as const;
  return Plot.plot({
    document: paper(),
    ...drawingSize,
    marginLeft: 72,
    marginRight: 24,
    marginTop: 20,
    marginBottom: 44,
    style,
    x: { ...axis, domain: x, label: variables[0] ?? "x", ticks: 8 },
    y: { ...axis, domain: y, label: "value", ticks: 7, grid: true },
    marks: [
      Plot.frame({ stroke: "#9aa4ae" }),
      Plot.line(withoutLeaps(line, y), { ...mark, stroke: "#1f77b4", strokeWidth: 2.25 }),
      Plot.dot(dots, {
        ...mark,
        r: 3.2,
        fill: ink.path,
        fillOpacity: kind === "path" ? 1 : 0.4,
        stroke: "white",
        strokeWidth: 0.8,
      }),
      ...(kind === "path"
        ? [
            Plot.dot(places.slice(0, 1), {
              ...mark,
              r: 5.5,
              fill: "white",
              stroke: ink.start,
              strokeWidth: 1.6,
            }),
          ]
        : []),
      Plot.dot(last, {
        ...mark,
        r: 7.5,
        symbol: "star",
        fill: "#ffd43b",
        stroke: ink.start,
        strokeWidth: 1.2,
      }),
    ],
  }).outerHTML;
}

function placesOn(xs: Float64Array, valuesAt: Drawing["valuesAt"]): Place[] {
  const ys = valuesAt([xs]);
  return Array.from(xs, (x, i) => ({ x, y: at(ys, i) }));
}

/** The heights shown: all points reached, and the curve but for its extremes. */
function heightsOf(line: readonly Place[], places: readonly Place[]): Range {
  const sorted = Float64Array.from(line, ({ y }) => y)
    .filter(Number.isFinite)
    .sort();
  const usual = sorted.subarray(Math.floor(cut * sorted.length), Math.ceil((1 - cut) * sorted.length));
  const [low, high] = extremes([...usual, ...places.map(({ y }) => y)]);
  if (!(low <= high)) return [0, 1];
  const room = 0.06 * (high - low) || 0.1 * Math.abs(high) || 1;
  return [low - room, high + room];
}

/** The curve, interrupted where it leaps from beyond one edge of the frame to beyond the other, as at a pole. */
function withoutLeaps(line: readonly Place[], [low, high]: Range): Place[] {
  return line.map(({ x, y }, i) => {
    const next = line[i + 1]?.y ?? y;
    return { x, y: (y > high && next < low) || (y < low && next > high) ? Number.NaN : y };
  });
}
