/** How long updates are beside parameters: measured on copies now and then, so that no step pays for it. */
import type { Tensor } from "../../tensor/tensor.ts";

/** ‖Δθ‖ and ‖θ‖ of each leaf. */
export interface WatchedNorms {
  readonly updateNorms: Float64Array;
  readonly parameterNorms: Float64Array;
}

/** The norms of each leaf before a step, and of what the step added. */
export function watchedNorms(before: readonly Tensor[], after: readonly Tensor[]): WatchedNorms {
  const parameterNorms = new Float64Array(before.length);
  const updateNorms = new Float64Array(before.length);
  before.forEach((leaf, k) => {
    const [x, y] = [leaf.toTypedArray(), after[k]?.toTypedArray() ?? []];
    let [length, change] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      length += xi * xi;
      change += ((y[i] ?? 0) - xi) ** 2;
    }
    parameterNorms[k] = Math.sqrt(length);
    updateNorms[k] = Math.sqrt(change);
  });
  return { parameterNorms, updateNorms };
}
