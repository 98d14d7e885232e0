/** A line for every epoch, as rows of a table under one heading. */

import type { EpochReport } from "../../../src/train/reports.ts";
import { count } from "../../report/format.ts";
import { judgementCells, shortNumber, timeText } from "./figures.ts";

/** So many lines are read; of runs with more epochs every second, fifth, tenth … one is shown. */
const mostLines = 30;

/** Columns beyond which lines break on usual terminals. */
const widest = 100;

/** Makes the lines of a run. */
export interface EpochLines {
  /** The heading; to be said before the first line. */
  readonly heading: (epoch: EpochReport) => string;
  readonly line: (epoch: EpochReport) => string;
  /** Whether an epoch has a line: all of short runs do. */
  readonly isShown: (epoch: number) => boolean;
}

/** A cell under its name. */
type Cell = readonly [name: string, text: string];

/** Lines for so many epochs; `judgedBy` names the examples that epochs are judged by. */
export function epochLines(epochs: number, judgedBy: "test" | "validation"): EpochLines {
  const every = niceEvery(epochs);
  const width = Math.max(5, String(epochs).length);
  let widths: readonly number[] = [];
  return {
    heading: (epoch) => {
      const cells = cellsOf(epoch, judgedBy);
      widths = cells.map(([name, text]) => Math.max(name.length, text.length + 1));
      return ["epoch".padStart(width), ...cells.map(([name], i) => name.padStart(widths[i] ?? 0))].join("  ");
    },
    line: (epoch) => {
      const cells = cellsOf(epoch, judgedBy);
      const texts = cells.map(([, text], i) => text.padStart(widths[i] ?? 0));
      return [String(epoch.epoch).padStart(width), ...texts].join("  ");
    },
    isShown: (epoch) => isShown(epoch, every, epochs),
  };
}

/** The epochs of a run that have lines, the last among them. */
export function epochNumbers(epochs: number): number[] {
  const every = niceEvery(epochs);
  return Array.from({ length: epochs }, (_, i) => i + 1).filter((epoch) => isShown(epoch, every, epochs));
}

function isShown(epoch: number, every: number, epochs: number): boolean {
  return epoch === 1 || epoch % every === 0 || epoch === epochs;
}

function niceEvery(epochs: number): number {
  const rough = epochs / mostLines;
  if (rough <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
}

function cellsOf(epoch: EpochReport, judgedBy: string): Cell[] {
  const { validation, rate, examplesPerSecond, seconds } = epoch;
  const own = judgementCells(epoch);
  const judged = validation === undefined ? [] : judgementCells(validation);
  const named = judged.map(([name, text]): Cell => [`${judgedBy} ${name}`, text]);
  const rest: Cell[] = [
    ...(rate === undefined ? [] : [["rate", shortNumber(rate)] as const]),
    ["examples/s", count(examplesPerSecond)],
    ["time", timeText(seconds)],
  ];
  const all = [...own, ...named, ...rest];
  const length = all.reduce((sum, [name, text]) => sum + 2 + Math.max(name.length, text.length + 1), 5);
  // Of many metrics those of the examples not trained on are the ones that count.
  return length <= widest || named.length === 0 ? all : [...own.slice(0, 1), ...named, ...rest];
}
