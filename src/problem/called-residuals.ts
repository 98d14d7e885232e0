/** What calls tell of residuals: r itself, J as given or by differences, and from these everything about ½‖r‖². */
import { dot } from "../core/vector.ts";
import type { Want } from "../solver/question.ts";
import { calledObjective, type LearnByCalls } from "./called-objective.ts";
import { chainJacobian, transposeTimes } from "./chain.ts";
import { columnsByDifferences, matrixOf } from "./differences.ts";
import { type Entry, type Spent, spend } from "./memo.ts";
import type { Variables } from "./variables.ts";
import { type Call, joined, mapped, only, type Work } from "./work.ts";

/** A user's residuals as calls on points; the Jacobian is by the caller's parameters. */
export interface ResidualCalls {
  readonly residuals: (x: Float64Array) => Call<Float64Array>;
  readonly jacobian: ((x: Float64Array) => Call<Float64Array>) | undefined;
}

const halfSquare = (r: Float64Array): number => dot(r, r) / 2;

/** Fills in what follows from residuals and Jacobian without asking anybody. */
export function complete({ known }: Entry, missing: readonly Want[], dimension: number): void {
  const { residuals, jacobian } = known;
  if (residuals === undefined) return;
  known.value ??= halfSquare(residuals);
  if (jacobian !== undefined && missing.includes("gradient"))
    known.gradient ??= transposeTimes(jacobian, residuals, dimension);
}

/** Learns by calls of residuals and Jacobian; second derivatives are differences of Jᵀr, or of values where J is one. */
export function calledResiduals(given: ResidualCalls, variables: Variables): LearnByCalls {
  const { toPoint, chain, scale, dimension } = variables;
  const { jacobian } = given;
  const seconds = calledObjective(
    {
      costs: { value: ["residuals"], gradient: ["residuals", "jacobian"] },
      value: (x) => mapped(given.residuals(x), halfSquare),
      gradient:
        jacobian &&
        ((x) =>
          joined(given.residuals(x), jacobian(x), (r, j) => transposeTimes(j, r, variables.layout.size))),
      both: undefined,
      hessian: undefined,
      product: undefined,
    },
    variables,
  );
  const residualsAt =
    (spent: Spent) =>
    (u: Float64Array): Call<Float64Array> =>
    () => {
      spend(spent, "residuals");
      return given.residuals(toPoint(u))();
    };
  function* jacobianAt({ x, known }: Entry, spent: Spent): Work<Float64Array> {
    if (jacobian === undefined)
      return matrixOf(yield* columnsByDifferences(residualsAt(spent), x, scale, known.residuals));
    spend(spent, "jacobian");
    const matrix = yield* only(jacobian(toPoint(x)));
    return chain === undefined ? matrix : chainJacobian(chain, x, matrix);
  }
  return function* (entry, missing, spent) {
    const { known, x } = entry;
    const lacks = (kind: Want): boolean => missing.includes(kind) && known[kind] === undefined;
    known.residuals ??= yield* only(residualsAt(spent)(x));
    if (lacks("jacobian") || lacks("gradient")) known.jacobian ??= yield* jacobianAt(entry, spent);
    complete(entry, missing, dimension);
    if (lacks("hessian") || lacks("hessianProduct")) yield* seconds(entry, missing, spent);
  };
}
