/** Losses: what outputs cost beside their targets. */
export { absoluteError } from "./absolute-error.ts";
export { binaryCrossEntropy } from "./binary-cross-entropy.ts";
export { type AnyLossFactory, losses, lossNamed } from "./catalogue.ts";
export { type CrossEntropyOptions, crossEntropy } from "./cross-entropy.ts";
export { type HingeOptions, hinge } from "./hinge.ts";
export { type HuberLossOptions, huberLoss } from "./huber-loss.ts";
export { klDivergence } from "./kl-divergence.ts";
export type {
  Loss,
  LossCard,
  LossFactory,
  LossOptions,
  OutputKind,
  Reduction,
  TargetKind,
} from "./loss.ts";
export { type LossFromFunctionOptions, lossFromFunction } from "./loss-from-function.ts";
export { multiclassHinge } from "./multiclass-hinge.ts";
export { type SmoothL1Options, smoothL1 } from "./smooth-l1.ts";
export { softCrossEntropy } from "./soft-cross-entropy.ts";
export { squaredError } from "./squared-error.ts";
