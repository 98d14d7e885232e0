/** The verbs that find the minimum of a function. */
import { stateObjective, stateObjectiveAsync } from "../problem/objective.ts";
import type { AsyncObjective, Objective, ObjectiveWant, Structure } from "../problem/types.ts";
import type { State } from "../solver/method.ts";
import type { StepReport } from "../solver/report.ts";
import { chooseForObjective } from "./choose.ts";
import { checkRunOptions, type RunOptions } from "./options.ts";
import type { MinimizeResult } from "./result.ts";
import { type Call, run, runAsync, runSteps } from "./run.ts";

/** Options of `minimize`, `minimizeAsync` and `iterate`. */
export type MinimizeOptions<X, S extends State = State, Data extends readonly unknown[] = []> = RunOptions<
  X,
  S,
  ObjectiveWant,
  Data
>;

/**
 * The minimum of a function, from a start.
 *
 * The function is an ordinary one, in plain arithmetic or tensors; its derivatives are exact. Where it cannot be traced they are
 * had by differences, and the result says so and how to get exact ones; they may also be given, in an object
 * `{ value, gradient, hessian }`. The start is a number, an array, a tensor or a tree of them, and `result.x` has its structure.
 * A run that does not converge is a result as well: `reason` says why it ended, `advice` what to do.
 *
 * ```ts
 * import { minimize } from "nabla";
 * const result = minimize(([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]);
 * result.reason; // → "converged"
 * result.x.map((v) => v.toFixed(6)); // → ["1.000000", "1.000000"]
 * ```
 *
 * @throws ArgumentError for options out of range or unknown; ShapeError for a function that returns no scalar; whatever the
 * function throws at the start.
 */
export function minimize<
  X extends Structure,
  S extends State = State,
  Data extends readonly unknown[] | [] = [],
>(
  f: Objective<NoInfer<X>, Data>,
  start: X,
  options: MinimizeOptions<NoInfer<X>, S, Data> = {},
): MinimizeResult<X, S> {
  const call = open("minimize", options);
  return run(stateObjective("minimize", f, start, options), call);
}

/**
 * `minimize` for a function that may be asynchronous (its value, or given derivatives, promises), and for long runs that must not
 * block: the event loop gets its turns. `signal` aborts at once and the best point so far is returned.
 *
 * ```ts
 * import { minimizeAsync } from "nabla";
 * const measured = async ([x]: [number]) => (x - 2) ** 2;
 * const result = await minimizeAsync(measured, [0], { timeLimit: 10_000 });
 * result.x[0].toFixed(6); // → "2.000000"
 * ```
 *
 * @throws As `minimize`, by rejecting.
 */
export async function minimizeAsync<
  X extends Structure,
  S extends State = State,
  Data extends readonly unknown[] | [] = [],
>(
  f: AsyncObjective<NoInfer<X>, Data>,
  start: X,
  options: MinimizeOptions<NoInfer<X>, S, Data> = {},
): Promise<MinimizeResult<X, S>> {
  const call = open("minimizeAsync", options);
  return runAsync(await stateObjectiveAsync("minimizeAsync", f, start, options), call);
}

/**
 * The steps of a minimization, one at a time, as a page draws one frame at a time. The generator returns the result.
 *
 * ```ts
 * import { bfgs, iterate } from "nabla";
 * const booth = ([x, y]: [number, number]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
 * for (const step of iterate(booth, [9, 8], { method: bfgs() })) if (step.value < 1e-3) break;
 * ```
 *
 * @throws As `minimize`.
 */
export function iterate<
  X extends Structure,
  S extends State = State,
  Data extends readonly unknown[] | [] = [],
>(
  f: Objective<NoInfer<X>, Data>,
  start: X,
  options: MinimizeOptions<NoInfer<X>, S, Data> = {},
): Generator<StepReport<X, S>, MinimizeResult<X, S>, void> {
  const call = open("iterate", options);
  return runSteps(stateObjective("iterate", f, start, options), call);
}

/** Checks options once. */
function open<X, S extends State, Data extends readonly unknown[]>(
  name: string,
  options: MinimizeOptions<X, S, Data>,
): Call<X, S, ObjectiveWant, Data> {
  checkRunOptions(name, options);
  return { name, options, choose: chooseForObjective };
}
