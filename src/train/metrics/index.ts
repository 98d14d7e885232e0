/** Metrics: what a trained network is judged by. */
export { accuracy, binaryAccuracy, topAccuracy } from "./accuracy.ts";
export { defaultMetrics, metricNamed, metrics } from "./catalogue.ts";
export {
  type ClassNumbers,
  type ClassScores,
  type ConfusionMatrix,
  type ConfusionScores,
  confusionMatrix,
  confusionScores,
} from "./confusion.ts";
export { meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from "./mean-errors.ts";
export type { Metric } from "./metric.ts";
export { type RSquaredOptions, rSquared } from "./r-squared.ts";
