/** Parameters that are trained, and statistics that layers keep beside them: one tree taken apart, and put together again. */
import type { Structure } from "../../core/tree.ts";
import type { ApplyOptions, Layer } from "../../nn/layer.ts";
import type { Key } from "../../tensor/operations/random.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import { flattenTree, tensorsOf, unflattenAs } from "../../tensor/tree.ts";

/** How a tree of parameters is divided. */
export interface Division<P> {
  readonly structure: Structure;
  /** For each leaf whether it is a statistic. */
  readonly isStatistic: readonly boolean[];
  /** The trained leaves in their tree, where an empty object stands for each statistic: paths stay as they are. */
  readonly trained: (parameters: P) => object;
  readonly statistics: (parameters: P) => readonly Tensor[];
  readonly join: (trained: object, statistics: readonly Tensor[]) => P;
}

/** Which leaves a layer tells the next values of while it trains: found out by running it once on a few examples. */
export function divide<P extends object>(
  model: Layer<P>,
  parameters: P,
  sample: Tensor,
  key: Key,
): Division<P> & { readonly outputs: Tensor } {
  const told = new Set<Tensor>();
  const onStatistic = (leaf: Tensor): void => void told.add(leaf);
  const outputs = model.apply(parameters, sample, { training: true, key, onStatistic });
  const { leaves, structure } = flattenTree(parameters, "train");
  const isStatistic = leaves.map((leaf) => told.has(toTensor(leaf)));
  return {
    outputs,
    structure,
    isStatistic,
    trained: (tree) =>
      unflattenAs<object>(
        structure,
        tensorsOf(tree, "train").map((leaf, i) => (isStatistic[i] ? {} : leaf)),
      ),
    statistics: (tree) => tensorsOf(tree, "train").filter((_, i) => isStatistic[i]),
    join: (trained, statistics) => {
      const [moving, kept] = [tensorsOf(trained, "train").values(), statistics.values()];
      const joined = isStatistic.map((is) => (is ? kept : moving).next().value);
      return unflattenAs<P>(structure, joined);
    },
  };
}

/** Outputs of a step of training, and what its statistics become. */
export function applyTraining<P extends object>(
  model: Layer<P>,
  parameters: P,
  statistics: readonly Tensor[],
  x: Tensor,
  key: Key,
): { readonly outputs: Tensor; readonly next: readonly Tensor[] } {
  const told = new Map<Tensor, Tensor>();
  const options: ApplyOptions = {
    training: true,
    key,
    onStatistic: (leaf, next) => void told.set(leaf, next),
  };
  const outputs = model.apply(parameters, x, options);
  return { outputs, next: statistics.map((leaf) => told.get(leaf) ?? leaf) };
}
