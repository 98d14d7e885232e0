/** Parameters may be a tree; gradients have its structure, and mapTree walks both together. */
import { add, grad, mapTree, mul, type Tensor, tensor } from "nabla";

interface Layer {
  readonly weights: Tensor;
  readonly bias: number;
}

const layers: Layer[] = [
  { weights: tensor([1, 2]), bias: 0.5 },
  { weights: tensor([3, 4]), bias: -1 },
];

const energy = (network: Layer[]) =>
  network.map(({ weights, bias }) => weights.mul(bias).sum()).reduce((a, b) => a.add(b));

const slopes = grad(energy)(layers);
console.log(slopes.map(({ weights, bias }) => `${weights.toArray()} | ${bias}`));

const moved = mapTree((w, slope) => add(w, mul(slope, -0.1)), layers, slopes);
console.log(moved.map(({ bias }) => bias.item().toFixed(1)));
// prints:
// [ '0.5,0.5 | 3', '-1,-1 | 7' ]
// [ '0.2', '-1.7' ]
