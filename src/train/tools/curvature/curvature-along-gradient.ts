/**
 * What a step down the gradient changes, to second order: f(x − εg) ≈ f(x) − εgᵀg + ½ε²gᵀHg. Where ½ε²gᵀHg exceeds εgᵀg the step raises the loss,
 * which is called ill conditioning: Goodfellow, Bengio & Courville (2016), Deep Learning, section 8.2.1, eq. 8.10.
 */
import { valueAndGrad } from "../../../autodiff/gradient.ts";
import { hvp } from "../../../autodiff/products.ts";
import { compile } from "../../../compiler/index.ts";
import { showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import type { Tensors } from "../../../first-order/transformation.ts";
import { stack } from "../../../tensor/operations/joining.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { BatchLoss } from "../gradients/batch-loss.ts";
import { countExamples, type TensorExamples } from "../gradients/examples.ts";
import { keptPerLoss, parametersOf } from "../parameters.ts";
import { printable, short } from "../printing.ts";

/** The terms of eq. 8.10 at a point. `String(result)` is its verdict. */
export interface GradientCurvature {
  /** ε. */
  readonly rate: number;
  /** The loss of the batch. */
  readonly loss: number;
  /** gᵀg. */
  readonly squaredNorm: number;
  /** gᵀHg. */
  readonly curvature: number;
  /** gᵀHg / gᵀg: the curvature along the gradient, between the smallest and the largest eigenvalue of H. */
  readonly rayleighQuotient: number;
  /** εgᵀg: what the slope gains. */
  readonly gain: number;
  /** ½ε²gᵀHg: what the curvature takes of it. */
  readonly cost: number;
  /** cost / gain: from 1 on the step raises the loss. */
  readonly ratio: number;
  /** cost − gain, by how much the loss changes. */
  readonly predictedChange: number;
  /** 2 gᵀg / gᵀHg, where cost and gain are equal; infinite where the curvature is not positive. */
  readonly largestRate: number;
  /** gᵀg / gᵀHg, half of that: the rate that lowers the loss most. Eq. 4.10. */
  readonly bestRate: number;
  /** What that means, in a sentence. */
  readonly verdict: string;
  readonly toString: () => string;
}

/**
 * Measures the curvature along the gradient of a batch's loss. It costs about three gradients: the product Hg is forward over reverse mode, no matrix
 * is formed. The program is compiled once for each loss, so keep that function.
 *
 * ```ts
 * import { curvatureAlongGradient, tensor, type Tensor, zeros } from "nabla";
 * const valley = (x: Tensor) => x.mul(x).mul(tensor([1, 100])).sum().mul(0.5);
 * const batch = { inputs: zeros([1]), targets: zeros([1]) };
 * const found = curvatureAlongGradient(valley, tensor([1, 1]), batch, 0.1);
 * [found.rayleighQuotient.toFixed(2), found.largestRate.toFixed(4)]; // → [ "99.99", "0.0200" ]
 * found.ratio > 1; // → true
 * ```
 *
 * @throws ArgumentError for a rate that is no number above 0, and parameters that are no tree of tensors.
 */
export function curvatureAlongGradient<P extends object>(
  loss: BatchLoss<P>,
  parameters: P,
  batch: TensorExamples,
  rate: number,
): GradientCurvature {
  const call = "curvatureAlongGradient";
  checkRate(call, rate);
  countExamples(call, batch);
  const { leaves, structure } = parametersOf(call, parameters);
  const [value = Number.NaN, squaredNorm = Number.NaN, curvature = Number.NaN] = programFor(
    call,
    loss,
    structure,
  )(leaves, batch.inputs, batch.targets).toTypedArray();
  return printable(judge(rate, value, squaredNorm, curvature), ({ verdict }) => verdict);
}

/** Refuses what is no rate. */
export function checkRate(call: string, rate: unknown): void {
  if (typeof rate !== "number" || !(rate > 0 && rate < Infinity))
    throw new ArgumentError(`${call}: the rate must be a number in (0, ∞); got ${showValue(rate)}`);
}

function judge(rate: number, loss: number, squaredNorm: number, curvature: number): GradientCurvature {
  const gain = rate * squaredNorm;
  const cost = 0.5 * rate ** 2 * curvature;
  const isBowl = curvature > 0;
  const largestRate = isBowl ? (2 * squaredNorm) / curvature : Number.POSITIVE_INFINITY;
  const figures = {
    rate,
    loss,
    squaredNorm,
    curvature,
    rayleighQuotient: curvature / squaredNorm,
    gain,
    cost,
    ratio: cost / gain,
    predictedChange: cost - gain,
    largestRate,
    bestRate: largestRate / 2,
  };
  return { ...figures, verdict: verdictOf(figures) };
}

function verdictOf(found: Omit<GradientCurvature, "verdict" | "toString">): string {
  const { gain, cost, ratio, rate, bestRate, largestRate, squaredNorm, curvature } = found;
  if (!Number.isFinite(gain) || !Number.isFinite(cost))
    return "the gradient or its curvature is not finite: the training has diverged";
  if (squaredNorm === 0) return "the gradient is 0: no rate moves anything";
  const terms = `½ε²gᵀHg = ${short(cost)}, εgᵀg = ${short(gain)}`;
  if (curvature <= 0)
    return `the curvature along the gradient is not positive (${terms}): it sets no limit to the rate`;
  const limits = `along this gradient ${short(bestRate)} would lower the loss most, and ${short(largestRate)} not at all`;
  if (ratio >= 1)
    return `ill conditioned: ½ε²gᵀHg exceeds εgᵀg (${terms}), so that a step of the rate ${short(rate)} raises the loss; ${limits}`;
  if (ratio > 0.5)
    return `near the limit: the curvature takes ${short(100 * ratio)} % of what the slope gains (${terms}); ${limits}`;
  return `well conditioned for the rate ${short(rate)}: the curvature takes ${short(100 * ratio)} % of what the slope gains (${terms}); ${limits}`;
}

/** Loss, gᵀg and gᵀHg, `[3]`. */
const programFor = keptPerLoss(({ batch }) =>
  compile((leaves: Tensors, inputs: Tensor, targets: Tensor) => {
    const { value, grad } = valueAndGrad(batch)(leaves, inputs, targets);
    const product = hvp(batch)(leaves, grad, inputs, targets);
    return stack([value.cast("float64"), product64(grad, grad), product64(grad, product)]);
  }),
);

/** aᵀb over all leaves, added up in float64. */
function product64(a: Tensors, b: Tensors): Tensor {
  const parts = a.map((ai, i) => {
    const bi = b[i];
    return bi === undefined ? ai.sum() : ai.cast("float64").mul(bi.cast("float64")).sum();
  });
  return parts.reduce((sum, part) => sum.add(part));
}
