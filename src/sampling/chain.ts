/** Chains: the points a sampling run kept, and their moments. */
import { at } from "../core/exactly.ts";
import type { MetropolisHastingsState } from "./metropolis-hastings.ts";

/** Points of a Markov chain in the order in which they were drawn. */
export interface Chain {
  /** `[count, dimension]`, row-major. */
  readonly points: Float64Array;
  readonly count: number;
  readonly dimension: number;
}

/** The points kept so far, as a view of the state. */
export function samplesOf({ kept, count, x }: Pick<MetropolisHastingsState, "kept" | "count" | "x">): Chain {
  const dimension = x.length;
  return { points: kept.subarray(0, count * dimension), count, dimension };
}

/** The share of proposals accepted since the end of the warm-up; NaN before. */
export function acceptanceRate({
  accepted,
  transitions,
}: Pick<MetropolisHastingsState, "accepted" | "transitions">): number {
  return accepted / transitions;
}

/** The values of variable i, in order. */
export function seriesOf({ points, count, dimension }: Chain, i: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => at(points, k * dimension + i));
}

/** A number for each variable, made of its series. */
export function ofEachVariable(chain: Chain, summary: (series: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: chain.dimension }, (_, i) => summary(seriesOf(chain, i)));
}

/** x̄, the arithmetic mean; NaN of nothing. */
export function meanOf(series: Float64Array): number {
  return series.reduce((sum, value) => sum + value, 0) / series.length;
}

/** The mean of each variable, `[n]`. */
export function chainMean(chain: Chain): Float64Array {
  return ofEachVariable(chain, meanOf);
}

/** The covariance of the variables, `[n, n]`, row-major, with the divisor count − 1; NaN for fewer than two points. */
export function chainCovariance(chain: Chain): Float64Array {
  const { points, count, dimension: n } = chain;
  const mean = chainMean(chain);
  const covariance = new Float64Array(n * n);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < n; i++) {
      const deviation = at(points, k * n + i) - at(mean, i);
      for (let j = 0; j <= i; j++) {
        const product = deviation * (at(points, k * n + j) - at(mean, j));
        covariance[i * n + j] = at(covariance, i * n + j) + product;
      }
    }
  }
  const divisor = count > 1 ? count - 1 : Number.NaN;
  return covariance.map((_, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    return at(covariance, Math.max(i, j) * n + Math.min(i, j)) / divisor;
  });
}
