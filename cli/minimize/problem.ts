/** Formulas as a problem: one is a function, several are the residuals of ½‖r‖². */

import { ArgumentError } from "../../src/core/errors.ts";
import { type Formula, parseFormula } from "../../src/expression/formula/index.ts";
import { chooseForObjective, chooseForResiduals } from "../../src/minimize/choose.ts";
import type { MinimizeResult } from "../../src/minimize/result.ts";
import { runAsync } from "../../src/minimize/run.ts";
import { stateObjective } from "../../src/problem/objective.ts";
import { stateResiduals } from "../../src/problem/residuals.ts";
import type { ObjectiveWant } from "../../src/problem/types.ts";
import type { AnyMethod } from "../../src/solver/method.ts";
import type { SolveOptions } from "../../src/solver/options.ts";
import type { StepReport } from "../../src/solver/report.ts";
import { add, mul, square, type Tensor, tensor } from "../../src/tensor/index.ts";
import type { Point } from "../point.ts";

/** What is to be minimized. */
export interface FormulaProblem {
  readonly formulas: readonly Formula[];
  /** The variables of all formulas. */
  readonly variables: readonly string[];
  /** Whether the formulas are residuals. */
  readonly isResiduals: boolean;
}

/** Reads the formulas. @throws FormulaError for what is none. */
export function readProblem(texts: readonly string[]): FormulaProblem {
  const formulas = texts.map(parseFormula);
  const variables = [...new Set(formulas.flatMap((formula) => formula.variables))];
  return { formulas, variables, isResiduals: formulas.length > 1 };
}

/** What a run may be told, method included. */
export interface RunRequest extends SolveOptions<StepReport<Point>> {
  readonly method?: AnyMethod;
}

/** Minimizes from a start, giving the event loop its turns so that signals are heard. */
export async function solveFormulas(
  { formulas, isResiduals }: FormulaProblem,
  start: Point,
  { method, ...options }: RunRequest,
): Promise<MinimizeResult<Point>> {
  const [formula] = formulas;
  if (isResiduals || formula === undefined) {
    const stated = stateResiduals("minimize", (x: Point) => formulas.map(({ f }) => f(x)), start);
    const settled = { ...options, ...(method && { method }) };
    return runAsync(stated, { name: "minimize", options: settled, choose: chooseForResiduals });
  }
  const stated = stateObjective("minimize", (x: Point) => formula.f(x), start);
  if (method !== undefined && !fitsFunctions(method))
    throw new ArgumentError(needsResiduals(method.card.name));
  const settled = { ...options, ...(method && { method }) };
  return runAsync(stated, { name: "minimize", options: settled, choose: chooseForObjective });
}

/** True for methods that ask for nothing but what a function without residuals answers. */
export function fitsFunctions(method: AnyMethod): method is AnyMethod & AnyMethod<ObjectiveWant> {
  return method.card.asks.every((kind) => kind !== "residuals" && kind !== "jacobian");
}

/** What to say to somebody who gives one formula to a method for residuals. */
export function needsResiduals(method: string): string {
  return `${method} minimizes half a sum of squares: give the residuals as formulas of their own, for example "10*(y-x^2)" "1-x"`;
}

/** The value at many points at once. */
export function valuesAt(
  { formulas, variables, isResiduals }: FormulaProblem,
  columns: readonly Float64Array[],
): ArrayLike<number> {
  const point = Object.fromEntries(variables.map((name, i) => [name, tensor(columns[i] ?? [])]));
  const count = columns[0]?.length ?? 0;
  const values = formulas.map(({ f }): Tensor => tensor(f(point)));
  const total = isResiduals
    ? mul(
        0.5,
        values.map(square).reduce((a, b) => add(a, b)),
      )
    : (values[0] ?? tensor(0));
  // A formula may turn out not to depend on its variables.
  return total.size === count ? total.toTypedArray() : new Float64Array(count).fill(total.item());
}
