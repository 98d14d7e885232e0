/** One training step: forward, backward and update are one graph, whatever method moves the weights. */

import {
  applyUpdate,
  type GradientTransformation,
  initialState,
  type TrainingInputs,
} from "../../src/first-order/index.ts";
import { type Tensor, trace, valueAndGrad } from "../../src/index.ts";
import type { Batch } from "./batch.ts";
import { type Network, networkLoss } from "./network.ts";

/** A network that learns, one batch at a time. */
export interface Learner {
  readonly network: Network;
  /** Takes a step; gives the batch's mean loss before it, and the learner after it. */
  readonly learn: (batch: Batch) => { readonly loss: number; readonly next: Learner };
}

/**
 * A network that is moved by a transformation of its gradient. The step is traced once: the numbers of the transformation
 * are inputs of the graph, so that a schedule costs no new trace.
 */
export function learner<S, H>(transformation: GradientTransformation<S, H>, start: Network): Learner {
  const step = trace((inputs: TrainingInputs<Network, S, H>, images: Tensor, labels: Tensor) => {
    const { value, grad } = valueAndGrad(networkLoss)(inputs.parameters, images, labels);
    return { loss: value, ...applyUpdate(transformation, { ...inputs, gradient: grad }) };
  });
  const after = (steps: number, parameters: Network, state: S): Learner => ({
    network: parameters,
    learn: ({ images, labels }) => {
      const hyper = transformation.hyperparameters(steps + 1);
      const taken = step({ parameters, state, hyper }, images, labels);
      return { loss: taken.loss.item(), next: after(steps + 1, taken.parameters, taken.state) };
    },
  });
  return after(0, start, initialState(transformation, start));
}
