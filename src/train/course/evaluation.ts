/** Judging parameters on examples: loss and metrics, by one compiled program for each size of chunk. */
import { type Compiled, compile } from "../../compiler/compile.ts";
import { at } from "../../core/exactly.ts";
import type { Layer } from "../../nn/layer.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ArraySource, batchAt, countOf, inOrder } from "../batches/array-loader.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Judgement } from "../reports.ts";
import type { Pause } from "./pause.ts";

/** Judges parameters. */
export type Judge<P> = (parameters: P, source: ArraySource, pause: Pause) => Promise<Judgement>;

/** Examples at a time: large products, and still a pause every some milliseconds. */
const chunk = 1000;

/** A judge of one model by its loss and metrics. */
export function judgeOf<P extends object>(model: Layer<P>, loss: Loss, metrics: readonly Metric[]): Judge<P> {
  const look: Compiled<(...args: [P, Tensor, Tensor, Tensor?]) => { sums: Tensor[]; metrics: Tensor[] }> =
    compile((parameters: P, inputs: Tensor, targets: Tensor, weights?: Tensor) => {
      const outputs = model.apply(parameters, inputs);
      const each = loss.examples(outputs, targets).cast("float64");
      const weighted = weights === undefined ? each : each.mul(weights.cast("float64"));
      const total = weights === undefined ? each.mul(0).add(1) : weights.cast("float64");
      return {
        sums: [weighted.sum(), total.sum()],
        metrics: metrics.map((metric) => metric.sums(outputs, targets)),
      };
    });
  return async (parameters, source, pause) => {
    const count = countOf(source);
    const parts = Math.max(1, Math.ceil(count / chunk));
    let [lossSum, weight] = [0, 0];
    const sums: Float64Array[] = [];
    for (let part = 0; part < parts; part++) {
      const [from, to] = [part, part + 1].map((p) => Math.floor((p * count) / parts));
      const batch = batchAt(source, inOrder((to ?? 0) - (from ?? 0), from));
      const { inputs, targets, weights } = batch;
      const seen =
        weights === undefined
          ? look(parameters, inputs, targets)
          : look(parameters, inputs, targets, weights);
      lossSum += at(seen.sums, 0).item();
      weight += at(seen.sums, 1).item();
      seen.metrics.forEach((sum, i) => {
        sums[i] = addTo(sums[i], sum);
      });
      await pause();
    }
    return {
      loss: lossSum / (loss.reduction === "sum" ? count : weight),
      metrics: finished(metrics, sums, count),
    };
  };
}

/** Sums and the sums of further examples. */
export function addTo(sums: Float64Array | undefined, more: Tensor | Float64Array): Float64Array {
  const values = Float64Array.from(more instanceof Float64Array ? more : more.toTypedArray());
  return sums === undefined ? values : values.map((value, i) => value + (sums[i] ?? 0));
}

/** Metrics by name, from their sums. */
export function finished(
  metrics: readonly Metric[],
  sums: readonly Float64Array[],
  count: number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    metrics.map((metric, i) => [metric.name, metric.finish(sums[i] ?? new Float64Array(0), count)]),
  );
}
