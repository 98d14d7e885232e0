/** The line that a single unit draws between two classes, epoch by epoch. */

import * as Plot from "@observablehq/plot";
import { at } from "../../../../src/core/exactly.ts";
import { axis } from "../../../minimize/plot/axis.ts";
import { frameOf, type Range } from "../../../minimize/plot/frame.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { thinEvenly } from "../../../minimize/plot/thin.ts";
import { lookOf } from "../../../race/report/looks.ts";
import { type Corner, crossing, positivePart, signedValue } from "../drawing/half-planes.ts";
import { chart, figure, type Size, swatch } from "../drawing/picture.ts";
import type { DecisionLine, DecisionPoint, ReportDecision, TrainingReport } from "../report.ts";

/** As many epochs have a picture of their own, and as many lines are drawn in the picture of all. */
const mostPictures = 12;
const mostLines = 60;

const large: Size = { width: 640, height: 440 };
const small: Size = { width: 240, height: 190 };

/** The section, or nothing where there is no such line. */
export function decisionSection({ decision }: TrainingReport): string {
  const last = decision?.lines.at(-1);
  if (decision === undefined || last === undefined) return "";
  const frame = frameOfPoints(decision.points);
  const pictures = thinEvenly(decision.lines, mostPictures).map((line) => {
    const wrong = mistakesOf(decision, line).length;
    const caption = `Epoch ${line.epoch}: ${wrong === 0 ? "none" : wrong} wrong`;
    return figure(caption, chart(caption, { ...bare(small), ...plane(decision, frame, [line], 2.4) }));
  });
  const names = decision.classes.map((name, i) => `<li>${swatch(i)}<span>${escapeXml(name)}</span></li>`);
  return `<section>
<h2>The decision line, epoch by epoch</h2>
<p class="soft">${conclusion(decision, last)} Lines of earlier epochs are paler; rings are examples on the wrong side of the last line.</p>
<ul class="legend" aria-label="Classes">${names.join("")}</ul>
${figure(`All lines, the last after epoch ${last.epoch}`, overlay(decision, frame), "plane")}
<div class="figures small">
${pictures.join("\n")}
</div>
</section>`;
}

function conclusion(decision: ReportDecision, last: DecisionLine): string {
  const wrong = mistakesOf(decision, last).length;
  const count = decision.points.length;
  if (wrong > 0) return `After epoch ${last.epoch}, ${wrong} of ${count} examples are on the wrong side.`;
  const first = decision.lines.find((line) => mistakesOf(decision, line).length === 0) ?? last;
  return `From epoch ${first.epoch} on the line separates all ${count} examples.`;
}

const mistakesOf = ({ points }: ReportDecision, line: DecisionLine): readonly DecisionPoint[] =>
  points.filter((point) => Number(signedValue(line, [point.x, point.y]) > 0) !== point.class);

function frameOfPoints(points: readonly DecisionPoint[]): readonly [Range, Range] {
  const frame = frameOf([points.map(({ x }) => x), points.map(({ y }) => y)]);
  return [at(frame, 0), at(frame, 1)];
}

function overlay(decision: ReportDecision, frame: readonly [Range, Range]): string {
  const [across, up] = decision.features;
  return chart(`${up} against ${across} with the lines after each epoch`, {
    ...large,
    marginLeft: 52,
    marginBottom: 44,
    marginTop: 26,
    ...plane(decision, frame, thinEvenly(decision.lines, mostLines), 3.4),
    x: { ...axis, domain: frame[0], label: across, ticks: 7 },
    y: { ...axis, domain: frame[1], label: up, labelAnchor: "top", ticks: 6 },
  });
}

const bare = (size: Size): Plot.PlotOptions => ({ ...size, margin: 4 });

/** Points, the side of the second class under the last line, and the lines. */
function plane(
  decision: ReportDecision,
  frame: readonly [Range, Range],
  lines: readonly DecisionLine[],
  radius: number,
): Plot.PlotOptions {
  const last = at(lines, lines.length - 1);
  const opacity = (i: number): number => 0.1 + 0.3 * ((i + 1) / lines.length);
  return {
    x: { axis: null, domain: frame[0] },
    y: { axis: null, domain: frame[1] },
    marks: [
      side(positivePart(last, frame), 1),
      side(positivePart({ a: -last.a, b: -last.b, c: -last.c }, frame), 0),
      ...lines
        .slice(0, -1)
        .map((line, i) => drawnLine(line, frame, { strokeWidth: 1, strokeOpacity: opacity(i) })),
      drawnLine(last, frame, { strokeWidth: 2.4, strokeOpacity: 1 }),
      ...([0, 1] as const).map((index) => dots(decision, index, radius)),
      Plot.dot(mistakesOf(decision, last), {
        x: "x",
        y: "y",
        r: radius + 3,
        stroke: "currentColor",
        strokeWidth: 1.2,
      }),
    ],
  };
}

function side(corners: readonly Corner[], run: number): Plot.Markish {
  return Plot.line(corners, {
    stroke: "none",
    fill: lookOf(run).colour,
    fillOpacity: 0.1,
    curve: "linear-closed",
  });
}

function drawnLine(
  line: DecisionLine,
  frame: readonly [Range, Range],
  style: { readonly strokeWidth: number; readonly strokeOpacity: number },
): Plot.Markish {
  return Plot.line(crossing(line, frame) ?? [], { stroke: "currentColor", ...style });
}

/** The first class has circles, the second squares. */
function dots({ points }: ReportDecision, index: 0 | 1, radius: number): Plot.Markish {
  return Plot.dot(
    points.filter((point) => point.class === index),
    { x: "x", y: "y", r: radius, fill: lookOf(index).colour, symbol: index === 0 ? "circle" : "square" },
  );
}
