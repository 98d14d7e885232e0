/** The verb that draws from a density. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { stateObjective } from "../problem/objective.ts";
import type { Objective, Structure } from "../problem/types.ts";
import { solve } from "../solver/drive.ts";
import type { Method } from "../solver/method.ts";
import { type SolveOptions, solveOptionNames } from "../solver/options.ts";
import type { StepReport } from "../solver/report.ts";
import { flatOptions } from "../solver/structured.ts";
import { type MetropolisHastingsState, metropolisHastings } from "./metropolis-hastings.ts";
import { type SampleResult, toSampleResult } from "./sample-result.ts";

/** A step of a chain, its point in the structure of the start. */
export type SampleStep<X> = StepReport<X, MetropolisHastingsState>;

/** Options of `sample`. A chain's length is its method's business, so `maxSteps` is not limited by default. */
export interface SampleOptions<X, Data extends readonly unknown[] = []>
  extends Omit<SolveOptions<SampleStep<X>>, "tolerance"> {
  /** How to draw. Default `metropolisHastings()`. */
  readonly method?: Method<MetropolisHastingsState, "value">;
  /** Further arguments of the energy: data that stay fixed. Default none. */
  readonly data?: Data;
}

const optionNames: readonly string[] = [
  ...solveOptionNames.filter((name) => name !== "tolerance"),
  "method",
  "data",
];

/**
 * Draws from the density exp(−energy(x)), known up to a factor: the energy is the negative logarithm of a posterior, for example.
 * Samples, mean and errors have the structure of the start. Infinite or undefined energies have density 0; for variables that are
 * positive by nature take `proposal: logNormalWalk()`. Whether the samples suffice is not decided here: look at
 * `effectiveSampleSize`, and compare several seeds by `splitRHat`.
 *
 * @throws ArgumentError for options out of range or unknown; whatever the energy throws at the start.
 *
 * ```ts
 * import { metropolisHastings, sample } from "nabla";
 * const energy = ([x, y]: [number, number]) => (x * x + (y - x) ** 2) / 2;
 * const posterior = sample(energy, [0, 0], { method: metropolisHastings({ samples: 4000, seed: 1 }) });
 * posterior.samples.length; // → 4000
 * Math.abs(posterior.mean[0]) < 4 * posterior.standardError[0]; // → true
 * ```
 */
export function sample<X extends Structure, Data extends readonly unknown[] | [] = []>(
  energy: Objective<NoInfer<X>, Data>,
  start: X,
  options: SampleOptions<NoInfer<X>, Data> = {},
): SampleResult<X> {
  checkOptions("sample", options, optionNames);
  const { method = metropolisHastings(), data, ...rest } = options;
  if (typeof method !== "object" || method?.card?.family !== "sampling")
    throw new ArgumentError(
      `sample({ method }): needs a method that samples, such as metropolisHastings(); got ${showValue(method)}; to find a minimum use minimize`,
    );
  const stated = stateObjective<X, Data>("sample", energy, start, { data });
  const { problem, restore } = stated;
  const flat = { maxSteps: Infinity, ...flatOptions(rest, restore) };
  const outcome = solve(problem, method, stated.start, flat, "sample");
  return toSampleResult(outcome, { method, restore });
}
