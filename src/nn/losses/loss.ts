/** Losses: what outputs cost beside their targets, one number for each example. */
import type { Setting, Settings } from "../../solver/card.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What becomes of the numbers of the examples: their mean (weighted where examples have weights), their sum, or nothing. */
export type Reduction = "mean" | "sum" | "none";

/** What targets are: numbers of classes, int32 `[n]`, or numbers of the shape of the outputs. */
export type TargetKind = "classes" | "values";

/**
 * What a network's outputs mean to a loss. `logits`: one for each class, softmax makes probabilities of them; `logit`: each output is a question of its
 * own, the logistic function makes the probability of yes of it; `scores`: one for each class, the largest wins; `score`: yes where positive; `values`:
 * they are what the targets are.
 */
export type OutputKind = "logits" | "logit" | "scores" | "score" | "values";

/** A loss. Called with outputs and targets it gives their loss, reduced. */
export interface Loss {
  /**
   * The loss of outputs `[n, …]`: a scalar, or `[n]` where nothing is reduced. Weights `[n]` make it Σ wᵢ lᵢ / Σ wᵢ, Σ wᵢ lᵢ or wᵢ lᵢ, as its
   * reduction is; a mean with weights that are all 0 is NaN.
   */
  (outputs: Tensor, targets: Tensor, weights?: Tensor): Tensor;
  /** Its name on the command line and in files: `cross-entropy`. */
  readonly lossName: string;
  /** What was chosen, as plain data; `lossNamed` makes the loss of name and settings again. */
  readonly settings: Settings;
  readonly targets: TargetKind;
  readonly outputs: OutputKind;
  readonly reduction: Reduction;
  /** One number for each example, `[n]`: where an example has several outputs, their mean. */
  readonly examples: (outputs: Tensor, targets: Tensor) => Tensor;
}

/** What every loss lets its user choose. */
export interface LossOptions {
  /** Default `mean`, so that a rate does not depend on the number of examples (PyTorch's default). */
  readonly reduction?: Reduction;
}

/** What a loss says about itself. */
export interface LossCard {
  /** Its name on the command line and in files: `cross-entropy`. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Of one example, in TeX. */
  readonly equation: string;
  readonly paper: string;
  readonly targets: TargetKind;
  readonly outputs: OutputKind;
  readonly settings: readonly Setting[];
  /** What taking the sum over examples instead of the mean does to the learning rate. */
  readonly sum: string;
}

/** What makes a loss: called with options, and known by its card. */
export interface LossFactory<Options extends LossOptions> {
  (options?: Options): Loss;
  readonly card: LossCard;
}
