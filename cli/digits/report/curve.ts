/** The loss curve as SVG, drawn by Observable Plot without a browser. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { percent } from "../format.ts";
import type { History } from "../history.ts";
import { smooth, thin } from "./smooth.ts";

/** Points of the thin line; more cannot be told apart on a page. */
const POINTS = 600;

/** A method's course, and the colour it is drawn in (a custom property of the style sheet). */
export interface Course {
  readonly title: string;
  readonly color: string;
  readonly history: History;
}

/**
 * For each course the loss of every step (thin), its moving average (bold), and the test accuracy where each epoch ends.
 * Colours and sizes are left to the page's style sheet where it can set them.
 */
export function lossCurves(courses: readonly Course[], width: number, height: number): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const steps = Math.max(...courses.map(({ history }) => history.losses.length));
  const ends = courses.map(({ history }) => epochEnds(history));
  // Many epochs have no room for their labels.
  const hasLabels = ends.every(({ length }) => length * 90 < width);
  const plot = Plot.plot({
    document,
    width,
    height,
    marginTop: 30,
    marginRight: 16,
    marginBottom: 40,
    style: { background: "none" },
    x: { label: "step", domain: [0, steps], ticks: width / 100, tickFormat: ",d" },
    y: { label: "loss (logarithmic)", type: "log", grid: true, ticks: 4, tickFormat: "~g" },
    marks: [
      Plot.ruleX(ends[0] ?? [], { x: "step", strokeOpacity: 0.4, strokeDasharray: "3,4" }),
      ...courses.map(({ color, history }) => noisyLine(history, color)),
      ...courses.map(({ color, history }) => boldLine(history, color)),
      ...(hasLabels ? courses.map(({ color }, i) => accuracyLabels(ends[i] ?? [], color, i)) : []),
    ],
  });
  plot.setAttribute("role", "img");
  plot.setAttribute(
    "aria-label",
    `Loss of each training step: ${courses.map(({ title }) => title).join(", ")}`,
  );
  return plot.outerHTML;
}

interface EpochEnd {
  readonly step: number;
  readonly label: string;
}

function epochEnds({ losses, epochs }: History): EpochEnd[] {
  return epochs.map(({ epoch, testAccuracy }) => ({
    step: (epoch * losses.length) / epochs.length,
    label: `test ${percent(testAccuracy)}`,
  }));
}

function noisyLine({ losses }: History, color: string): Plot.Markish {
  const line = { x: "step", y: "loss", stroke: color, strokeOpacity: 0.3, strokeWidth: 1 };
  return Plot.lineY(thin(losses, POINTS), line);
}

function boldLine({ losses }: History, color: string): Plot.Markish {
  const points = thin(losses, POINTS);
  const line = { x: "step", y: "loss", stroke: color, strokeWidth: 2.5 };
  return Plot.lineY(smooth(points, Math.ceil(points.length / 60)), line);
}

/** Left of the end of each epoch, the courses one below the other. */
function accuracyLabels(ends: readonly EpochEnd[], color: string, row: number): Plot.Markish {
  return Plot.text(ends, {
    x: "step",
    text: "label",
    fill: color,
    frameAnchor: "top",
    textAnchor: "end",
    dx: -5,
    dy: 4 + 16 * row,
  });
}
