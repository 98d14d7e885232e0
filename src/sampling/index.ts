/** Drawing from densities known up to a factor, and judging what was drawn. */
export type { Chain } from "./chain.ts";
export { acceptanceRate, chainCovariance, chainMean, samplesOf } from "./chain.ts";
export { effectiveSampleSize, monteCarloStandardError, splitRHat } from "./diagnostics.ts";
export type { IndependenceOptions } from "./independence.ts";
export { independence } from "./independence.ts";
export type { MetropolisHastingsOptions, MetropolisHastingsState } from "./metropolis-hastings.ts";
export { metropolisHastings } from "./metropolis-hastings.ts";
export type { Learned, Proposal } from "./proposal.ts";
export type { SampleOptions, SampleStep } from "./sample.ts";
export { sample } from "./sample.ts";
export type { SampleResult } from "./sample-result.ts";
export type { WalkOptions } from "./walks.ts";
export { logNormalWalk, randomWalk } from "./walks.ts";
