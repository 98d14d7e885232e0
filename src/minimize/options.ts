/** What the verbs may be told. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { Transforms } from "../problem/index.ts";
import type { Method, State } from "../solver/method.ts";
import { type SolveOptions, solveOptionNames } from "../solver/options.ts";
import type { Want } from "../solver/question.ts";
import type { StepReport } from "../solver/report.ts";

/** Options of a verb that runs a method of kind `W` from a start of structure `X`. */
export interface RunOptions<X, S extends State, W extends Want, Data extends readonly unknown[]>
  extends SolveOptions<StepReport<X, S>> {
  /** The method: a value such as `bfgs()`. Default: chosen from the problem; the result says which and why. */
  readonly method?: Method<S, W>;
  /** Further arguments of the function: data that stay fixed. Default none. */
  readonly data?: Data;
  /** Where parameters may lie: a tree of `positive()`, `interval(0, 1)`, `simplex()`, `fixed()`, `tied(name)`. Default: anywhere. */
  readonly parameters?: Transforms<X>;
}

const names: readonly string[] = [...solveOptionNames, "method", "data", "parameters"];

/** Refuses unknown options, and a method that is no method (a string, or a factory that was not called). */
export function checkRunOptions(call: string, options: object): void {
  checkOptions(call, options, names);
  const method: unknown = "method" in options ? options.method : undefined;
  if (method === undefined || isMethod(method)) return;
  const remedy =
    typeof method === "function" ? "call the factory: method: bfgs()" : "give a value such as bfgs()";
  throw new ArgumentError(`${call}({ method }): must be a method; got ${showValue(method)}; ${remedy}`);
}

/** True for what methods are. */
export function isMethod(value: unknown): value is Method {
  return typeof value === "object" && value !== null && "card" in value && "ask" in value && "tell" in value;
}

/** What of a verb's options is the loop's business. */
export function loopOptions<X, S extends State, W extends Want, Data extends readonly unknown[]>({
  method: _method,
  data: _data,
  parameters: _parameters,
  ...rest
}: RunOptions<X, S, W, Data>): SolveOptions<StepReport<X, S>> {
  return rest;
}
