/** Models of a single dense layer, whose losses have one valley. */

import { checkOptions } from "../../core/checks.ts";
import { constantWeights } from "../initializers/plain.ts";
import type { Layer } from "../layer.ts";
import { dense } from "../layers/dense.ts";
import type { WeightAndBias } from "../layers/weights.ts";

/** Options of `linearModel` and `logisticModel`. */
export interface LinearModelOptions {
  /** Numbers of an example. */
  readonly inputs: number;
  /** Numbers that come out. Default 1. */
  readonly outputs?: number;
}

/**
 * The linear model y = x Wᵀ + b, for `squaredError` and its kin. It begins at 0, since the loss has one valley, from wherever it is entered.
 *
 * ```ts
 * import { linearModel, randomKey, tensor } from "nabla";
 * const line = linearModel({ inputs: 1 });
 * line.apply({ weight: tensor([[2]]), bias: tensor([1]) }, tensor([[0], [1], [2]])).reshape([3]); // → Tensor(float64 [3]) [1, 3, 5]
 * ```
 *
 * @throws ArgumentError for sizes that are not whole numbers ≥ 1.
 */
export function linearModel(options: LinearModelOptions): Layer<WeightAndBias> {
  return atZero("linearModel", options);
}

/**
 * Logistic regression: one output is the logit of the second of two classes, for `binaryCrossEntropy`; k outputs are the logits of k classes, for
 * `crossEntropy`. Sigmoid and softmax are part of those losses, and of no layer. It begins at 0, where all classes are equally likely. Cox (1958), The
 * Regression Analysis of Binary Sequences.
 *
 * ```ts
 * import { crossEntropy, logisticModel, ones, randomKey, tensor } from "nabla";
 * const model = logisticModel({ inputs: 4, outputs: 3 });
 * const logits = model.apply(model.init(randomKey(1)), ones([2, 4]));
 * crossEntropy()(logits, tensor([0, 2], "int32")).item().toFixed(4); // → 1.0986
 * ```
 *
 * @throws ArgumentError for sizes that are not whole numbers ≥ 1.
 */
export function logisticModel(options: LinearModelOptions): Layer<WeightAndBias> {
  return atZero("logisticModel", options);
}

function atZero(call: string, options: LinearModelOptions): Layer<WeightAndBias> {
  checkOptions(call, options, ["inputs", "outputs"]);
  const { inputs, outputs = 1 } = options;
  return dense({ inputs, outputs, initializer: constantWeights() });
}
