/** The lecture's tools about training: noise, bias and distribution of mini-batch gradients, curvature, the effect of standardizing, and learning rates. */
export {
  type ConditioningMonitor,
  type ConditioningMonitorOptions,
  type CurvatureObservation,
  conditioningMonitor,
} from "./curvature/conditioning-monitor.ts";
export { curvatureAlongGradient, type GradientCurvature } from "./curvature/curvature-along-gradient.ts";
export {
  type LargestCurvature,
  type LargestCurvatureOptions,
  largestCurvature,
} from "./curvature/largest-curvature.ts";
export { type BatchLoss, lossOf } from "./gradients/batch-loss.ts";
export type { TensorExamples } from "./gradients/examples.ts";
export { type GradientBias, type GradientBiasOptions, gradientBias } from "./gradients/gradient-bias.ts";
export {
  type GradientNoise,
  type GradientNoiseOptions,
  gradientNoise,
  type NoiseAtSize,
} from "./gradients/gradient-noise.ts";
export {
  type DirectionAtSize,
  type GradientNormality,
  type GradientNormalityOptions,
  gradientNormality,
  type NormalityAtSize,
} from "./gradients/gradient-normality.ts";
export {
  type InputForm,
  type StandardizationEffect,
  type StandardizationEffectOptions,
  standardizationEffect,
} from "./inputs/standardization-effect.ts";
export type { SuggestedRates } from "./rates/range-curve.ts";
export { type RangeTest, type RangeTestOptions, rangeTest } from "./rates/range-test.ts";
export {
  type RateSearch,
  type RateSearchOptions,
  type RateTrial,
  rateSearch,
} from "./rates/rate-search.ts";
export type { TestOutcome } from "./statistics/anderson-darling.ts";
export type { Histogram } from "./statistics/histogram.ts";
