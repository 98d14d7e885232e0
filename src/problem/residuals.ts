/** From residuals and a start to a problem of variables: value ½‖r‖², gradient Jᵀr, and r and J themselves. */

import type { AnyFunction } from "../autodiff/calling.ts";
import { evaluatedBy } from "../compiler/evaluator.ts";
import { checkList } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import type { DerivativeSource, Problem, ProblemFacts } from "../solver/problem.ts";
import { type Want, wants } from "../solver/question.ts";
import { isFloat } from "../tensor/dtype.ts";
import { describeType } from "../tensor/print.ts";
import { sizeOf } from "../tensor/shape.ts";
import { toTensor } from "../tensor/tensor.ts";
import { flattenTree } from "../tensor/tree.ts";
import { answerNow, type Learn } from "./answering.ts";
import { calledResiduals, complete, type ResidualCalls } from "./called-residuals.ts";
import { exactResiduals } from "./exact-residuals.ts";
import { type Asking, ask, type Members, partsOf } from "./given.ts";
import { noteOn, restorer } from "./notes.ts";
import { readJacobian } from "./read-matrix.ts";
import { variablesOf } from "./start.ts";
import { bound, type Graphed, tryToTrace } from "./tracing.ts";
import type { Residuals, ResidualsWant, Stated, StatingOptions } from "./types.ts";
import { calledAtOnce } from "./work.ts";

const oneResidual =
  "the function gives a single residual, whose square is made small; to find the minimum of a function use minimize";

/**
 * The problem of making residuals small: ½‖r(x)‖² with all that is known of r.
 *
 * @param call The verb, for error messages.
 * @throws ArgumentError for what is no function or no start; ShapeError when a traced function returns no float residuals.
 */
export function stateResiduals<X, Data extends readonly unknown[] = []>(
  call: string,
  r: Residuals<X, Data>,
  start: X,
  options: StatingOptions<X, Data> = {},
): Stated<X, ResidualsWant> {
  const { data = [], parameters } = options;
  checkList(call, data, "an array of further arguments as data");
  const { main: residuals, members, self } = partsOf(call, r, ["residuals", "jacobian"]);
  const variables = variablesOf(call, start, parameters);
  const graphed = tryToTrace(call, residuals, variables.layout, data);
  const isExact = "traced" in graphed;
  const known = isExact ? countResiduals(call, graphed) : undefined;
  const sources = sourcesOf(members, isExact);
  const exactKinds = wants.filter((kind) => sources[kind] === "exact");
  const byGraph = isExact ? exactResiduals(bound(graphed, variables), exactKinds) : undefined;
  const asking: Asking = { call, caller: calledAtOnce(call), variables, data, self };
  const byCalls = calledResiduals(residualCalls(asking, residuals, members, known), variables);
  const learn: Learn = (entry, missing, spent) => {
    byGraph?.(entry, withResiduals(missing), spent);
    complete(entry, missing, variables.dimension);
    return missing.every((kind) => entry.known[kind] !== undefined)
      ? undefined
      : byCalls(entry, missing, spent);
  };
  const facts: ProblemFacts<ResidualsWant> = {
    dimension: variables.dimension,
    offers: wants,
    certifies: sources.gradient === "differences" ? ["value"] : ["value", "gradient"],
    sources,
    kernels: isExact ? evaluatedBy(graphed.traced.graph) : "javascript",
  };
  const problem: Problem<ResidualsWant> = answerNow(facts, learn);
  return {
    problem,
    start: variables.start.slice(),
    restore: restorer<X>(variables),
    notes: isExact ? [] : noteOn(sources, graphed),
    remarks: known === 1 && variables.dimension > 1 ? [oneResidual] : [],
  };
}

function sourcesOf(
  { jacobian }: Members,
  isExact: boolean,
): Readonly<Record<ResidualsWant, DerivativeSource>> {
  const values: DerivativeSource = isExact ? "exact" : "given";
  const slopes: DerivativeSource = jacobian !== undefined ? "given" : isExact ? "exact" : "differences";
  const seconds: DerivativeSource = isExact ? "exact" : "differences";
  return {
    value: values,
    gradient: slopes,
    hessian: seconds,
    hessianProduct: seconds,
    residuals: values,
    jacobian: slopes,
  };
}

/** The value is made of residuals, so these are asked for in its place. */
const withResiduals = (missing: readonly Want[]): readonly Want[] =>
  missing.includes("value") ? [...missing, "residuals"] : missing;

/** The number of residuals of a graph, which must be floats. */
function countResiduals(call: string, { traced: { graph } }: Graphed): number {
  const wrong = graph.results.find((type) => !isFloat(type.dtype));
  if (wrong !== undefined)
    throw new ShapeError(`${call}: residuals must be float numbers; got ${describeType(wrong)}; cast them`);
  const count = graph.results.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (count === 0) throw none(call);
  return count;
}

const none = (call: string): ArgumentError =>
  new ArgumentError(`${call}: the function returned no residuals; return at least one number`);

/** Residuals and their Jacobian as calls on points. */
function residualCalls(
  asking: Asking,
  residuals: AnyFunction,
  { jacobian }: Members,
  known: number | undefined,
): ResidualCalls {
  const { call, variables } = asking;
  let count = known;
  const read = (returned: unknown): Float64Array => {
    const numbers = readResiduals(call, returned);
    count ??= numbers.length;
    if (numbers.length !== count)
      throw new ShapeError(
        `${call}: the number of residuals must not depend on x; got ${count} at first and now ${numbers.length}`,
      );
    return numbers;
  };
  const readSlopes = (returned: unknown): Float64Array =>
    readJacobian(`${call}: the Jacobian`, returned, count, variables.layout.size);
  return {
    residuals: (x) => ask(asking, residuals, x, read),
    jacobian: jacobian && ((x) => ask(asking, jacobian, x, readSlopes)),
  };
}

function readResiduals(call: string, returned: unknown): Float64Array {
  if (returned === undefined)
    throw new ArgumentError(
      `${call}: the function returned nothing; return its residuals (is a \`return\` missing?)`,
    );
  const tensors = flattenTree(returned, `${call}: the residuals`).leaves.map((leaf) => toTensor(leaf));
  const size = tensors.reduce((sum, r) => sum + r.size, 0);
  if (size === 0) throw none(call);
  const numbers = new Float64Array(size);
  let next = 0;
  for (const r of tensors) {
    if (r.dtype === "bool")
      throw new ShapeError(`${call}: residuals must be numbers; got ${describeType(r)}; cast them`);
    numbers.set(r.values().data, next);
    next += r.size;
  }
  return numbers;
}
