/** The metrics by name, for command lines and files, and those that go with a loss. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { accuracy, binaryAccuracy, topAccuracy } from "./accuracy.ts";
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from "./mean-errors.ts";
import type { Metric } from "./metric.ts";
import { rSquared } from "./r-squared.ts";

/**
 * The metrics that have a name of their own; beside them there is `topAccuracy(k)`, `top-5-accuracy`.
 *
 * ```ts
 * metrics.map(({ name }) => name).slice(0, 2); // → [ "accuracy", "binary-accuracy" ]
 * ```
 */
export const metrics: readonly Metric[] = [
  accuracy,
  binaryAccuracy,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
  rSquared(),
];

/**
 * The metric of a name.
 *
 * ```ts
 * metricNamed("top-3-accuracy").title; // → "Top-3 accuracy"
 * ```
 *
 * @throws ArgumentError for a name that is none.
 */
export function metricNamed(name: string): Metric {
  const known = metrics.find((metric) => metric.name === name);
  if (known !== undefined) return known;
  const top = /^top-([1-9]\d{0,8})-accuracy$/.exec(name);
  if (top !== null) return topAccuracy(Number(top[1]));
  throw new ArgumentError(
    `metricNamed: there is no metric ${showValue(name)}; the metrics are ${metrics.map((metric) => metric.name).join(", ")}, top-5-accuracy`,
  );
}

/**
 * What to measure beside a loss: accuracy where outputs choose a class or say yes or no; mean absolute error and R² where they are
 * numbers; nothing where targets are probabilities of classes.
 *
 * ```ts
 * defaultMetrics(crossEntropy()).map(({ name }) => name); // → [ "accuracy" ]
 * ```
 */
export function defaultMetrics({ targets, outputs }: Pick<Loss, "targets" | "outputs">): readonly Metric[] {
  if (targets === "classes") return [accuracy];
  switch (outputs) {
    case "logit":
    case "score":
      return [binaryAccuracy];
    case "values":
      return [meanAbsoluteError, rSquared()];
    case "logits":
    case "scores":
      return [];
    default:
      return outputs satisfies never;
  }
}
