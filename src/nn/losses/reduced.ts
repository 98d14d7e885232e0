/** From the losses of examples to that of a batch: their mean, weighted if they have weights, as PyTorch's; their sum; or as they are. */
import { ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { showShape } from "../../tensor/shape.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import type { Reduction } from "./loss.ts";
import { floatOf } from "./targets.ts";

/** The reduced losses: `[]`, or `[n]` for "none". */
export function reduced(call: string, reduction: Reduction, examples: Tensor, weights?: Tensor): Tensor {
  if (reduction === "mean" && examples.size === 0)
    throw new ShapeError(
      `${call}: the mean needs at least one example; got none; leave empty batches out, or reduce by "sum"`,
    );
  const w = weights === undefined ? undefined : weightsOf(call, examples, weights);
  const weighted = w === undefined ? examples : examples.mul(w);
  switch (reduction) {
    case "none":
      return weighted;
    case "sum":
      return weighted.sum();
    case "mean":
      return w === undefined ? weighted.mean() : weighted.sum().div(w.sum());
    default:
      return reduction satisfies never;
  }
}

function weightsOf(call: string, examples: Tensor, weights: Tensor): Tensor {
  const w = toTensor(weights);
  if (w.size !== examples.size || at(w.shape, 0) !== w.size)
    throw new ShapeError(
      `${call}: needs one weight for each example, ${showShape(examples.shape)}; got weights of shape ${showShape(w.shape)}; ` +
        "for weights of classes give each example the weight of its class: gather(classWeights, targets)",
    );
  return w.cast(floatOf(examples)).reshape(examples.shape);
}
