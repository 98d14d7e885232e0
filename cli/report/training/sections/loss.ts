/** The course of the loss of all runs in one picture. */

import * as Plot from "@observablehq/plot";
import { extremes } from "../../../minimize/plot/frame.ts";
import { lookOf } from "../../../race/report/looks.ts";
import { type ValueAxis, valueAxis } from "../drawing/axis.ts";
import { chart, type LineEnd, legend, type Size } from "../drawing/picture.ts";
import { type Point, smooth, thin } from "../drawing/smooth.ts";
import type { ReportRun, TrainingReport } from "../report.ts";

const wide: Size = { width: 960, height: 400 };
const narrow: Size = { width: 380, height: 330 };

/** Pixels between two points of a thin line; nearer ones cannot be told apart. */
const pixelsPerPoint = 1.6;

/** Pixels that the mark of an epoch needs. */
const pixelsPerMark = 34;

/** The section, or nothing where no step was taken. */
export function lossSection({ runs }: TrainingReport): string {
  if (runs.every(({ curve }) => curve.length === 0)) return "";
  const together =
    runs.length > 1
      ? "All runs begin with the same weights and see the same batches; only what moves the weights differs. "
      : "";
  return `<section>
<h2>Loss</h2>
<p class="soft">${together}Thin is the loss of the batches, each before its step; bold is its moving average. Dashed lines are the ends of epochs.</p>
${legend(runs)}
<figure class="curve">
<div class="wide">${lossCurves(runs, wide)}</div>
<div class="narrow">${lossCurves(runs, narrow)}</div>
</figure>
</section>`;
}

function lossCurves(runs: readonly ReportRun[], { width, height }: Size): string {
  const thinned = runs.map(({ curve }) => thin(curve, Math.floor(width / pixelsPerPoint)));
  const axis = valueAxis(
    thinned.flat().map(({ loss }) => loss),
    "loss",
  );
  const shown = (points: readonly Point[]): Point[] => points.filter(({ loss }) => axis.isShown(loss));
  const averages = thinned.map((points) => smooth(shown(points), Math.ceil(points.length / 60)));
  const [, steps] = extremes([1, ...runs.flatMap(({ curve }) => curve.map(({ step }) => step))]);
  const marks = epochMarks(runs, steps, width);
  return chart(
    `Loss of the training steps: ${runs.map(({ title }) => title).join(", ")}`,
    {
      width,
      height,
      marginTop: 34,
      marginRight: 16,
      marginBottom: 42,
      marginLeft: 52,
      x: {
        label: "step",
        labelArrow: "none",
        labelAnchor: "center",
        domain: [0, steps],
        ticks: width / 100,
        tickFormat: ",d",
      },
      y: axis.options,
      marks: [
        Plot.ruleX(marks, { x: "step", strokeOpacity: 0.35, strokeDasharray: "3,4" }),
        Plot.text(marks, { x: "step", text: "label", frameAnchor: "top", dy: -14, fillOpacity: 0.75 }),
        ...thinned.map((points, i) =>
          line(axis, shown(points), i, { strokeWidth: 0.8, strokeOpacity: 0.28 }),
        ),
        ...averages.map((points, i) => line(axis, points, i, { strokeWidth: 2.4, strokeOpacity: 1 })),
      ],
    },
    ends(averages, axis),
  );
}

function line(
  axis: ValueAxis,
  points: readonly Point[],
  run: number,
  style: { readonly strokeWidth: number; readonly strokeOpacity: number },
): Plot.Markish {
  const { colour } = lookOf(run);
  const places = points.map(({ step, loss }) => ({ step, place: axis.place(loss) }));
  return Plot.lineY(places, { x: "step", y: "place", stroke: colour, strokeLinejoin: "round", ...style });
}

function ends(averages: readonly (readonly Point[])[], { place }: ValueAxis): LineEnd[] {
  if (averages.length < 2) return [];
  return averages.flatMap((points, run) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ run, x: last.step, y: place(last.loss) }];
  });
}

/** The ends of the epochs of the run that had most of them; only each so-manieth where they would be too close. */
function epochMarks(
  runs: readonly ReportRun[],
  steps: number,
  width: number,
): { readonly step: number; readonly label: string }[] {
  const epochs = runs.reduce<ReportRun["epochs"]>(
    (most, run) => (run.epochs.length > most.length ? run.epochs : most),
    [],
  );
  const [first] = epochs;
  if (first === undefined) return [];
  const room = (first.step / steps) * width;
  const every =
    [1, 2, 5, 10, 20, 50].find((n) => n * room >= pixelsPerMark) ?? Math.ceil(pixelsPerMark / room);
  const marked = epochs.filter(({ epoch }) => epoch % every === 0);
  return marked.map(({ epoch, step }, i) => ({ step, label: i === 0 ? `epoch ${epoch}` : String(epoch) }));
}
