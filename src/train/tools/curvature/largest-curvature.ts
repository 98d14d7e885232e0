/**
 * The largest eigenvalue λ of the Hessian, which is known by its products with vectors (Pearlmutter 1994): gradient descent with rates above 2/λ
 * moves away from a minimum. LeCun, Simard & Pearlmutter (1993), Automatic Learning Rate Maximization by On-Line Estimation of the Hessian's
 * Eigenvectors; Goodfellow et al. (2016), section 4.3.1.
 */
import { hvp } from "../../../autodiff/products.ts";
import { compile } from "../../../compiler/index.ts";
import { fillNormal, seedKey } from "../../../core/random/index.ts";
import type { Tensors } from "../../../first-order/transformation.ts";
import { readSettings } from "../../../solver/card.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { unflattenAs } from "../../../tensor/tree.ts";
import type { BatchLoss } from "../gradients/batch-loss.ts";
import { countExamples, type TensorExamples } from "../gradients/examples.ts";
import { seedSetting } from "../gradients/settings.ts";
import { endToEnd, keptPerLoss, parametersOf, splitLike, vectorOf } from "../parameters.ts";
import { printable, short } from "../printing.ts";
import { lanczos } from "./lanczos.ts";

/** Options of `largestCurvature`. */
export interface LargestCurvatureOptions {
  /** The error of λ that is good enough, relative to the eigenvalue of largest magnitude. Default 0.001. */
  readonly tolerance?: number;
  /** Products Hv at most; as many vectors of the size of the parameters are kept. Default 50. */
  readonly steps?: number;
  /** The vector to begin with is drawn from it. Default 0. */
  readonly seed?: number;
}

/** The steepest curvature of a loss. `String(result)` is a sentence. */
export interface LargestCurvature<P> {
  /** λ, the largest eigenvalue of the Hessian. */
  readonly eigenvalue: number;
  /** Its eigenvector, of length 1, in the structure of the parameters. */
  readonly direction: P;
  /** |Hv − λv|: an eigenvalue lies within so much of λ. */
  readonly residual: number;
  /** The smallest vᵀHv met: below 0 the loss is no bowl here. */
  readonly smallest: number;
  /** 2/λ: larger rates of gradient descent are not stable here. Infinite where λ is not positive. */
  readonly largestRate: number;
  /** Products Hv taken. */
  readonly steps: number;
  readonly converged: boolean;
  readonly toString: () => string;
}

const settings = [
  {
    kind: "number",
    name: "tolerance",
    meaning: "the relative error of the eigenvalue that is good enough",
    default: 1e-3,
    source: "Nabla",
    range: "(0, 1)",
  },
  {
    kind: "number",
    name: "steps",
    meaning: "products at most",
    default: 50,
    source: "Nabla",
    range: "[1, ∞)",
    integer: true,
  },
  seedSetting,
] as const;

/**
 * Finds the largest eigenvalue of the Hessian of a batch's loss, and with it the largest rate at which gradient descent is stable.
 *
 * ```ts
 * import { largestCurvature, tensor, type Tensor, zeros } from "nabla";
 * const valley = (x: Tensor) => x.mul(x).mul(tensor([1, -3, 40])).sum().mul(0.5);
 * const batch = { inputs: zeros([1]), targets: zeros([1]) };
 * const found = largestCurvature(valley, tensor([1, 1, 1]), batch);
 * [found.eigenvalue, found.smallest, found.largestRate].map((x) => x.toFixed(2)); // → [ "40.00", "-3.00", "0.05" ]
 * ```
 *
 * @throws ArgumentError for options out of range, and parameters that are no tree of tensors.
 */
export function largestCurvature<P extends object>(
  loss: BatchLoss<P>,
  parameters: P,
  batch: TensorExamples,
  options: LargestCurvatureOptions = {},
): LargestCurvature<P> {
  const call = "largestCurvature";
  const { tolerance, steps, seed } = readSettings<"tolerance" | "steps" | "seed">(
    { name: call, settings },
    options,
  );
  countExamples(call, batch);
  const { leaves, structure } = parametersOf(call, parameters);
  const size = leaves.reduce((sum, leaf) => sum + leaf.size, 0);
  const program = programFor(call, loss, structure);
  const multiply = (v: Float64Array): Float64Array =>
    vectorOf(program(leaves, splitLike(leaves, v), batch.inputs, batch.targets));
  const start = fillNormal(seedKey(seed), new Float64Array(size));
  const { value, vector, ...rest } = lanczos(multiply, start, { tolerance, steps });
  const result = {
    ...rest,
    eigenvalue: value,
    direction: unflattenAs<P>(structure, splitLike(leaves, vector)),
    largestRate: value > 0 ? 2 / value : Number.isNaN(value) ? Number.NaN : Number.POSITIVE_INFINITY,
  };
  return printable(result, describe);
}

/** Hv, `[k]`. */
const programFor = keptPerLoss(({ batch }) =>
  compile(
    (x: Tensors, v: Tensors, inputs: Tensor, targets: Tensor) => endToEnd(hvp(batch)(x, v, inputs, targets)),
    { results: "lent" },
  ),
);

function describe(found: Omit<LargestCurvature<unknown>, "toString">): string {
  const { eigenvalue, residual, smallest, largestRate, steps, converged } = found;
  const limit =
    eigenvalue > 0
      ? `rates of gradient descent above ${short(largestRate)} are not stable here`
      : "no rate is too large here";
  const saddle = smallest < 0 ? `; it is no bowl: vᵀHv = ${short(smallest)} for some v` : "";
  const doubt = converged ? "" : "; not converged: give it more steps";
  return `largest eigenvalue of the Hessian ${short(eigenvalue)} ± ${short(residual)} after ${steps} products: ${limit}${saddle}${doubt}`;
}
