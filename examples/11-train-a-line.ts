/** Gradient descent by hand: a line through noisy points. */
import { linspace, mean, normal, randomKey, square, type Tensor, valueAndGrad } from "nabla";

const x = linspace(0, 1, 50);
const y = x
  .mul(3)
  .sub(1)
  .add(normal(randomKey(1), [50], { std: 0.1 }));

const loss = ({ slope, offset }: { slope: number; offset: number }, xs: Tensor, ys: Tensor) =>
  mean(square(xs.mul(slope).add(offset).sub(ys)));
const lossAndSlope = valueAndGrad(loss);

let line = { slope: 0, offset: 0 };
for (let step = 0; step < 300; step++) {
  const { grad } = lossAndSlope(line, x, y);
  line = { slope: line.slope - 0.5 * grad.slope, offset: line.offset - 0.5 * grad.offset };
}

console.log(line.slope.toFixed(1), line.offset.toFixed(1));
// prints:
// 3.0 -1.0
