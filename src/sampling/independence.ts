/** Proposals that do not look at where the chain is. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { addScaled } from "../core/vector.ts";
import { diagonalFactor, timesFactor } from "./factor.ts";
import type { Proposal } from "./proposal.ts";

/** Settings of `independence`. */
export interface IndependenceOptions {
  /** Mean of the proposals, one number for all variables or one for each. Default 0. */
  readonly mean?: number | readonly number[];
  /** Their standard deviation. It should not be smaller than the target's, or the tails are hardly visited. Default 1. */
  readonly deviation?: number | readonly number[];
}

/**
 * Proposes independent normal points, y ~ N(m, diag(d²)), wherever the chain is; they do not adapt.
 * log q(x) − log q(y) = ½ Σ ((yᵢ − mᵢ)² − (xᵢ − mᵢ)²)/dᵢ². Hastings (1970), section 2.5; Tierney (1994), section 2.3.3.
 *
 * @throws ArgumentError for numbers that are not finite or deviations that are not positive, and where a run has another number
 * of variables.
 *
 * ```ts
 * import { independence } from "nabla";
 * independence({ mean: [1, -2], deviation: 2 }).name; // → independence
 * ```
 */
export function independence(options: IndependenceOptions = {}): Proposal {
  checkOptions("independence", options, ["mean", "deviation"]);
  const { mean = 0, deviation = 1 } = options;
  checkNumbers("mean", mean, "finite", Number.isFinite);
  checkNumbers("deviation", deviation, "finite and positive", (d) => d > 0 && d < Infinity);
  return {
    name: "independence",
    settings: { mean, deviation },
    begin: (x) => {
      for (const [name, list] of [["mean", mean] as const, ["deviation", deviation] as const]) {
        if (typeof list !== "number" && list.length !== x.length)
          throw new ArgumentError(
            `independence({ ${name} }): the problem has ${x.length} variables; got ${list.length} numbers`,
          );
      }
      return {
        factor: diagonalFactor(x.map((_, i) => element(deviation, i))),
        scale: 1,
        mean: x.map((_, i) => element(mean, i)),
      };
    },
    propose: ({ factor, mean: m }, _, z) => addScaled(m, 1, timesFactor(factor, z)),
    logRatio: (x, y) => {
      const square = (point: Float64Array): number =>
        point.reduce((sum, pi, i) => sum + ((pi - element(mean, i)) / element(deviation, i)) ** 2, 0);
      return (square(y) - square(x)) / 2;
    },
    adapt: (learned) => learned,
  };
}

const element = (list: number | readonly number[], i: number): number =>
  typeof list === "number" ? list : at(list, i);

function checkNumbers(
  name: string,
  list: number | readonly number[],
  rule: string,
  isGood: (value: number) => boolean,
): void {
  const numbers: readonly unknown[] = Array.isArray(list) ? list : [list];
  if (!numbers.every((value) => typeof value === "number" && isGood(value)))
    throw new ArgumentError(
      `independence({ ${name} }): must be ${rule}, one number or one for each variable; got ${showValue(list)}`,
    );
}
