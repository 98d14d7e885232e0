/** A network learns exclusive or: forward, backward and update are one program, in whose memory the weights stay. */
import { compileStep, normal, randomKey, type Tensor, tensor, valueAndGrad } from "nabla";

type Network = { hidden: Tensor; output: Tensor };
const answer = ({ hidden, output }: Network, x: Tensor) => x.matmul(hidden).tanh().matmul(output);
const loss = (network: Network, x: Tensor, y: Tensor) => answer(network, x).sub(y).square().mean();

const descend = (now: Network, rate: number, x: Tensor, y: Tensor): [Network, Tensor] => {
  const { value, grad } = valueAndGrad(loss)(now, x, y);
  const move = (weights: Tensor, slope: Tensor) => weights.sub(slope.mul(rate));
  return [{ hidden: move(now.hidden, grad.hidden), output: move(now.output, grad.output) }, value];
};
const start = { hidden: normal(randomKey(1), [3, 8]), output: normal(randomKey(2), [8, 1]) };
const { step, state } = compileStep(descend, start);

// The third column is 1 everywhere, which makes its weights biases.
const x = tensor([0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1]).reshape([4, 3]);
const y = tensor([0, 1, 1, 0]).reshape([4, 1]);
const losses = Array.from({ length: 1000 }, () => step(0.2, x, y).item());
console.log((losses[0] ?? 0) > 0.1, (losses.at(-1) ?? 1) < 1e-3);
console.log(answer(state(), x).greater(0.5).reshape([4]).toArray());
// prints:
// true true
// [ false, true, true, false ]
