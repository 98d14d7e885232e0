/** Written for one example, run on a stack of them: here, the gradient of every example on its own. */
import { dot, grad, square, type Tensor, tensor, vmap } from "nabla";

const error = (w: Tensor, x: Tensor, y: Tensor) => square(dot(w, x).sub(y));

const weights = tensor([1, -1]);
const xs = tensor([
  [1, 2],
  [3, 4],
  [5, 5],
]);
const ys = tensor([0, 0, 1]);

const perExample = vmap(grad(error), { axes: [null, 0, 0] });
console.log(String(perExample(weights, xs, ys)));
// prints:
// Tensor(float64 [3, 2])
// [[-2, -4],
//  [-6, -8],
//  [-10, -10]]
