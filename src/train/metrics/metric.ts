/** Metrics: what a trained network is judged by; sums over examples, so that they can be taken batch by batch. */
import type { TargetKind } from "../../nn/losses/loss.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A metric. */
export interface Metric {
  /** Its name in results and on the command line: `accuracy`. */
  readonly name: string;
  readonly title: string;
  /** Which values are better. */
  readonly better: "higher" | "lower";
  /** What targets it understands; see `Loss`. */
  readonly targets: TargetKind;
  /** Traced: sums over the examples of a batch, float64 `[k]`, in whatever type outputs are; k may depend on their number. */
  readonly sums: (outputs: Tensor, targets: Tensor) => Tensor;
  /** The metric from the sums over all batches and the number of examples. Without examples it is NaN. */
  readonly finish: (sums: Float64Array, examples: number) => number;
}

/** A metric that is the mean of one number for each example. */
export function meanMetric(
  known: Omit<Metric, "sums" | "finish">,
  examples: (outputs: Tensor, targets: Tensor) => Tensor,
): Metric {
  return {
    ...known,
    sums: (outputs, targets) => examples(outputs, targets).cast("float64").sum().reshape([1]),
    finish: ([sum = Number.NaN], count) => sum / count,
  };
}
