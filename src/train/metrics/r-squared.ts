/**
 * The coefficient of determination R² = 1 − Σ (o − y)² / Σ (y − ȳ)²: the share of the targets' variance that is explained. Wright (1921), Correlation
 * and Causation. Of several outputs it is the mean of theirs, scikit-learn's "uniform_average".
 */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { entry } from "../../core/vector.ts";
import { matched } from "../../nn/losses/targets.ts";
import { concat } from "../../tensor/operations/joining.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Metric } from "./metric.ts";

/** Options of `rSquared`. */
export interface RSquaredOptions {
  /** What is subtracted from targets before they are squared. Default 0; needed where their mean is more than 10⁴ of their standard deviations. */
  readonly shift?: number;
}

/** Below this share of Σ d² what is left of it, Σ d² − (Σ d)²/n, is mostly rounding. */
const lost = 1e-13;

/**
 * R²: 1 is perfect, 0 as good as the mean of the targets, below 0 worse than that. Its sums are taken batch by batch, so that it does not know the mean
 * beforehand: Σ (y − ȳ)² = Σ d² − (Σ d)²/n with d = y − shift loses 2 log₁₀(|ȳ − shift|/σ) of 16 digits. Where nearly all are lost, or targets
 * do not vary, it is NaN.
 *
 * ```ts
 * const { sums, finish } = rSquared();
 * finish(Float64Array.from(sums(tensor([1, 2, 4]), tensor([1, 2, 3])).toTypedArray()), 3); // → 0.5
 * ```
 *
 * @throws ArgumentError for a shift that is not finite.
 */
export function rSquared(options: RSquaredOptions = {}): Metric {
  checkOptions("rSquared", options, ["shift"]);
  const { shift = 0 } = options;
  if (!Number.isFinite(shift))
    throw new ArgumentError(`rSquared({ shift }): must be a finite number; got ${showValue(shift)}`);
  return {
    name: "r-squared",
    title: "R²",
    better: "higher",
    targets: "values",
    sums: (outputs, targets) => {
      const { outputs: o, targets: y } = matched("rSquared", outputs.cast("float64"), targets);
      const [n = 0] = o.shape;
      const columns = [n, sizeOf(o.shape.slice(1))];
      const [r, d] = [o.sub(y).reshape(columns), y.sub(shift).reshape(columns)];
      return concat([r.square().sum(0), d.sum(0), d.square().sum(0)]);
    },
    finish: (sums, examples) => {
      const outputs = sums.length / 3;
      let total = 0;
      for (let j = 0; j < outputs; j++) {
        const [residual, sum, squares] = [0, 1, 2].map((part) => entry(sums, part * outputs + j));
        total += explained(residual ?? 0, sum ?? 0, squares ?? 0, examples);
      }
      return total / outputs;
    },
  };
}

function explained(residual: number, sum: number, squares: number, examples: number): number {
  const variation = squares - sum ** 2 / examples;
  return variation > lost * squares ? 1 - residual / variation : Number.NaN;
}
