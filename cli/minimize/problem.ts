/** Formulas as a problem: one is a function, perhaps a sum of squares; several are the residuals of ½‖r‖². */

import { ArgumentError } from "../../src/core/errors.ts";
import { type Formula, type FormulaFunction, parseFormula } from "../../src/expression/formula/index.ts";
import { parseSquares } from "../../src/expression/formula/parse-formula.ts";
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
  /** r, where ½‖r‖² is minimized: the formulas, or what a single one is the sum of squares of. */
  readonly residuals: readonly FormulaFunction[] | undefined;
}

/** Reads the formulas. @throws FormulaError for what is none. */
export function readProblem(texts: readonly string[]): FormulaProblem {
  const formulas = texts.map(parseFormula);
  const variables = [...new Set(formulas.flatMap((formula) => formula.variables))];
  const [text] = texts;
  const isResiduals = texts.length > 1;
  const residuals = isResiduals || text === undefined ? formulas.map(({ f }) => f) : parseSquares(text);
  return { formulas, variables, isResiduals, residuals };
}

/** What a run may be told, method included. */
export interface RunRequest extends SolveOptions<StepReport<Point>> {
  readonly method?: AnyMethod;
}

/** Minimizes from a start, giving the event loop its turns so that signals are heard. */
export async function solveFormulas(
  { formulas, isResiduals, residuals }: FormulaProblem,
  start: Point,
  { method, ...options }: RunRequest,
): Promise<MinimizeResult<Point>> {
  const [formula] = formulas;
  if (formula !== undefined && !isResiduals && (method === undefined || fitsFunctions(method))) {
    const stated = stateObjective("minimize", (x: Point) => formula.f(x), start);
    const settled = { ...options, ...(method && { method }) };
    return runAsync(stated, { name: "minimize", options: settled, choose: chooseForObjective });
  }
  if (residuals === undefined) throw new ArgumentError(needsSquares(method?.card.name ?? "least squares"));
  const stated = stateResiduals("minimize", (x: Point) => residuals.map((r) => r(x)), start);
  const settled = { ...options, ...(method && { method }) };
  return runAsync(stated, { name: "minimize", options: settled, choose: chooseForResiduals });
}

/** True for methods that ask for nothing but what a function without residuals answers. */
export function fitsFunctions(method: AnyMethod): method is AnyMethod & AnyMethod<ObjectiveWant> {
  return method.card.asks.every((kind) => kind !== "residuals" && kind !== "jacobian");
}

/** What to say to somebody who gives a method for residuals a formula that is not written as a sum of squares. */
export function needsSquares(method: string): string {
  return `${method} minimizes sums of squares: write one, for example "100*(y-x^2)^2+(1-x)^2", or give the residuals of half a sum as formulas of their own, "10*(y-x^2)" "1-x"`;
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
