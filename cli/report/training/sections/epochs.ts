/** How the runs were judged after each epoch, and how long their gradients were. */

import * as Plot from "@observablehq/plot";
import type { EpochReport } from "../../../../src/train/reports.ts";
import { extremes } from "../../../minimize/plot/frame.ts";
import { lookOf } from "../../../race/report/looks.ts";
import { accuracyAxis } from "../drawing/accuracy-axis.ts";
import { type ValueAxis, valueAxis } from "../drawing/axis.ts";
import { chart, figure, legend } from "../drawing/picture.ts";
import type { ReportRun, TrainingReport } from "../report.ts";
import { epochTable } from "./epoch-table.ts";

const size = { width: 360, height: 290 } as const;

/** Symbols are drawn at so many epochs at most; at more they would touch. */
const mostSymbols = 15;

const gradientWords =
  ", and the mean length ‖g‖ of the gradient over its steps: it shrinks as a minimum comes near, and what explodes or vanishes shows there";

/** The section, or nothing where there was no whole epoch. */
export function epochsSection({ runs, data }: TrainingReport): string {
  if (runs.every(({ epochs }) => epochs.length === 0)) return "";
  const { testName = "test" } = data;
  const isJudged = runs.some(({ epochs }) => epochs.some(({ validation }) => validation !== undefined));
  const name = isJudged ? testName : "training";
  const hasGradients = runs.some(({ epochs }) => epochs.some((epoch) => Number.isFinite(epoch.gradientNorm)));
  const judgement = ({ validation, ...own }: EpochReport) => (isJudged ? validation : own);
  const judged = [
    epochFigure(runs, `${name} accuracy`, (epoch) => judgement(epoch)?.metrics.accuracy, accuracyAxis),
    epochFigure(runs, `${name} loss`, (epoch) => judgement(epoch)?.loss, valueAxis),
    epochFigure(runs, "norm of the gradient", ({ gradientNorm }) => gradientNorm, valueAxis),
  ];
  return `<section>
<h2>Epoch by epoch</h2>
<p class="soft">What the ${name} examples say ${isJudged ? "after" : "in"} each epoch${hasGradients ? gradientWords : ""}.</p>
${legend(runs)}
<div class="figures three">
${judged.join("\n")}
</div>
${epochTable(runs, testName)}
</section>`;
}

interface EpochFigure {
  readonly epoch: number;
  readonly value: number;
}

function epochFigure(
  runs: readonly ReportRun[],
  name: string,
  read: (epoch: EpochReport) => number | undefined,
  axisOf: (values: readonly number[], label: string) => ValueAxis,
): string {
  const figures = runs.map(({ epochs }) => epochs.flatMap((epoch) => figuresOf(epoch, read)));
  const values = figures.flat().map(({ value }) => value);
  if (values.length === 0) return "";
  const axis = axisOf(values, "");
  const lines = figures.map((line) => line.filter(({ value }) => axis.isShown(value)));
  const [first, last] = extremes(lines.flat().map(({ epoch }) => epoch));
  const isFew = last - first < mostSymbols;
  const symbols = lines.flatMap((line, run) =>
    (isFew ? line : line.slice(-1)).map(({ epoch, value }) => ({ run, x: epoch, y: axis.place(value) })),
  );
  const caption = name.charAt(0).toUpperCase() + name.slice(1);
  const drawing = chart(
    `${caption} after each epoch`,
    {
      ...size,
      marginTop: 16,
      marginRight: 16,
      marginBottom: 40,
      marginLeft: 54,
      x: {
        label: "epoch",
        labelArrow: "none",
        labelAnchor: "center",
        domain: first === last ? [first - 0.5, last + 0.5] : [first, last],
        ...(isFew
          ? { ticks: Array.from({ length: last - first + 1 }, (_, i) => first + i), tickFormat: "d" }
          : { ticks: 6 }),
        inset: 8,
      },
      y: { ...axis.options, label: null },
      marks: lines.map((line, i) =>
        Plot.line(line, {
          x: "epoch",
          y: ({ value }: EpochFigure) => axis.place(value),
          stroke: lookOf(i).colour,
          strokeWidth: 2,
        }),
      ),
    },
    symbols,
  );
  return figure(caption, drawing);
}

function figuresOf(
  epoch: EpochReport,
  read: (epoch: EpochReport) => number | undefined,
): readonly EpochFigure[] {
  const value = read(epoch);
  return value === undefined || !Number.isFinite(value) ? [] : [{ epoch: epoch.epoch, value }];
}
