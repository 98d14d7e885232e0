/** One variable: the function as a curve, and the points reached on it. */

import * as Plot from "@observablehq/plot";
import { at } from "../../../src/core/exactly.ts";
import { axis, style } from "./axis.ts";
import type { Drawing } from "./drawing.ts";
import { cells, extremes, frameOf, isDrawable, type Range } from "./frame.ts";
import {
  endMark,
  markerDistance,
  mostSamples,
  type Place,
  passedMark,
  sampleMark,
  startMark,
} from "./marks.ts";
import { drawingSize, paper } from "./sheet.ts";
import { thinEvenly, thinPath } from "./thin.ts";

/** The function is evaluated at so many points. */
const samples = 800;

/** The share of the curve's values on either side that may leave the frame, as beside a pole. */
const cut = 0.03;

/** The drawing as an SVG element. */
export function curve({ valuesAt, path, end, kind, variables }: Drawing): string {
  const reached = path.map(([x = Number.NaN]) => x).filter(isDrawable);
  const [x = [0, 1]] = frameOf([[...reached, ...end]]);
  const line = placesOn(cells(x, samples), valuesAt);
  const places = placesOn(Float64Array.from(reached), valuesAt).filter(({ y }) => isDrawable(y));
  const last = placesOn(Float64Array.from(end), valuesAt).filter(({ y }) => isDrawable(y));
  const y = heightsOf(line, [...places, ...last]);
  const scale = { x, y, width: drawingSize.width, height: drawingSize.height };
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
      Plot.line(withoutLeaps(line, y), { x: "x", y: "y", clip: true, stroke: "#1f77b4", strokeWidth: 2.25 }),
      ...(kind === "path"
        ? [passedMark(thinPath(places, markerDistance, scale)), startMark(places)]
        : [sampleMark(thinEvenly(places, mostSamples))]),
      endMark(last),
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
    .filter(isDrawable)
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
