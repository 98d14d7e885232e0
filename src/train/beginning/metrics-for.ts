/** The metrics of a training: those asked for, or those that go with its loss. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { defaultMetrics } from "../metrics/index.ts";
import type { Metric } from "../metrics/metric.ts";

/** Reads the option. @throws ArgumentError for what is no metric, two of one name, and one that the targets do not fit. */
export function metricsFor(given: readonly Metric[] | undefined, loss: Loss): readonly Metric[] {
  if (given === undefined) return defaultMetrics(loss);
  if (!Array.isArray(given) || !given.every((metric) => typeof metric?.sums === "function"))
    throw new ArgumentError(
      `train({ metrics }): needs a list of metrics such as accuracy; got ${showValue(given)}`,
    );
  const names = given.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new ArgumentError(`train({ metrics }): ${twice} is there twice; leave one out`);
  const wrong = given.find(({ targets }) => targets !== loss.targets);
  if (wrong !== undefined)
    throw new ArgumentError(
      `train({ metrics }): ${wrong.name} judges ${wrong.targets}, but ${loss.lossName} is trained on ${loss.targets}`,
    );
  return given;
}
