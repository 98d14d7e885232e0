/** The verb for residuals. */
import { stateResiduals } from "../problem/residuals.ts";
import type { Residuals, ResidualsWant, Structure } from "../problem/types.ts";
import type { State } from "../solver/method.ts";
import { chooseForResiduals } from "./choose.ts";
import { checkRunOptions, type RunOptions } from "./options.ts";
import type { MinimizeResult } from "./result.ts";
import { run } from "./run.ts";

/** Options of `leastSquares`. */
export type LeastSquaresOptions<
  X,
  S extends State = State,
  Data extends readonly unknown[] = [],
> = RunOptions<X, S, ResidualsWant, Data>;

/**
 * The minimum of ½‖r(x)‖², half the sum of squares of the residuals that a function returns, from a start. Any method runs on
 * it: those for residuals (the default is Levenberg-Marquardt) and those for functions.
 *
 * ```ts
 * import { leastSquares } from "nabla";
 * const residuals = ([a, b]: [number, number], t: number[], y: number[]) => t.map((ti, i) => a * Math.exp(b * ti) - y[i]!);
 * const fit = leastSquares(residuals, [1, 0], { data: [[0, 1, 2], [2, 1, 0.5]] });
 * fit.x.map((v) => v.toFixed(6)); // → ["2.000000", "-0.693147"]
 * ```
 *
 * @throws As `minimize`.
 */
export function leastSquares<
  X extends Structure,
  S extends State = State,
  Data extends readonly unknown[] | [] = [],
>(
  residuals: Residuals<NoInfer<X>, Data>,
  start: X,
  options: LeastSquaresOptions<NoInfer<X>, S, Data> = {},
): MinimizeResult<X, S> {
  checkRunOptions("leastSquares", options);
  const stated = stateResiduals("leastSquares", residuals, start, options);
  return run(stated, { name: "leastSquares", options, choose: chooseForResiduals });
}
