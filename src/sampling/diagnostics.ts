/** How much a chain knows, and whether chains agree. */
import { checkList, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { dot } from "../core/vector.ts";
import { type Chain, meanOf, ofEachVariable, seriesOf } from "./chain.ts";

/**
 * How many independent points would give the mean of each variable as exactly: count/τ with τ = −1 + 2 Σ Γₘ/γ₀, summing
 * Γₘ = γ₂ₘ + γ₂ₘ₊₁ of the autocovariances γ while they stay positive, each no larger than the one before.
 * Geyer (1992), section 3.3, initial monotone sequence. 0 for a variable that never moved.
 *
 * ```ts
 * import { effectiveSampleSize } from "nabla";
 * const points = Float64Array.of(0, 1, 1, 0, 0, 1, 1, 0);
 * [...effectiveSampleSize({ points, count: 8, dimension: 1 })]; // → [8]
 * ```
 */
export function effectiveSampleSize(chain: Chain): Float64Array {
  return ofEachVariable(chain, (series) => {
    const gamma = autocovariances(series);
    return gamma(0) > 0 ? series.length / autocorrelationTime(gamma, series.length) : 0;
  });
}

/**
 * The standard error of the mean of each variable: its standard deviation over the root of the effective sample size; NaN
 * for a variable that never moved.
 */
export function monteCarloStandardError(chain: Chain): Float64Array {
  const sizes = effectiveSampleSize(chain);
  return ofEachVariable(chain, varianceOf).map((variance, i) => Math.sqrt(variance / at(sizes, i)));
}

/** γₜ as a function of t, with the divisor of the whole length, which keeps the sequence positive definite. */
function autocovariances(series: Float64Array): (lag: number) => number {
  const mean = meanOf(series);
  const deviations = series.map((value) => value - mean);
  return (lag) => dot(deviations.subarray(lag), deviations) / series.length;
}

/** τ; no less than 1/log₁₀(count), since antithetic chains leave little to estimate it from. Stan (Vehtari et al. 2021). */
function autocorrelationTime(gamma: (lag: number) => number, length: number): number {
  let sum = 0;
  let previous = Infinity;
  for (let lag = 0; lag + 1 < length; lag += 2) {
    const pair = gamma(lag) + gamma(lag + 1);
    if (!(pair > 0)) break;
    previous = Math.min(previous, pair);
    sum += previous;
  }
  return Math.max((2 * sum) / gamma(0) - 1, 1 / Math.log10(Math.max(length, 10)));
}

/**
 * √(V̂/W) of each variable: the spread of all half chains together against the spread within each, W their mean variance and
 * V̂ = (1 − 1/m)W + B/m for halves of m points whose means vary by B/m. Near 1 when all have seen the same; above 1.01, run
 * longer. Gelman et al. (2013), Bayesian Data Analysis, eq. 11.4, chains split in two.
 *
 * @throws ArgumentError for no chain, chains of different sizes, or chains of fewer than four points.
 *
 * ```ts
 * import { splitRHat } from "nabla";
 * const chain = { points: Float64Array.of(0, 1, 0, 1, 1, 0, 1, 0), count: 8, dimension: 1 };
 * splitRHat([chain, chain]).every((ratio) => ratio < 1.01); // → true
 * ```
 */
export function splitRHat(chains: readonly Chain[]): Float64Array {
  checkList("splitRHat", chains, "a list of chains");
  const [first] = chains;
  const fits = (chain: Chain): boolean =>
    chain.count === first?.count && chain.dimension === first.dimension && chain.count >= 4;
  if (first === undefined || !chains.every(fits))
    throw new ArgumentError(
      `splitRHat: needs chains of equal size, four points or more each; got ${showValue(chains.map((chain) => chain?.count))}; cut the longer ones`,
    );
  const m = Math.floor(first.count / 2);
  return Float64Array.from({ length: first.dimension }, (_, i) => {
    const halves = chains.flatMap((chain) => {
      const series = seriesOf(chain, i);
      return [series.subarray(0, m), series.subarray(series.length - m)];
    });
    const within = meanOf(Float64Array.from(halves, varianceOf));
    const between = varianceOf(Float64Array.from(halves, meanOf));
    return Math.sqrt((m - 1) / m + between / within);
  });
}

/** Σ(x − x̄)²/(length − 1). */
function varianceOf(series: Float64Array): number {
  const mean = meanOf(series);
  return series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (series.length - 1);
}
