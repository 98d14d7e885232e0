/** Shares of examples that are right: the best class, one of the best k, yes or no. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { classified, matched, meanOfOutputs } from "../../nn/losses/targets.ts";
import { arange } from "../../tensor/operations/creation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Metric, meanMetric } from "./metric.ts";

/**
 * The share of examples whose right class has the largest score. Outputs `[n, classes]`, targets int32 `[n]`. Of equal scores the first counts as the
 * largest, as in `argmax`, and NaN is never right.
 *
 * ```ts
 * const sums = accuracy.sums(tensor([[1, 9], [9, 1], [1, 9]]), tensor([1, 0, 0], "int32"));
 * accuracy.finish(Float64Array.from(sums.toTypedArray()), 3); // → 0.6666666666666666
 * ```
 */
export const accuracy: Metric = meanMetric(
  { name: "accuracy", title: "Accuracy", better: "higher", targets: "classes" },
  (outputs, targets) => isAmongBest("accuracy", 1, outputs, targets),
);

/**
 * The share of examples whose right class is among the k with the largest scores, as `accuracy`.
 *
 * ```ts
 * topAccuracy(5).name; // → "top-5-accuracy"
 * ```
 *
 * @throws ArgumentError unless k is a whole number ≥ 1.
 */
export function topAccuracy(k: number): Metric {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new ArgumentError(`topAccuracy(k): must be a whole number ≥ 1; got ${showValue(k)}`);
  return meanMetric(
    { name: `top-${k}-accuracy`, title: `Top-${k} accuracy`, better: "higher", targets: "classes" },
    (outputs, targets) => isAmongBest(`topAccuracy(${k})`, k, outputs, targets),
  );
}

/**
 * The share of answers that are right where a positive output says yes. Targets of 0 and 1 are understood, and of −1 and 1: from ½ on they mean
 * yes. Outputs and targets are `[n]` or `[n, questions]`. NaN is never right.
 *
 * ```ts
 * const sums = binaryAccuracy.sums(tensor([-2, 0.1, 3, 4]), tensor([0, 1, 1, 0]));
 * binaryAccuracy.finish(Float64Array.from(sums.toTypedArray()), 4); // → 0.75
 * ```
 */
export const binaryAccuracy: Metric = meanMetric(
  { name: "binary-accuracy", title: "Accuracy", better: "higher", targets: "values" },
  (outputs, targets) => {
    const { outputs: o, targets: y } = matched("binaryAccuracy", outputs, targets);
    const isRight = o.greater(0).equal(y.greaterEqual(0.5)).logicalAnd(o.isNaN().logicalNot());
    return meanOfOutputs(isRight.cast("float64"));
  },
);

/** Whether fewer than k classes stand before the right one, `[n]`. */
function isAmongBest(call: string, k: number, outputs: Tensor, targets: Tensor): Tensor {
  const { scores, isOwn, checked } = classified(call, outputs, targets);
  const own = checked(isOwn.where(scores, 0).sum(1));
  const [n = 0, classes = 0] = scores.shape;
  const column = own.reshape([n, 1]);
  const isEarlier = arange(classes).less(targets.reshape([n, 1]));
  const isBefore = scores.greater(column).logicalOr(scores.equal(column).logicalAnd(isEarlier));
  return isBefore.sum(1).less(k).logicalAnd(own.isNaN().logicalNot());
}
