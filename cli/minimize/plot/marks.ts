/** What the curve and the landscape mark alike: where a run began, where it came to, what it passed. */

import * as Plot from "@observablehq/plot";
import { ink } from "./sheet.ts";

/** A point of the drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** As many samples are drawn; more cannot be told apart. */
export const mostSamples = 4000;

/** Markers nearer than that on paper, in pixels, are drawn as one. */
export const markerDistance = 7;

const base = { x: "x", y: "y", clip: true } as const;

/** Points passed on the way. */
export function passedMark(places: readonly Place[]): Plot.Markish {
  return Plot.dot(places, { ...base, r: 2.7, fill: ink.path, stroke: "white", strokeWidth: 0.8 });
}

/** Samples; where there are many, darker where they lie close. */
export function sampleMark(places: readonly Place[]): Plot.Markish {
  return Plot.dot(places, { ...base, r: 1.8, fill: ink.path, fillOpacity: places.length > 500 ? 0.35 : 0.6 });
}

/** Where it began: an open circle. */
export function startMark(places: readonly Place[]): Plot.Markish {
  const circle = { r: 5.5, fill: "white", stroke: ink.dark, strokeWidth: 1.6 } as const;
  return Plot.dot(places.slice(0, 1), { ...base, ...circle });
}

/** Where it came to: a star. */
export function endMark(places: readonly Place[]): Plot.Markish {
  const star = { r: 7.5, symbol: "star", fill: "#ffd43b", stroke: ink.dark, strokeWidth: 1.2 } as const;
  return Plot.dot(places, { ...base, ...star });
}
