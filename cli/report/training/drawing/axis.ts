/** Axes of the page's charts: logarithmic where values span much, with ticks that are round numbers. */

import type * as Plot from "@observablehq/plot";
import { axis as plainAxis, tickText } from "../../../minimize/plot/axis.ts";
import { extremes } from "../../../minimize/plot/frame.ts";

/** From the smallest to the largest by so much, an axis is logarithmic. */
const wide = 8;

/** An axis up. */
export interface ValueAxis {
  readonly options: Plot.ScaleOptions;
  /** Whether a value has a place on it; what is 0 or less has none on a logarithmic one. */
  readonly isShown: (value: number) => boolean;
  /** What stands on the scale for a value. */
  readonly place: (value: number) => number;
}

/** The axis for these values. */
export function valueAxis(values: readonly number[], label: string): ValueAxis {
  const finite = values.filter(Number.isFinite);
  const [low, high] = extremes(finite.filter((value) => value > 0));
  if (!(high / low >= wide)) return linearAxis(finite, label);
  const ticks = logTicks(low, high);
  return {
    // The scale itself is linear: Plot leaves out texts of logarithmic ones as it sees fit.
    options: {
      ...upright,
      label: `${label}, logarithmic`,
      domain: [Math.log10(low / 1.08), Math.log10(high * 1.08)],
      ticks: ticks.map(Math.log10),
      tickFormat: (place: number) => tickText(Number((10 ** place).toPrecision(6))),
    },
    isShown: (value) => Number.isFinite(value) && value > 0,
    place: Math.log10,
  };
}

/** What all upright axes share. */
export const upright: Plot.ScaleOptions = { ...plainAxis, grid: true, labelAnchor: "top", tickSize: 0 };

function linearAxis(values: readonly number[], label: string): ValueAxis {
  const [low, high] = values.length === 0 ? [0, 1] : extremes(values);
  const domain = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return {
    options: { ...upright, label, domain, nice: true, ticks: 5 },
    isShown: Number.isFinite,
    place: (value) => value,
  };
}

/** What ticks begin with, from many of them to few. */
const leads: readonly (readonly number[])[] = [
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1],
];

/** More ticks stand too close. */
const mostTicks = 8;

/** Round numbers from low to high: as many as there is room for. */
export function logTicks(low: number, high: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const all = leads.map((list) =>
    powers
      .flatMap((power) => list.map((lead) => Number(`${lead}e${power}`)))
      .filter((tick) => tick >= low / 1.08 && tick <= high * 1.08),
  );
  const fitting = all.find((ticks) => ticks.length <= mostTicks);
  if (fitting !== undefined) return fitting;
  const every = Math.ceil(powers.length / mostTicks);
  return powers.filter((_, i) => i % every === 0).map((power) => Number(`1e${power}`));
}
