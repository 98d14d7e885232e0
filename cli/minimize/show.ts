/** A result for people, and the same for programs. */

import type { MinimizeResult } from "../../src/minimize/result.ts";
import { wants } from "../../src/solver/question.ts";
import { alignPoints, colours, showNumber, table, wrap } from "../output.ts";
import type { Point } from "../point.ts";
import type { SampleSummary } from "./samples.ts";
import type { TraceStep } from "./trace.ts";

/** What came out of a run. */
export interface Findings {
  readonly result: MinimizeResult<Point>;
  readonly variables: readonly string[];
  readonly sampled: SampleSummary | undefined;
  readonly trace: readonly TraceStep[] | undefined;
  /** Where the picture was written. */
  readonly plot: string | undefined;
}

/** The result in a few lines: how it ended, the point, its value, and what to know or do. */
export function showFindings({ result, variables, sampled, plot }: Findings): string {
  const { bold, green, yellow } = colours();
  const { headline, rows } = describedLines(result);
  const isFine = result.converged || result.reason === "completed";
  // Of samples a point's gradient says nothing, and of a success there is nothing to advise.
  const shown = rows.filter(([name]) => !(name === "gradient" && sampled) && !(name === "advice" && isFine));
  const named: readonly (readonly [name: string, text: string])[] = [
    ...(sampled === undefined
      ? [["value", showNumber(result.value)] as const]
      : sampleRows(sampled, result, variables)),
    ...shown,
    ...(plot === undefined ? [] : [["plot", plot] as const]),
  ];
  const width = Math.max(...named.map(([name]) => name.length));
  return [
    (isFine ? green : yellow)(headline),
    sampled === undefined ? pointTable(result.x, variables) : sampleTable(sampled, variables),
    named
      .map(([name, text]) => `${bold(name.padEnd(width))}  ${wrap(text.split(" "), " ".repeat(width + 2))}`)
      .join("\n"),
  ].join("\n\n");
}

/** The lines of `String(result)`, but for point and value, which are shown with more digits here. */
function describedLines(result: MinimizeResult<Point>): {
  headline: string;
  rows: (readonly [string, string])[];
} {
  const [headline = "", ...lines] = String(result).split("\n");
  const rows = lines.flatMap((line) => {
    const [, name, text] = /^\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return name === undefined || text === undefined || name === "x" || name === "value"
      ? []
      : [[name, text] as const];
  });
  return { headline, rows };
}

function pointTable(x: Point, variables: readonly string[]): string {
  return table([variables, alignPoints(variables.map((name) => x[name] ?? Number.NaN))]);
}

function sampleTable(sampled: SampleSummary, variables: readonly string[]): string {
  const column = (title: string, numbers: Point, digits: number): string[] => [
    title,
    ...alignPoints(variables.map((name) => Number((numbers[name] ?? Number.NaN).toPrecision(digits)))),
  ];
  return table([
    ["", ...variables],
    column("mean", sampled.mean, 6),
    column("standard error", sampled.standardError, 2),
    column("deviation", sampled.standardDeviation, 4),
    column("effective samples", sampled.effectiveSamples, 3),
  ]);
}

function sampleRows(
  { samples, acceptance }: SampleSummary,
  { x, value }: MinimizeResult<Point>,
  variables: readonly string[],
): (readonly [string, string])[] {
  const where = variables.map((name) => `${name} = ${showNumber(x[name] ?? Number.NaN)}`).join(", ");
  return [
    [
      "samples",
      samples === 0
        ? "none: the run ended before its warm-up did"
        : `${samples}, ${(100 * acceptance).toFixed(1)} % of proposals accepted`,
    ],
    ["lowest", `${showNumber(value)} at ${where}`],
  ];
}

/** The same as an object for JSON; the first members are promised, others may be added behind them. */
export function jsonOf({ result, sampled, trace, plot }: Findings): object {
  const { value, gradient, hessian, ...others } = result.evaluations;
  const further = wants.flatMap((kind) => {
    const count = kind in others ? result.evaluations[kind] : 0;
    return count > 0 ? [[kind, count] as const] : [];
  });
  return {
    x: result.x,
    value: result.value,
    gradientNorm: result.gradientNorm ?? null,
    reason: result.reason,
    converged: result.converged,
    steps: result.steps,
    evaluations: { value, gradient, hessian, ...Object.fromEntries(further) },
    method: result.method,
    detail: result.detail,
    advice: result.advice,
    criteria: result.criteria,
    settings: result.settings,
    order: result.order ?? null,
    choice: result.choice ?? null,
    derivatives: result.derivatives,
    notes: result.notes,
    elapsed: result.elapsed,
    ...sampled,
    ...(plot === undefined ? {} : { plot }),
    ...(trace === undefined ? {} : { trace }),
  };
}
