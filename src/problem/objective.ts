/** From a function and a start to a problem of variables: exact where it can be traced, else as given, else by differences. */
import { evaluatedBy } from "../compiler/evaluator.ts";
import { checkList } from "../core/checks.ts";
import type { AsyncProblem, DerivativeSource, Problem, ProblemFacts } from "../solver/problem.ts";
import type { Want } from "../solver/question.ts";
import { answerLater, answerNow, type Learn } from "./answering.ts";
import { calledObjective } from "./called-objective.ts";
import { exactObjective } from "./exact.ts";
import { checkTracedValue, givenCalls, type Members, partsOf } from "./given.ts";
import { noteOn, restorer } from "./notes.ts";
import { variablesOf } from "./start.ts";
import { bound, type Graphed, tryToTrace, type Untraceable } from "./tracing.ts";
import type {
  AsyncObjective,
  Objective,
  ObjectiveWant,
  Stated,
  StatedLater,
  StatingOptions,
} from "./types.ts";
import type { Variables } from "./variables.ts";
import { type Caller, calledAtOnce, calledLater } from "./work.ts";

/** What an objective answers, in the order of cost. */
const offers: readonly ObjectiveWant[] = ["value", "gradient", "hessian", "hessianProduct"];

/** How each kind is had. */
export type Sources = Readonly<Record<ObjectiveWant, DerivativeSource>>;

/**
 * The problem of minimising a function from a start.
 *
 * @param call The verb, for error messages.
 * @throws ArgumentError for what is no function or no start; ShapeError when a traced function returns no scalar.
 */
export function stateObjective<X, Data extends readonly unknown[] = []>(
  call: string,
  f: Objective<X, Data>,
  start: X,
  options: StatingOptions<X, Data> = {},
): Stated<X, ObjectiveWant> {
  const { facts, learn, notes, variables } = prepare(call, f, start, options, calledAtOnce(call));
  const problem: Problem<ObjectiveWant> = answerNow(facts, learn);
  return { problem, start: variables.start.slice(), restore: restorer<X>(variables), notes, remarks: [] };
}

/** The same where the function may return promises. Points of one question are evaluated side by side. */
export function stateObjectiveAsync<X, Data extends readonly unknown[] = []>(
  call: string,
  f: AsyncObjective<X, Data>,
  start: X,
  options: StatingOptions<X, Data> = {},
): StatedLater<X, ObjectiveWant> {
  const { facts, learn, notes, variables } = prepare(call, f, start, options, calledLater);
  const problem: AsyncProblem<ObjectiveWant> = answerLater(facts, learn);
  return { problem, start: variables.start.slice(), restore: restorer<X>(variables), notes, remarks: [] };
}

interface Prepared {
  readonly facts: ProblemFacts<ObjectiveWant>;
  readonly learn: Learn;
  readonly notes: readonly string[];
  readonly variables: Variables;
}

function prepare<X, Data extends readonly unknown[]>(
  call: string,
  f: unknown,
  start: X,
  options: StatingOptions<X, Data>,
  caller: Caller,
): Prepared {
  const { data = [], parameters } = options;
  checkList(call, data, "an array of further arguments as data");
  const names = ["value", "gradient", "valueAndGradient", "hessian", "hessianProduct"] as const;
  const { main: value, members, self } = partsOf(call, f, names);
  const variables = variablesOf(call, start, parameters);
  const graphed: Graphed | Untraceable = isComplete(members)
    ? { cause: "all derivatives are given", remedy: "leave them out" }
    : tryToTrace(call, value, variables.layout, data);
  const isExact = "traced" in graphed;
  if (isExact) checkTracedValue(call, graphed.traced);
  const sources = sourcesOf(members, isExact, variables);
  const byCalls = calledObjective(
    givenCalls({ call, caller, variables, data, self }, value, members),
    variables,
  );
  const exactKinds = offers.filter((kind) => sources[kind] === "exact");
  const byGraph = isExact ? exactObjective(bound(graphed, variables), exactKinds) : undefined;
  const learn: Learn = (entry, missing, spent) => {
    if (byGraph !== undefined) {
      const exact = missing.filter((kind) => sourceOf(sources, kind) === "exact");
      if (exact.length > 0) byGraph(entry, exact, spent);
      if (exact.length === missing.length) return undefined;
    }
    return byCalls(entry, missing, spent);
  };
  return {
    variables,
    facts: {
      dimension: variables.dimension,
      offers,
      certifies: sources.gradient === "differences" ? ["value"] : ["value", "gradient"],
      sources,
      kernels: isExact && sources.value === "exact" ? evaluatedBy(graphed.traced.graph) : "javascript",
    },
    learn,
    notes: isExact ? [] : noteOn(sources, graphed),
  };
}

const sourceOf = (
  sources: Partial<Readonly<Record<Want, DerivativeSource>>>,
  kind: Want,
): DerivativeSource | undefined => sources[kind];

const hasGradient = ({ gradient, valueAndGradient }: Members): boolean =>
  gradient !== undefined || valueAndGradient !== undefined;

const isComplete = (members: Members): boolean =>
  hasGradient(members) && members.hessian !== undefined && members.hessianProduct !== undefined;

/** Given before exact before differences; second derivatives under transforms need the gradient beside them. */
function sourcesOf(members: Members, isExact: boolean, { chain }: Variables): Sources {
  const slopes = hasGradient(members);
  const seconds = chain === undefined || slopes;
  const [hessian, product] = [
    seconds && members.hessian !== undefined,
    seconds && members.hessianProduct !== undefined,
  ];
  const otherwise = (isGiven: boolean): DerivativeSource => (isGiven ? "given" : "differences");
  return {
    value: isExact && !slopes ? "exact" : "given",
    gradient: slopes ? "given" : isExact ? "exact" : "differences",
    hessian: hessian ? "given" : isExact ? "exact" : otherwise(product),
    hessianProduct: product ? "given" : isExact ? "exact" : otherwise(hessian),
  };
}
