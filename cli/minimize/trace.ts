/** A run step by step: a line for each. */

import { at } from "../../src/core/exactly.ts";
import type { MinimizeResult } from "../../src/minimize/result.ts";
import { alignPoints, table } from "../output.ts";
import type { Point } from "../point.ts";

/** One step; the first is the start. */
export interface TraceStep {
  readonly step: number;
  readonly value: number;
  /** ‖∇f‖∞, null where the method does not know it. */
  readonly gradientNorm: number | null;
  /** ‖Δx‖₂ of the step that led here. */
  readonly stepNorm: number;
  /** Missing where the run was continued from a checkpoint that had not kept its points. */
  readonly x?: Point;
}

/** All steps. */
export function traceOf({ history, path }: Pick<MinimizeResult<Point>, "history" | "path">): TraceStep[] {
  return history.value.map((value, step) => {
    const gradientNorm = at(history.gradientNorm, step);
    const x = path?.[step];
    return {
      step,
      value,
      gradientNorm: Number.isNaN(gradientNorm) ? null : gradientNorm,
      stepNorm: at(history.stepNorm, step),
      ...(x === undefined ? {} : { x }),
    };
  });
}

/** Steps as a table with a header. */
export function traceTable(steps: readonly TraceStep[], variables: readonly string[]): string {
  const column = (
    name: string,
    of: (step: TraceStep) => number,
    round = (value: number) => value,
  ): string[] => [name, ...alignPoints(steps.map((step) => round(of(step))))];
  const short = (value: number): number => Number(value.toPrecision(4));
  const hasGradient = steps.some(({ gradientNorm }) => gradientNorm !== null);
  const hasPath = steps.every(({ x }) => x !== undefined);
  return table([
    ["step", ...steps.map(({ step }) => String(step))],
    column("value", ({ value }) => value),
    ...(hasGradient ? [column("‖∇f‖", ({ gradientNorm }) => gradientNorm ?? Number.NaN, short)] : []),
    column("‖Δx‖", ({ stepNorm }) => stepNorm, short),
    ...(hasPath ? variables.map((name) => column(name, ({ x }) => x?.[name] ?? Number.NaN)) : []),
  ]);
}
