/** The same derivatives for whole arrays: least squares on a data matrix. */
import { grad, hessian, matmul, mean, square, type Tensor, tensor, zeros } from "nabla";

const X = tensor([
  [1, 0],
  [1, 1],
  [1, 2],
]);
const y = tensor([1, 3, 5]);

const loss = (w: Tensor, inputs: Tensor, targets: Tensor) => mean(square(matmul(inputs, w).sub(targets)));

console.log(String(grad(loss)(zeros([2]), X, y)));
console.log(String(hessian(loss)(zeros([2]), X, y)));
console.log(String(grad(loss)(tensor([1, 2]), X, y)));
// prints:
// Tensor(float64 [2]) [-6, -8.66667]
// Tensor(float64 [2, 2])
// [[2, 2],
//  [2, 3.33333]]
// Tensor(float64 [2]) [0, 0]
