/** Stochastic gradient descent with momentum: v ← μ v + ∇f(θ), θ ← θ − η v. Polyak (1964), in PyTorch's form. */

import { add, mapTree, mul, sub, type Tensor, trace, valueAndGrad, zerosLike } from "../../src/index.ts";
import { type Network, networkLoss } from "./network.ts";

/** What one step hands to the next. */
export type State = { network: Network; velocity: Network };

/** A network that has not moved yet. */
export function atRest(network: Network): State {
  return { network, velocity: mapTree(zerosLike, network) };
}

/**
 * One step on one batch, and the loss before it. Forward, backward and update are one graph, traced once;
 * the rate is an input of it, so that a schedule costs no new trace.
 */
export const momentumStep: (
  state: State,
  images: Tensor,
  labels: Tensor,
  rate: Tensor,
  momentum: number,
) => { loss: Tensor; state: State } = trace(
  ({ network, velocity }: State, images: Tensor, labels: Tensor, rate: Tensor, momentum: number) => {
    const { value, grad } = valueAndGrad(networkLoss)(network, images, labels);
    const faster = mapTree((v, g) => add(mul(momentum, v), g), velocity, grad);
    const moved = mapTree((w, v) => sub(w, mul(rate, v)), network, faster);
    return { loss: value, state: { network: moved, velocity: faster } };
  },
);
