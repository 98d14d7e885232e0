/** The picture that `--plot` asks for. */

import type { MinimizeResult } from "../../src/minimize/result.ts";
import type { Point } from "../point.ts";
import type { Drawing } from "./plot/drawing.ts";
import { type FormulaProblem, valuesAt } from "./problem.ts";
import { chainOf, summaryOf } from "./samples.ts";

/** What is to be drawn of a result. */
export function drawingOf(problem: FormulaProblem, result: MinimizeResult<Point>): Drawing {
  const { formulas, variables, isResiduals } = problem;
  const flat = (x: Point): number[] => variables.map((name) => x[name] ?? Number.NaN);
  const shared = {
    formula: isResiduals
      ? `half the sum of squares of ${formulas.map(({ text }) => text).join(", ")}`
      : formulas.map(({ text }) => text).join(", "),
    variables,
    valuesAt: (columns: readonly Float64Array[]) => valuesAt(problem, columns),
    history: result.history,
  };
  const chain = chainOf(result);
  const mean = summaryOf(result, variables)?.mean;
  if (chain !== undefined && mean !== undefined) {
    const { points, count, dimension } = chain;
    const sample = (i: number): number[] => Array.from(points.subarray(i * dimension, (i + 1) * dimension));
    const headline = `${result.method}: ${count} samples`;
    const path = Array.from({ length: count }, (_, i) => sample(i));
    return { ...shared, headline, path, end: flat(mean), kind: "samples" };
  }
  return {
    ...shared,
    headline: headlineOf(result),
    path: (result.path ?? [result.x]).map(flat),
    end: flat(result.x),
    kind: "path",
  };
}

function headlineOf({ method, steps, converged, reason, value }: MinimizeResult<Point>): string {
  const outcome = converged
    ? "converged"
    : reason === "completed"
      ? "completed"
      : `not converged (${reason})`;
  return `${method}: ${outcome} after ${steps} ${steps === 1 ? "step" : "steps"}, value ${Number(value.toPrecision(6))}`;
}
