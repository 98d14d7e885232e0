/** The loss of a batch as a function of the parameters, which is what derivatives are taken of. */
import type { Layer } from "../../../nn/layer.ts";
import type { Loss } from "../../../nn/losses/loss.ts";
import { stopGradient, zeros } from "../../../tensor/operations/index.ts";
import { randomKey } from "../../../tensor/operations/random.ts";
import { type Tensor, toTensor } from "../../../tensor/tensor.ts";
import { flattenTree, unflattenAs } from "../../../tensor/tree.ts";

/**
 * The loss of a batch: the mean over its examples, Goodfellow et al. (2016), eq. 8.3. `inputs` is `[m, …]`, `targets` `[m]` or `[m, …]`; the result is a
 * scalar. It is traced, so it must be pure.
 */
export interface BatchLoss<P extends object> {
  (parameters: P, inputs: Tensor, targets: Tensor): Tensor;
  /** The losses of the examples, `[m]`. Left out, they are had by giving the function one example at a time, which is slower. */
  readonly examples?: (parameters: P, inputs: Tensor, targets: Tensor) => Tensor;
}

/**
 * The loss of a network as the tools about training take it: the mean of the loss over examples, whatever the loss itself would reduce to. The network is
 * applied as it is in use: nothing is dropped, and batch norm has its running statistics, which are held fixed, so that each example has a loss of its own.
 *
 * ```ts
 * import { dense, lossOf, randomKey, squaredError, tensor } from "nabla";
 * const model = dense({ inputs: 2, outputs: 1 });
 * const loss = lossOf(model, squaredError());
 * const parameters = { ...model.init(randomKey(1)), weight: tensor(new Float32Array([1, 2])).reshape([1, 2]) };
 * loss(parameters, tensor([[1, 1]]), tensor([[5]])).item(); // → 4
 * ```
 *
 * Keep the function: programs are compiled once for each.
 */
export function lossOf<P extends object>(model: Layer<P>, loss: Loss): BatchLoss<P> {
  const examples = (parameters: P, inputs: Tensor, targets: Tensor): Tensor =>
    loss.examples(model.apply(holdStatistics(model, parameters, inputs), inputs), targets);
  const mean = (parameters: P, inputs: Tensor, targets: Tensor): Tensor =>
    examples(parameters, inputs, targets).mean();
  return Object.assign(mean, { examples });
}

/** The same parameters, where no derivative is taken by the statistics among them. */
function holdStatistics<P extends object>(model: Layer<P>, parameters: P, inputs: Tensor): P {
  const { leaves, structure } = flattenTree(parameters, "lossOf");
  // Which leaves are statistics a layer tells while it trains: asked on zeros, two examples of them, which have a variance.
  const stand = leaves.map((leaf) => zeros(toTensor(leaf).shape, toTensor(leaf).dtype));
  const told = new Set<Tensor>();
  model.apply(unflattenAs<P>(structure, stand), zeros([2, ...inputs.shape.slice(1)], inputs.dtype), {
    training: true,
    key: randomKey(0),
    onStatistic: (leaf) => void told.add(leaf),
  });
  if (told.size === 0) return parameters;
  const held = leaves.map((leaf, i) => {
    const one = stand[i];
    return one !== undefined && told.has(one) ? stopGradient(toTensor(leaf)) : leaf;
  });
  return unflattenAs<P>(structure, held);
}
