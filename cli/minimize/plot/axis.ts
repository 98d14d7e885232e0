/** How numbers stand at axes and in legends. */

import type { PlotOptions, ScaleOptions } from "@observablehq/plot";
import { ink } from "./sheet.ts";

/** Plain digits where they are few, powers of ten where they would be many. */
export function tickText(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}

/** Heights with three digits, or as many as tell them apart; where that takes many, by how much they exceed the lowest. */
export function heightTexts(heights: readonly number[], lowest: number): string[] {
  const short = (digits: number): string[] =>
    heights.map((height) => tickText(Number(height.toPrecision(digits))));
  const distinct = [3, 4, 5].map(short).find((texts) => new Set(texts).size === texts.length);
  return distinct ?? heights.map((height) => `+${tickText(Number((height - lowest).toPrecision(3)))}`);
}

/** The options of one axis. */
export const axis: ScaleOptions = {
  tickFormat: tickText,
  tickSize: 4,
  labelAnchor: "center",
  labelArrow: "none",
};

/** The options of a plot that all drawings share. */
export const style: NonNullable<PlotOptions["style"]> = {
  background: "white",
  color: ink.dark,
  fontSize: "12px",
  fontFamily: "system-ui, sans-serif",
};
