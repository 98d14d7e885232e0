/** A result for people, and the same for programs. */

import { describeRows, type Row } from "../../src/minimize/describe.ts";
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
  const { headline, rows } = describeRows(result);
  const isFine = result.converged || result.reason === "completed";
  const named: readonly Row[] = [
    ...(sampled === undefined
      ? [["value", showNumber(result.value)] as const]
      : sampleRows(sampled, result, variables)),
    ...rows.filter(([name]) => !isShownElsewhere(name, sampled)),
    ...(plot === undefined ? [] : [["plot", plot] as const]),
  ];
  const width = Math.max(...named.map(([name]) => name.length));
  return [
    (isFine ? green : yellow)(headline),
    ...(sampled === undefined ? [pointTable(result.x, variables)] : sampleTables(sampled, variables)),
    named
      .map(([name, text]) => `${bold(name.padEnd(width))}  ${wrap(text.split(" "), " ".repeat(width + 2))}`)
      .join("\n"),
  ].join("\n\n");
}

/** Point and value have more digits here; of samples a point's gradient says nothing. */
function isShownElsewhere(name: string, sampled: SampleSummary | undefined): boolean {
  return name === "x" || name === "value" || (name === "gradient" && sampled !== undefined);
}

function pointTable(x: Point, variables: readonly string[]): string {
  return table([variables, alignPoints(variables.map((name) => x[name] ?? Number.NaN))]);
}

/** What the samples say; nothing where there are none. */
function sampleTables(sampled: SampleSummary, variables: readonly string[]): string[] {
  if (sampled.samples === 0) return [];
  const column = (title: string, numbers: Point, digits: number): string[] => [
    title,
    ...alignPoints(variables.map((name) => Number((numbers[name] ?? Number.NaN).toPrecision(digits)))),
  ];
  return [
    table([
      ["", ...variables],
      column("mean", sampled.mean, 6),
      column("standard error", sampled.standardError, 2),
      column("deviation", sampled.standardDeviation, 4),
      column("effective samples", sampled.effectiveSamples, 3),
    ]),
  ];
}

function sampleRows(
  { samples, acceptance }: SampleSummary,
  { x, value }: MinimizeResult<Point>,
  variables: readonly string[],
): Row[] {
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
    kernels: result.kernels,
    elapsed: result.elapsed,
    ...sampled,
    ...(plot === undefined ? {} : { plot }),
    ...(trace === undefined ? {} : { trace }),
  };
}
