/** What a sampling method drew. */

import { at } from "../../src/core/exactly.ts";
import type { MinimizeResult } from "../../src/minimize/result.ts";
import {
  acceptanceRate,
  type Chain,
  chainCovariance,
  chainMean,
  effectiveSampleSize,
  monteCarloStandardError,
  samplesOf,
} from "../../src/sampling/index.ts";
import type { Point } from "../point.ts";

/** A chain in numbers; those of each variable by its name. */
export interface SampleSummary {
  readonly samples: number;
  /** The share of proposals that were accepted. */
  readonly acceptance: number;
  readonly mean: Point;
  readonly standardDeviation: Point;
  /** How far the mean may be off by chance. */
  readonly standardError: Point;
  /** As many independent samples would say as much. */
  readonly effectiveSamples: Point;
}

/** The state of a sampling method, as far as it is read here. */
type ChainState = Parameters<typeof samplesOf>[0] & Parameters<typeof acceptanceRate>[0];

/** The points drawn; undefined where the method was none that samples. */
export function chainOf({ state }: Pick<MinimizeResult<Point>, "state">): Chain | undefined {
  return isChainState(state) ? samplesOf(state) : undefined;
}

/** The chain's numbers; undefined where the method was none that samples. */
export function summaryOf(
  { state }: Pick<MinimizeResult<Point>, "state">,
  variables: readonly string[],
): SampleSummary | undefined {
  if (!isChainState(state)) return undefined;
  const chain = samplesOf(state);
  const byName = (numbers: ArrayLike<number>): Point =>
    Object.fromEntries(variables.map((name, i) => [name, at(numbers, i)]));
  const covariance = chainCovariance(chain);
  const n = variables.length;
  return {
    samples: chain.count,
    acceptance: acceptanceRate(state),
    mean: byName(chainMean(chain)),
    standardDeviation: byName(variables.map((_, i) => Math.sqrt(at(covariance, i * n + i)))),
    standardError: byName(monteCarloStandardError(chain)),
    effectiveSamples: byName(effectiveSampleSize(chain)),
  };
}

function isChainState(state: object): state is ChainState {
  return (
    "kept" in state && state.kept instanceof Float64Array && "accepted" in state && "transitions" in state
  );
}
