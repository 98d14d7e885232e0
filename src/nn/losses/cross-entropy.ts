/**
 * Cross-entropy of classes from logits z: −log softmax(z)_y = log Σⱼ eᶻʲ − z_y, the negative log-likelihood of a multinomial logistic model. Bishop
 * (2006), Pattern Recognition and Machine Learning, equation 4.108. Label smoothing: Szegedy et al. (2016), section 7; as PyTorch's.
 */
import type { NumberSetting } from "../../solver/card.ts";
import type { LossFactory, LossOptions } from "./loss.ts";
import { lossFactory } from "./loss-factory.ts";
import { type ShiftedLogits, shiftedLogits } from "./shifted-logits.ts";
import { classified } from "./targets.ts";

/** Options of `crossEntropy`. */
export interface CrossEntropyOptions extends LossOptions {
  /** ε in [0, 1): the share of each target that is spread over all classes alike. Default 0; Szegedy et al. took 0.1. */
  readonly labelSmoothing?: number;
}

/** How cards list label smoothing. */
export const labelSmoothingSetting: NumberSetting = {
  kind: "number",
  name: "labelSmoothing",
  symbol: "\\epsilon",
  meaning: "the share of each target that is spread over all classes alike",
  default: 0,
  source: "PyTorch, `CrossEntropyLoss`",
  range: "[0, 1)",
};

/**
 * The loss for choosing one of several classes. Outputs are logits `[n, classes]`, any numbers, softmax is part of it; targets are the numbers of the
 * right classes, int32 `[n]`. Neither over- nor underflows. Inside of compiled and traced functions the class of an example that does not exist
 * makes the loss NaN.
 *
 * ```ts
 * import { crossEntropy, tensor } from "nabla";
 * const loss = crossEntropy();
 * const classes = tensor([1, 0], "int32");
 * loss(tensor([[0, 0], [9, 0]]), classes); // → Tensor(float64 []) 0.346635
 * loss.examples(tensor([[0, 0], [9, 0]]), classes); // → Tensor(float64 [2]) [0.693147, 0.000123402]
 * ```
 *
 * @throws ArgumentError for options out of range; when called, ShapeError, DtypeError and IndexError for targets that are not the numbers of classes.
 */
export const crossEntropy: LossFactory<CrossEntropyOptions> = lossFactory<"labelSmoothing">(
  {
    name: "cross-entropy",
    title: "Cross-entropy",
    summary:
      "How surprised the softmax of the outputs is by the right class. The usual loss for choosing one of several classes.",
    equation:
      "-(1 - \\epsilon) \\log p_y - \\frac{\\epsilon}{C} \\sum_j \\log p_j, \\quad p = \\operatorname{softmax}(z)",
    paper:
      "Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108; Szegedy et al. (2016), Rethinking the Inception Architecture, section 7",
    targets: "classes",
    outputs: "logits",
    settings: [labelSmoothingSetting],
  },
  ({ labelSmoothing }) =>
    (outputs, targets) => {
      const { scores, isOwn, checked } = classified("crossEntropy", outputs, targets);
      const { shifted, logSum }: ShiftedLogits = shiftedLogits(scores);
      // Chosen instead of multiplied by 0, so that a logit of −∞ for another class, a mask, does no harm.
      const own = checked(isOwn.where(shifted, 0).sum(1));
      if (labelSmoothing === 0) return logSum.sub(own);
      return logSum.sub(own.mul(1 - labelSmoothing)).sub(shifted.mean(1).mul(labelSmoothing));
    },
);
