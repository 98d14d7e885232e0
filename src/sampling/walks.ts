/**
 * Random walks whose steps learn size and shape during warm-up:
 *
 *   y = x + λLz,   z ~ N(0, I),
 *   LLᵀ ← (1 − γₖ)LLᵀ + γₖ(x − μ)(x − μ)ᵀ,   μ ← μ + γₖ(x − μ),   log λ ← log λ + k^(−2/3)(α − α*),
 *
 * α being the probability with which a step was accepted and α* the one aimed at. Haario, Saksman & Tamminen (2001), the
 * adaptive Metropolis algorithm, with the scale of Andrieu & Thoms (2008), algorithm 4. Learning ends with the warm-up, so that
 * γₖ = 3/(k + 10n) need not forget slowly: what was seen on the way from a bad start counts for little.
 */
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { addScaled, scaled, subtract } from "../core/vector.ts";
import { type NumberSetting, readSettings } from "../solver/card.ts";
import { diagonalFactor, rankOneUpdate, timesFactor } from "./factor.ts";
import type { Learned, Proposal } from "./proposal.ts";

/** Settings of `randomWalk` and `logNormalWalk`. */
export interface WalkOptions {
  /**
   * Standard deviation of the first steps, times 2.38/√n (Roberts, Gelman & Gilks 1997): of `randomWalk` relative to the
   * start's components, absolute where they are zero; of `logNormalWalk` in the logarithm. Default 0.1.
   */
  readonly scale?: number;
}

const scaleSetting: NumberSetting = {
  kind: "number",
  name: "scale",
  meaning: "standard deviation of the first steps, relative to the start, times 2.38/√n",
  default: 0.1,
  source: "warm-up finds the right one from any that is not absurd",
  range: "(0, ∞)",
};

/**
 * Gaussian steps from where the chain is. Metropolis et al. (1953).
 *
 * @throws ArgumentError for a scale out of range.
 *
 * ```ts
 * import { randomWalk } from "nabla";
 * randomWalk({ scale: 0.5 }).name; // → random-walk
 * ```
 */
export function randomWalk(options: WalkOptions = {}): Proposal {
  const { scale } = readScale("random-walk", options);
  return {
    name: "random-walk",
    settings: { scale },
    begin: (x) =>
      unlearned(
        x,
        x.map((xi) => scale * (Math.abs(xi) || 1)),
      ),
    propose: (learned, x, z) => stepOf(learned, z).map((step, i) => at(x, i) + step),
    logRatio: () => 0,
    adapt,
  };
}

/**
 * Gaussian steps of the logarithm, yᵢ = xᵢ exp((Lz)ᵢ), for variables that are positive. Larger values are proposed more widely:
 * log q(x | y) − log q(y | x) = Σ log(yᵢ/xᵢ), which is Hastings' (1970) correction.
 *
 * @throws ArgumentError for a scale out of range, and where a run begins at a point that is not positive.
 *
 * ```ts
 * import { logNormalWalk } from "nabla";
 * logNormalWalk().name; // → log-normal-walk
 * ```
 */
export function logNormalWalk(options: WalkOptions = {}): Proposal {
  const { scale } = readScale("log-normal-walk", options);
  return {
    name: "log-normal-walk",
    settings: { scale },
    begin: (x) => {
      const wrong = x.findIndex((xi) => !(xi > 0));
      if (wrong >= 0)
        throw new ArgumentError(
          `log-normal-walk: the start must be positive; its element ${wrong} is ${x[wrong]}; use randomWalk() for variables of either sign`,
        );
      return unlearned(x.map(Math.log), new Float64Array(x.length).fill(scale));
    },
    propose: (learned, x, z) => stepOf(learned, z).map((step, i) => at(x, i) * Math.exp(step)),
    logRatio: (x, y) => y.reduce((sum, yi, i) => sum + Math.log(yi / at(x, i)), 0),
    adapt: (learned, x, acceptance, k) => adapt(learned, x.map(Math.log), acceptance, k),
  };
}

const readScale = (name: string, options: WalkOptions): { scale: number } =>
  readSettings<"scale">({ name, settings: [scaleSetting] }, options);

function unlearned(mean: Float64Array, deviations: Float64Array): Learned {
  return { factor: diagonalFactor(deviations), scale: 2.38 / Math.sqrt(mean.length), mean };
}

/** λLz. */
const stepOf = ({ factor, scale }: Learned, z: Float64Array): Float64Array =>
  scaled(scale, timesFactor(factor, z));

/** The best acceptance rate of a random walk: 0.44 in one variable, 0.234 in many. Roberts & Rosenthal (2001). */
const aim = (n: number): number => (n === 1 ? 0.44 : 0.234);

function adapt({ factor, scale, mean }: Learned, x: Float64Array, acceptance: number, k: number): Learned {
  const n = x.length;
  const rate = 3 / (k + 10 * n);
  const deviation = subtract(x, mean);
  const kept = scaled(Math.sqrt(1 - rate), factor);
  return {
    factor: rankOneUpdate(kept, scaled(Math.sqrt(rate), deviation)) ?? factor,
    scale: scale * Math.exp(k ** (-2 / 3) * (acceptance - aim(n))),
    mean: addScaled(mean, rate, deviation),
  };
}
