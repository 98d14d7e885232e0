/** log softmax(z) = s − log Σ eˢ with s = z − max z: the two parts, so that losses take from them what they need in one pass. */
import { stopGradient } from "../../tensor/operations/comparison.ts";
import { max } from "../../tensor/operations/reduction.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What log softmax is the difference of. */
export interface ShiftedLogits {
  /** z − max z, `[n, classes]`: at most 0, so that no exponential overflows. */
  readonly shifted: Tensor;
  /** log Σ eˢ, `[n]`: from 0 to log classes. */
  readonly logSum: Tensor;
}

/** The parts of log softmax over the classes of logits `[n, classes]`. */
export function shiftedLogits(logits: Tensor): ShiftedLogits {
  // The shift cancels, so that its derivative is nobody's concern.
  const shifted = logits.sub(stopGradient(max(logits, 1, { keepDims: true })));
  return { shifted, logSum: shifted.exp().sum(1).log() };
}
