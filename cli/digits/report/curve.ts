/** The loss curve as SVG, drawn by Observable Plot without a browser. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { percent } from "../format.ts";
import type { History } from "../history.ts";
import { smooth, thin } from "./smooth.ts";

/** Points of the thin line; more cannot be told apart on a page. */
const POINTS = 600;

/**
 * The loss of every step (thin), its moving average (bold), and the test accuracy where each epoch ends.
 * Colours and sizes are left to the page's style sheet where it can set them.
 */
export function lossCurve({ losses, epochs }: History, width: number, height: number): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const points = thin(losses, POINTS);
  const ends = epochs.map(({ epoch, testAccuracy }) => ({
    step: (epoch * losses.length) / epochs.length,
    label: `test ${percent(testAccuracy)}`,
  }));
  const plot = Plot.plot({
    document,
    width,
    height,
    marginTop: 30,
    marginRight: 16,
    marginBottom: 40,
    style: { background: "none" },
    x: { label: "step", domain: [0, losses.length], ticks: width / 100, tickFormat: ",d" },
    y: { label: "loss (logarithmic)", type: "log", grid: true, ticks: 4, tickFormat: "~g" },
    marks: [
      Plot.ruleX(ends, { x: "step", strokeOpacity: 0.4, strokeDasharray: "3,4" }),
      // Many epochs have no room for their labels.
      ...(epochs.length * 90 < width
        ? [
            Plot.text(ends, {
              x: "step",
              text: "label",
              frameAnchor: "top",
              textAnchor: "end",
              dx: -5,
              dy: 4,
            }),
          ]
        : []),
      Plot.lineY(points, {
        x: "step",
        y: "loss",
        stroke: "var(--accent)",
        strokeOpacity: 0.35,
        strokeWidth: 1,
      }),
      Plot.lineY(smooth(points, Math.ceil(points.length / 60)), {
        x: "step",
        y: "loss",
        stroke: "var(--accent)",
        strokeWidth: 2.5,
      }),
    ],
  });
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", "Loss of each training step");
  return plot.outerHTML;
}
